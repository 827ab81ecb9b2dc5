// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** RSA with PKCS #1 v1.5 padding (RFC 3110, RFC 5702). */
public final class RsaScheme implements SignatureScheme {

  // RFC 5702 §2.1 and §2.2 allow 512 (RSA/SHA-256) or 1024 (RSA/SHA-512) to 4096 bits. Keys below
  // 1024 bits have been factored in public, so they prove nothing.
  private static final int MIN_MODULUS_BITS = 1024;
  private static final int MAX_MODULUS_BITS = 4096;

  // A long exponent makes verification slow and serves nobody: BIND and Unbound bound it too.
  private static final int MAX_EXPONENT_BITS = 64;

  private final Jca jca;
  private final Hash hash;
  private final int minModulusBits;

  private RsaScheme(Jca jca, Hash hash, int minModulusBits) {
    this.jca = jca;
    this.hash = hash;
    this.minModulusBits = minModulusBits;
  }

  /** The hashes that DNSSEC has with RSA (RFC 3110, RFC 5702). */
  private enum Hash {
    SHA1("SHA1withRSA", 20, "3021300906052b0e03021a05000414"),
    SHA256("SHA256withRSA", 32, "3031300d060960864801650304020105000420"),
    SHA512("SHA512withRSA", 64, "3051300d060960864801650304020305000440");

    private final String signature;
    private final int size;

    /** What stands before the hash in a DigestInfo (RFC 8017 §9.2). */
    private final String prefix;

    Hash(String signature, int size, String prefix) {
      this.signature = signature;
      this.size = size;
      this.prefix = prefix;
    }
  }

  /**
   * Returns RSA with a hash.
   *
   * @param signature the JCA name of the signature algorithm
   * @param provider where it comes from, or null for the platform's default
   * @return the scheme
   * @throws GeneralSecurityException if DNSSEC or the provider does not have it
   */
  public static RsaScheme of(String signature, @Nullable Provider provider)
      throws GeneralSecurityException {
    for (Hash hash : Hash.values()) {
      if (hash.signature.equals(signature)) {
        return new RsaScheme(Jca.of("RSA", signature, provider), hash, MIN_MODULUS_BITS);
      }
    }
    throw new NoSuchAlgorithmException(signature + " is no signature algorithm of DNSSEC");
  }

  /** Returns the same scheme with another lower bound of the key size, in bits. */
  public RsaScheme withMinModulusBits(int bits) {
    return new RsaScheme(jca, hash, bits);
  }

  @Override
  public PublicKey decodeKey(byte[] key) throws GeneralSecurityException {
    // RFC 3110 §2: the exponent's length in one octet, or in three if the first is zero.
    int at = key.length > 0 && key[0] == 0 ? 3 : 1;
    if (key.length <= at) {
      throw new InvalidKeyException("the RSA key is cut off");
    }
    int length = at == 1 ? key[0] & 0xff : (key[1] & 0xff) << 8 | (key[2] & 0xff);
    if (length == 0 || at + length >= key.length) {
      throw new InvalidKeyException("the RSA exponent does not fit the key");
    }
    BigInteger exponent = new BigInteger(1, Arrays.copyOfRange(key, at, at + length));
    BigInteger modulus = new BigInteger(1, Arrays.copyOfRange(key, at + length, key.length));
    check(modulus, exponent);
    return jca.decode(new RSAPublicKeySpec(modulus, exponent));
  }

  private void check(BigInteger modulus, BigInteger exponent) throws InvalidKeyException {
    int bits = modulus.bitLength();
    if (bits < minModulusBits || bits > MAX_MODULUS_BITS) {
      throw new InvalidKeyException(
          "an RSA modulus of "
              + bits
              + " bits; accepted are "
              + minModulusBits
              + " to "
              + MAX_MODULUS_BITS);
    }
    if (!modulus.testBit(0)
        || !exponent.testBit(0)
        || exponent.bitLength() < 2
        || exponent.bitLength() > MAX_EXPONENT_BITS) {
      throw new InvalidKeyException(
          "an RSA key with an even modulus, or an exponent that is even, below 3, or longer than "
              + MAX_EXPONENT_BITS
              + " bits");
    }
  }

  @Override
  public boolean verify(PublicKey key, byte[] data, byte[] signature)
      throws GeneralSecurityException {
    RSAPublicKey rsa = (RSAPublicKey) key;
    int size = (rsa.getModulus().bitLength() + 7) / 8;
    // RFC 3110 §3 with RFC 8017 §8.2.2: the signature is as long as the modulus. Providers differ.
    return signature.length == size
        && jca.verify(key, data, signature)
        && isPadded(
            new BigInteger(1, signature).modPow(rsa.getPublicExponent(), rsa.getModulus()), size);
  }

  /**
   * Whether everything before the hash is as it must be, to the octet (RFC 8017 §8.2.2). Some
   * providers take other encodings of the DigestInfo too.
   */
  private boolean isPadded(BigInteger message, int size) {
    byte[] expected = new byte[size - hash.size];
    Arrays.fill(expected, (byte) 0xff);
    byte[] prefix = HexFormat.of().parseHex(hash.prefix);
    int digestInfo = expected.length - prefix.length;
    System.arraycopy(prefix, 0, expected, digestInfo, prefix.length);
    expected[0] = 0;
    expected[1] = 1;
    expected[digestInfo - 1] = 0;
    return message.shiftRight(8 * hash.size).equals(new BigInteger(1, expected));
  }

  @Override
  public String toString() {
    return jca.toString();
  }
}
