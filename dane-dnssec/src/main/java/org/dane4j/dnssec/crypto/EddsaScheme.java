// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Ed25519 and Ed448 (RFC 8080). */
public final class EddsaScheme implements SignatureScheme {

  private final Jca jca;
  private final int keySize;

  /** What stands before the key in a SubjectPublicKeyInfo (RFC 8410 §4). */
  private final byte[] prefix;

  private EddsaScheme(Jca jca, int keySize, String prefix) {
    this.jca = jca;
    this.keySize = keySize;
    this.prefix = HexFormat.of().parseHex(prefix);
  }

  /** Returns Ed25519, or throws if the provider does not have it. */
  public static EddsaScheme ed25519(@Nullable Provider provider) throws GeneralSecurityException {
    return new EddsaScheme(Jca.of("Ed25519", "Ed25519", provider), 32, "302a300506032b6570032100");
  }

  /** Returns Ed448, or throws if the provider does not have it. */
  public static EddsaScheme ed448(@Nullable Provider provider) throws GeneralSecurityException {
    return new EddsaScheme(Jca.of("Ed448", "Ed448", provider), 57, "3043300506032b6571033a00");
  }

  @Override
  public PublicKey decodeKey(byte[] key) throws GeneralSecurityException {
    if (key.length != keySize) {
      throw new InvalidKeyException(
          "an EdDSA key of " + key.length + " octets instead of " + keySize);
    }
    byte[] encoded = Arrays.copyOf(prefix, prefix.length + keySize);
    System.arraycopy(key, 0, encoded, prefix.length, keySize);
    return jca.decode(new X509EncodedKeySpec(encoded));
  }

  @Override
  public boolean verify(PublicKey key, byte[] data, byte[] signature)
      throws GeneralSecurityException {
    // RFC 8080 §4: 64 octets for Ed25519, 114 for Ed448: twice the key.
    if (signature.length != 2 * keySize) {
      return false;
    }
    return jca.verify(key, data, signature);
  }

  @Override
  public String toString() {
    return jca.toString();
  }
}
