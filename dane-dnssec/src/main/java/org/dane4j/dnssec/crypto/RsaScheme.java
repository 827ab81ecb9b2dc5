// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
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
  private final int minModulusBits;

  private RsaScheme(Jca jca, int minModulusBits) {
    this.jca = jca;
    this.minModulusBits = minModulusBits;
  }

  /**
   * Returns RSA with a hash.
   *
   * @param signature the JCA name of the signature algorithm
   * @param provider where it comes from, or null for the platform's default
   * @return the scheme
   * @throws GeneralSecurityException if the provider does not have it
   */
  public static RsaScheme of(String signature, java.security.@Nullable Provider provider)
      throws GeneralSecurityException {
    return new RsaScheme(Jca.of("RSA", signature, provider), MIN_MODULUS_BITS);
  }

  /** Returns the same scheme with another lower bound of the key size, in bits. */
  public RsaScheme withMinModulusBits(int bits) {
    return new RsaScheme(jca, bits);
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
    KeyFactory factory = jca.keyFactory();
    return factory.generatePublic(new RSAPublicKeySpec(modulus, exponent));
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
    // RFC 3110 §3 with RFC 8017 §8.2.2: the signature is as long as the modulus. Providers differ.
    int bits = ((RSAPublicKey) key).getModulus().bitLength();
    if (signature.length != (bits + 7) / 8) {
      return false;
    }
    Signature verifier = jca.signature();
    verifier.initVerify(key);
    verifier.update(data);
    return verifier.verify(signature);
  }
}
