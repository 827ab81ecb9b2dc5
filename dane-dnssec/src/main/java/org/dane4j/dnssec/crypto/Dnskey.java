// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The RDATA of a DNSKEY record (RFC 4034 §2.1). Instances are immutable. */
public final class Dnskey {

  private static final int ZONE_KEY = 0x0100;
  private static final int REVOKED = 0x0080;
  private static final int DNSSEC = 3;
  private static final int RSAMD5 = 1;

  private final byte[] rdata;
  private final int keyTag;

  private Dnskey(byte[] rdata) {
    this.rdata = rdata;
    this.keyTag = keyTag(rdata);
  }

  /**
   * Reads RDATA.
   *
   * @param rdata the octets, kept and not changed
   * @return the key, or null if the RDATA have no room for the fixed fields
   */
  public static @Nullable Dnskey read(byte[] rdata) {
    return rdata.length < 4 ? null : new Dnskey(rdata);
  }

  /** Returns the flags field. */
  public int flags() {
    return (rdata[0] & 0xff) << 8 | (rdata[1] & 0xff);
  }

  /** Returns the DNSSEC algorithm number. */
  public int algorithm() {
    return rdata[3] & 0xff;
  }

  /** Returns the key tag, which need not be unique. */
  public int keyTag() {
    return keyTag;
  }

  /** Returns whether the key may sign zone data at all: the Zone Key flag and protocol 3. */
  public boolean isZoneKey() {
    // RFC 4034 §2.1.1, §2.1.2
    return (flags() & ZONE_KEY) != 0 && rdata[2] == DNSSEC;
  }

  /**
   * Returns whether the key is revoked: it then signs its own DNSKEY RRset only (RFC 5011 §2.1).
   */
  public boolean isRevoked() {
    return (flags() & REVOKED) != 0;
  }

  /** Returns the public key in the format of its algorithm, a copy. */
  public byte[] publicKey() {
    return Arrays.copyOfRange(rdata, 4, rdata.length);
  }

  /** Returns the RDATA, a copy. */
  public byte[] rdata() {
    return rdata.clone();
  }

  /** Returns the presentation form of the RDATA (RFC 4034 §2.2). */
  public String toRdataText() {
    String key = Base64.getEncoder().encodeToString(publicKey());
    return flags() + " " + (rdata[2] & 0xff) + " " + algorithm() + " " + key;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Dnskey that && Arrays.equals(rdata, that.rdata);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(rdata);
  }

  @Override
  public String toString() {
    return "DNSKEY " + keyTag + " (algorithm " + algorithm() + ")";
  }

  /** RFC 4034 Appendix B; B.1 for the retired algorithm 1. */
  private static int keyTag(byte[] rdata) {
    if ((rdata[3] & 0xff) == RSAMD5) {
      int end = rdata.length;
      return end < 7 ? 0 : (rdata[end - 3] & 0xff) << 8 | (rdata[end - 2] & 0xff);
    }
    int sum = 0;
    for (int i = 0; i < rdata.length; i++) {
      sum += (i & 1) == 0 ? (rdata[i] & 0xff) << 8 : rdata[i] & 0xff;
    }
    return (sum + (sum >>> 16)) & 0xffff;
  }
}
