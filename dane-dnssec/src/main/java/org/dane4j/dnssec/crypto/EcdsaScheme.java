// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** ECDSA on P-256 and P-384 (RFC 6605), and SM2, which looks the same on the wire (RFC 9563). */
public final class EcdsaScheme implements SignatureScheme {

  private final Curve curve;
  private final Jca jca;
  private final boolean der;
  private final byte[] prefix;

  private EcdsaScheme(Curve curve, Jca jca, boolean der) {
    this.curve = curve;
    this.jca = jca;
    this.der = der;
    this.prefix = HexFormat.of().parseHex(curve.prefix);
  }

  /** Returns ECDSA on P-256 with SHA-256, or throws if the provider does not have it. */
  public static EcdsaScheme p256(@Nullable Provider provider) throws GeneralSecurityException {
    return of(Curve.P256, provider);
  }

  /** Returns ECDSA on P-384 with SHA-384, or throws if the provider does not have it. */
  public static EcdsaScheme p384(@Nullable Provider provider) throws GeneralSecurityException {
    return of(Curve.P384, provider);
  }

  /** Returns SM2 with SM3 and the default user ID, or throws if the provider does not have it. */
  public static EcdsaScheme sm2(@Nullable Provider provider) throws GeneralSecurityException {
    return of(Curve.SM2, provider);
  }

  private static EcdsaScheme of(Curve curve, @Nullable Provider provider)
      throws GeneralSecurityException {
    try {
      // Signatures stand in DNS as they do in IEEE P1363: r and s, each of fixed length.
      Jca jca = Jca.of("EC", curve.signature + "inP1363Format", provider);
      return new EcdsaScheme(curve, jca, false);
    } catch (GeneralSecurityException e) {
      return new EcdsaScheme(curve, Jca.of("EC", curve.signature, provider), true);
    }
  }

  @Override
  public PublicKey decodeKey(byte[] key) throws GeneralSecurityException {
    // RFC 6605 §4, RFC 9563 §3: the uncompressed point without its leading octet.
    if (key.length != 2 * curve.size) {
      throw new InvalidKeyException(
          "an ECDSA key of " + key.length + " octets instead of " + 2 * curve.size);
    }
    byte[] encoded = Arrays.copyOf(prefix, prefix.length + key.length);
    System.arraycopy(key, 0, encoded, prefix.length, key.length);
    return jca.decode(new X509EncodedKeySpec(encoded));
  }

  @Override
  public boolean verify(PublicKey key, byte[] data, byte[] signature)
      throws GeneralSecurityException {
    if (signature.length != 2 * curve.size) {
      return false;
    }
    BigInteger r = new BigInteger(1, Arrays.copyOf(signature, curve.size));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, curve.size, 2 * curve.size));
    // FIPS 186-4 §6.4: r and s are between 1 and n - 1. Not every provider has always checked it.
    if (!isScalar(r) || !isScalar(s)) {
      return false;
    }
    return jca.verify(key, data, der ? der(r, s) : signature);
  }

  @Override
  public String toString() {
    return jca.toString();
  }

  private boolean isScalar(BigInteger value) {
    return value.signum() > 0 && value.compareTo(curve.order) < 0;
  }

  /** ECDSA-Sig-Value (RFC 3279 §2.2.3). With these curves every length fits one octet. */
  private static byte[] der(BigInteger r, BigInteger s) {
    byte[] first = r.toByteArray();
    byte[] second = s.toByteArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x30);
    out.write(first.length + second.length + 4);
    out.write(0x02);
    out.write(first.length);
    out.writeBytes(first);
    out.write(0x02);
    out.write(second.length);
    out.writeBytes(second);
    return out.toByteArray();
  }

  private enum Curve {
    P256(
        "SHA256withECDSA",
        32,
        "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
        "3059301306072a8648ce3d020106082a8648ce3d03010703420004"),
    P384(
        "SHA384withECDSA",
        48,
        "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf"
            + "581a0db248b0a77aecec196accc52973",
        "3076301006072a8648ce3d020106052b8104002203620004"),
    SM2(
        "SM3withSM2",
        32,
        "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123",
        "3059301306072a8648ce3d020106082a811ccf5501822d03420004");

    private final String signature;
    private final int size;
    private final BigInteger order;

    /** What stands before the point's coordinates in a SubjectPublicKeyInfo (RFC 5480 §2). */
    private final String prefix;

    Curve(String signature, int size, String order, String prefix) {
      this.signature = signature;
      this.size = size;
      this.order = new BigInteger(order, 16);
      this.prefix = prefix;
    }
  }
}
