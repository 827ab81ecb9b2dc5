// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * A zone's key, ready to verify with: the DNSKEY record, its algorithm, and, if it is used a lot,
 * the decoded public key. Thread-safe.
 *
 * <p>What providers make of a key is many times its own octets. For the zones that many others are
 * below, that saves time; for the thousands that are asked for now and then it only takes memory.
 */
public final class ZoneKey {

  /** What a signature check found. */
  public enum Outcome {
    /** The signature is the key's. */
    VALID,
    /** It is not. */
    WRONG,
    /** The DNSKEY record holds no key of its algorithm, or one that is out of bounds. */
    BAD_KEY
  }

  /** More than the keys of most mail domains have, for MX, addresses and TLSA. */
  private static final int MANY_USES = 8;

  private final Dnskey dnskey;
  private final SignatureScheme scheme;
  private int uses;
  private volatile @Nullable PublicKey decoded;

  /**
   * Makes the key.
   *
   * @param dnskey the record
   * @param scheme the scheme of the record's algorithm
   */
  public ZoneKey(Dnskey dnskey, SignatureScheme scheme) {
    this.dnskey = dnskey;
    this.scheme = scheme;
  }

  /** Returns the record. */
  public Dnskey dnskey() {
    return dnskey;
  }

  /**
   * Verifies a signature. A provider that throws has not verified anything.
   *
   * @param data the signed octets
   * @param signature the signature as it stands in the RRSIG record
   * @return what was found
   */
  public Outcome verify(byte[] data, byte[] signature) {
    PublicKey key;
    try {
      key = publicKey();
    } catch (GeneralSecurityException | RuntimeException e) {
      return Outcome.BAD_KEY;
    }
    try {
      return scheme.verify(key, data, signature) ? Outcome.VALID : Outcome.WRONG;
    } catch (GeneralSecurityException | RuntimeException e) {
      return Outcome.WRONG;
    }
  }

  private PublicKey publicKey() throws GeneralSecurityException {
    PublicKey key = decoded;
    if (key == null) {
      key = scheme.decodeKey(dnskey.publicKey());
      // Threads may lose a count to each other: then it is kept a little later.
      if (++uses >= MANY_USES) {
        decoded = key;
      }
    }
    return key;
  }
}
