// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Signature;
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

  KeyFactory keyFactory() throws GeneralSecurityException {
    return provider == null ? KeyFactory.getInstance(key) : KeyFactory.getInstance(key, provider);
  }

  Signature signature() throws GeneralSecurityException {
    return provider == null
        ? Signature.getInstance(signature)
        : Signature.getInstance(signature, provider);
  }
}
