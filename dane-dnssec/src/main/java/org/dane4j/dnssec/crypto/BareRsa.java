// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * RSAVP1 (RFC 8017 §5.2.2): what a signature says, padding and all. Computed by a provider that has
 * it as a cipher, because that may be faster than the platform's arithmetic.
 */
final class BareRsa {

  private static final String NAME = "RSA/ECB/NoPadding";

  private final Provider provider;

  private BareRsa(Provider provider) {
    this.provider = provider;
  }

  /** Throws if the provider lacks the operation, or means another one by its name. */
  static BareRsa of(@Nullable Provider provider, RSAPublicKey trial)
      throws GeneralSecurityException {
    Cipher cipher =
        provider == null ? Cipher.getInstance(NAME) : Cipher.getInstance(NAME, provider);
    cipher.init(Cipher.ENCRYPT_MODE, trial);
    // The one that is tried here is the one that computes later, whatever the key.
    BareRsa bare = new BareRsa(cipher.getProvider());
    byte[] signature = new byte[(trial.getModulus().bitLength() + 7) / 8];
    Arrays.fill(signature, 1, signature.length, (byte) 0x5a);
    if (!bare.open(trial, signature).equals(open(trial, new BigInteger(1, signature)))) {
      throw new NoSuchAlgorithmException(NAME + " is not RSAVP1");
    }
    return bare;
  }

  BigInteger open(RSAPublicKey key, byte[] signature) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(NAME, provider);
    cipher.init(Cipher.ENCRYPT_MODE, key);
    return new BigInteger(1, cipher.doFinal(signature));
  }

  /** The same by the platform's arithmetic. */
  static BigInteger open(RSAPublicKey key, BigInteger signature) {
    return signature.modPow(key.getPublicExponent(), key.getModulus());
  }
}
