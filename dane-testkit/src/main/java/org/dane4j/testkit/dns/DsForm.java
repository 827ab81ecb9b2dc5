// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.Arrays;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;

/** The ways in which a parent zone can point at the key of a child, honest and not. */
public enum DsForm {
  /** Digest type 1, RFC 3658: deprecated, and taken for unsupported by some validators. */
  SHA1(1, "SHA-1"),
  /** Digest type 2, RFC 4509: the default. */
  SHA256(2, "SHA-256"),
  /** Digest type 4, RFC 6605. */
  SHA384(4, "SHA-384"),
  /** Digest type 5, RFC 9558: GOST R 34.11-2012, which few validators know. */
  GOST12(5, "GOST3411-2012-256"),
  /** Digest type 6, RFC 9563: SM3, which few validators know. */
  SM3(6, "SM3"),
  /** Digest type 250, which nobody has defined: such a DS is as good as none, RFC 4035 §5.2. */
  UNKNOWN_DIGEST(250, "SHA-256"),
  /** Digest type 2 with one bit turned over: tag and algorithm are right, the digest is not. */
  WRONG_DIGEST(2, "SHA-256"),
  /** Digest type 2 of a key that the zone no longer has. */
  STALE(2, "SHA-256");

  private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

  private final int digestType;
  private final String hash;

  DsForm(int digestType, String hash) {
    this.digestType = digestType;
    this.hash = hash;
  }

  /**
   * Returns the DS record that points at a key in this form.
   *
   * @param key the key to point at
   * @return the record, owned by the name of the zone
   */
  public DSRecord of(DNSKEYRecord key) {
    byte[] digest = digest(key);
    int tag = key.getFootprint();
    if (this == WRONG_DIGEST) {
      digest[0] ^= 1;
    }
    if (this == STALE) {
      tag = (tag + 1) & 0xFFFF;
      Arrays.fill(digest, (byte) 0xAA);
    }
    return new DSRecord(
        key.getName(), key.getDClass(), key.getTTL(), tag, key.getAlgorithm(), digestType, digest);
  }

  // RFC 4034 §5.1.4: the canonical owner name, then the RDATA of the key.
  private byte[] digest(DNSKEYRecord key) {
    try {
      MessageDigest digest = MessageDigest.getInstance(hash, BOUNCY_CASTLE);
      digest.update(key.getName().toWireCanonical());
      return digest.digest(key.rdataToWireCanonical());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
