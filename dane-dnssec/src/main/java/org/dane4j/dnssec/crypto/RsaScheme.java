// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
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

  /** The number of an algorithm with RSA; for a trial, any of them will do. */
  private static final int RSASHA256 = 8;

  private final Jca jca;
  private final @Nullable BareRsa bare;
  private final Hash hash;
  private final int minModulusBits;

  private RsaScheme(Jca jca, @Nullable BareRsa bare, Hash hash, int minModulusBits) {
    this.jca = jca;
    this.bare = bare;
    this.hash = hash;
    this.minModulusBits = minModulusBits;
  }

  /** The hashes that DNSSEC has with RSA (RFC 3110, RFC 5702). */
  private enum Hash {
    SHA1("SHA1withRSA", "SHA-1", 20, "3021300906052b0e03021a05000414"),
    SHA256("SHA256withRSA", "SHA-256", 32, "3031300d060960864801650304020105000420"),
    SHA512("SHA512withRSA", "SHA-512", 64, "3051300d060960864801650304020305000440");

    private final String signature;
    private final String digest;
    private final int size;

    /** What stands before the hash in a DigestInfo (RFC 8017 §9.2). Nobody writes to it. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final byte[] prefix;

    Hash(String signature, String digest, int size, String prefix) {
      this.signature = signature;
      this.digest = digest;
      this.size = size;
      this.prefix = HexFormat.of().parseHex(prefix);
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
        Jca jca = Jca.of("RSA", signature, provider);
        RsaScheme plain = new RsaScheme(jca, null, hash, MIN_MODULUS_BITS);
        return new RsaScheme(jca, plain.bare(provider), hash, MIN_MODULUS_BITS);
      }
    }
    throw new NoSuchAlgorithmException(signature + " is no signature algorithm of DNSSEC");
  }

  /**
   * Not every provider has the operation by itself. One that does not compute the signature
   * algorithm is not used for its parts either.
   */
  private @Nullable BareRsa bare(@Nullable Provider provider) {
    try {
      Probe.run(RSASHA256, this);
      return BareRsa.of(provider, (RSAPublicKey) decodeKey(Probe.rsa()));
    } catch (GeneralSecurityException | RuntimeException e) {
      return null;
    }
  }

  /** Returns the same scheme with another lower bound of the key size, in bits. */
  public RsaScheme withMinModulusBits(int bits) {
    return new RsaScheme(jca, bare, hash, bits);
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
    BigInteger number = new BigInteger(1, signature);
    // RFC 3110 §3 with RFC 8017 §8.2.2 and §5.2.2: as long as the modulus, and less than it.
    if (signature.length != size || number.compareTo(rsa.getModulus()) >= 0) {
      return false;
    }
    // Some providers take other encodings of the DigestInfo too, so the message is compared here.
    BigInteger expected = message(data, size);
    if (bare != null) {
      try {
        return bare.open(rsa, signature).equals(expected);
      } catch (GeneralSecurityException | RuntimeException e) {
        // It may be limited to some sizes of keys. The whole algorithm may still be there.
      }
    }
    return jca.verify(key, data, signature) && BareRsa.open(rsa, number).equals(expected);
  }

  /** What the signature must say, to the octet (RFC 8017 §9.2). */
  private BigInteger message(byte[] data, int size) throws NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance(hash.digest).digest(data);
    byte[] expected = new byte[size];
    Arrays.fill(expected, (byte) 0xff);
    int digestInfo = size - hash.size - hash.prefix.length;
    System.arraycopy(hash.prefix, 0, expected, digestInfo, hash.prefix.length);
    System.arraycopy(digest, 0, expected, size - hash.size, hash.size);
    expected[0] = 0;
    expected[1] = 1;
    expected[digestInfo - 1] = 0;
    return new BigInteger(1, expected);
  }

  @Override
  public String toString() {
    return jca.toString();
  }
}
