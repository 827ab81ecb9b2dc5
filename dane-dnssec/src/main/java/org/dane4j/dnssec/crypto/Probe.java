// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.SignatureException;
import java.util.HexFormat;

/**
 * Tries a scheme out. Some providers have an algorithm by name only, or forbid what they have; that
 * must come out before a zone is judged by it.
 */
public final class Probe {

  private static final byte[] DATA = {42};

  /** 3482 bits. */
  private static final int RSA_SIZE = 436;

  /** Base points, in the form that DNSKEY records have. */
  private static final String P256 =
      "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
          + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";

  private static final String P384 =
      "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b98"
          + "59f741e082542a385502f25dbf55296c3a545e3872760ab7"
          + "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147c"
          + "e9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f";
  private static final String ED25519 =
      "5866666666666666666666666666666666666666666666666666666666666666";
  private static final String ED448 =
      "14fa30f25b790898adc8d74e2c13bdfdc4397ce61cffd33ad7c2a005"
          + "1e9c78874098a36c7373ea4b62c7c9563720768824bcb66e71463f6900";
  private static final String SM2 =
      "32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7"
          + "bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0";
  private static final String GOST =
      "28aa2d74fe82258bc7022e9396918b65bbb21257422309880d2ce8a54384e391"
          + "5c2e3232db8a26af40677644530bde5f56e946bbc486578975031aab23948732";

  private Probe() {}

  /**
   * Tries a scheme out with a well-formed key and a wrong signature.
   *
   * @param algorithm the number of the scheme's algorithm
   * @param scheme the scheme
   * @throws GeneralSecurityException if the scheme cannot compute, or takes the signature for good
   */
  public static void run(int algorithm, SignatureScheme scheme) throws GeneralSecurityException {
    PublicKey key = scheme.decodeKey(key(algorithm));
    try {
      if (scheme.verify(key, DATA, wrongSignature(algorithm))) {
        throw new NoSuchAlgorithmException(scheme + " takes a wrong signature for good");
      }
    } catch (SignatureException e) {
      // It computes, and it refused.
    }
  }

  private static byte[] key(int algorithm) throws NoSuchAlgorithmException {
    return switch (algorithm) {
      case 5, 7, 8, 10 -> rsa();
      case 13 -> HexFormat.of().parseHex(P256);
      case 14 -> HexFormat.of().parseHex(P384);
      case 15 -> HexFormat.of().parseHex(ED25519);
      case 16 -> HexFormat.of().parseHex(ED448);
      case 17 -> HexFormat.of().parseHex(SM2);
      case 23 -> HexFormat.of().parseHex(GOST);
      default -> throw new NoSuchAlgorithmException("DNSSEC algorithm " + algorithm);
    };
  }

  /**
   * Exponent 3, and the product of two Mersenne primes as modulus: providers may refuse what can be
   * none.
   */
  static byte[] rsa() {
    byte[] modulus = mersenne(1279).multiply(mersenne(2203)).toByteArray();
    byte[] key = new byte[2 + RSA_SIZE];
    key[0] = 1;
    key[1] = 3;
    System.arraycopy(modulus, modulus.length - RSA_SIZE, key, 2, RSA_SIZE);
    return key;
  }

  private static BigInteger mersenne(int exponent) {
    return BigInteger.ONE.shiftLeft(exponent).subtract(BigInteger.ONE);
  }

  /** A signature of the right length, whose halves are small numbers in either order of octets. */
  private static byte[] wrongSignature(int algorithm) {
    byte[] signature =
        new byte
            [switch (algorithm) {
              case 5, 7, 8, 10 -> RSA_SIZE;
              case 14 -> 96;
              case 16 -> 114;
              default -> 64;
            }];
    signature[signature.length / 2 - 1] = 1;
    signature[signature.length - 1] = 1;
    return signature;
  }
}
