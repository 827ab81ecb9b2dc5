// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** GOST R 34.10-2012 with keys of 256 bits (RFC 9558). */
public final class GostScheme implements SignatureScheme {

  private static final int SIZE = 32;

  /** What stands before the key in a SubjectPublicKeyInfo, with parameter set A (RFC 9215 §4). */
  private static final byte[] PREFIX =
      HexFormat.of()
          .parseHex(
              "3068302106082a85030701010101301506092a850307010201010106082a85030701010202"
                  + "0343000440");

  /** The order of the group, as in RFC 7836 Appendix A.2. */
  private static final BigInteger ORDER =
      new BigInteger("400000000000000000000000000000000fd8cddfc87b6635c115af556c360c67", 16);

  private final Jca jca;

  private GostScheme(Jca jca) {
    this.jca = jca;
  }

  /** Returns the scheme, or throws if the provider does not have it. */
  public static GostScheme of(@Nullable Provider provider) throws GeneralSecurityException {
    return new GostScheme(
        Jca.of("ECGOST3410-2012", "GOST3411-2012-256WITHECGOST3410-2012-256", provider));
  }

  @Override
  public PublicKey decodeKey(byte[] key) throws GeneralSecurityException {
    // RFC 9558 §2: x and y, each of 32 octets, little-endian, as in the SubjectPublicKeyInfo.
    if (key.length != 2 * SIZE) {
      throw new InvalidKeyException("a GOST key of " + key.length + " octets instead of 64");
    }
    byte[] encoded = Arrays.copyOf(PREFIX, PREFIX.length + key.length);
    System.arraycopy(key, 0, encoded, PREFIX.length, key.length);
    return jca.decode(new X509EncodedKeySpec(encoded));
  }

  @Override
  public boolean verify(PublicKey key, byte[] data, byte[] signature)
      throws GeneralSecurityException {
    // RFC 7091 §6.2: both halves are between 1 and q - 1.
    return signature.length == 2 * SIZE
        && isScalar(Arrays.copyOf(signature, SIZE))
        && isScalar(Arrays.copyOfRange(signature, SIZE, 2 * SIZE))
        && jca.verify(key, data, signature);
  }

  private static boolean isScalar(byte[] octets) {
    BigInteger value = new BigInteger(1, octets);
    return value.signum() > 0 && value.compareTo(ORDER) < 0;
  }

  @Override
  public String toString() {
    return jca.toString();
  }
}
