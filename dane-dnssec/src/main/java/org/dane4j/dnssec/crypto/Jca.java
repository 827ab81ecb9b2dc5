// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.KeySpec;
import org.jspecify.annotations.Nullable;

/** A key factory and a signature algorithm of one JCA provider, known to exist. */
final class Jca {

  private final String key;
  private final String signature;
  private final @Nullable Provider provider;

  private Jca(String key, String signature, @Nullable Provider provider) {
    this.key = key;
    this.signature = signature;
    this.provider = provider;
  }

  /** Throws if the provider (null: the platform's default) lacks one of the two. */
  static Jca of(String key, String signature, @Nullable Provider provider)
      throws GeneralSecurityException {
    Jca jca = new Jca(key, signature, provider);
    KeyFactory unused = jca.keyFactory();
    Signature unusedToo = jca.signature();
    return jca;
  }

  PublicKey decode(KeySpec spec) throws GeneralSecurityException {
    return keyFactory().generatePublic(spec);
  }

  boolean verify(PublicKey publicKey, byte[] data, byte[] octets) throws GeneralSecurityException {
    Signature verifier = signature();
    verifier.initVerify(publicKey);
    verifier.update(data);
    return verifier.verify(octets);
  }

  private KeyFactory keyFactory() throws GeneralSecurityException {
    return provider == null ? KeyFactory.getInstance(key) : KeyFactory.getInstance(key, provider);
  }

  private Signature signature() throws GeneralSecurityException {
    return provider == null
        ? Signature.getInstance(signature)
        : Signature.getInstance(signature, provider);
  }

  /** Returns the signature algorithm and whose it is. */
  @Override
  public String toString() {
    return signature + " by " + (provider == null ? "the platform" : provider.getName());
  }
}
