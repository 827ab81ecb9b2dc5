// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** The RDATA of an RRSIG record (RFC 4034 §3.1). Instances are immutable. */
public final class Rrsig {

  private static final int SIGNER = 18;

  private final byte[] rdata;
  private final Name signer;
  private final int signatureOffset;

  private Rrsig(byte[] rdata, Name signer, int signatureOffset) {
    this.rdata = rdata;
    this.signer = signer;
    this.signatureOffset = signatureOffset;
  }

  /**
   * Reads RDATA.
   *
   * @param rdata the octets, kept and not changed
   * @return the record, or null if the RDATA are too short or have no proper signer's name
   */
  public static @Nullable Rrsig read(byte[] rdata) {
    Name signer = rdata.length < SIGNER ? null : WireName.read(rdata, SIGNER);
    return signer == null ? null : new Rrsig(rdata, signer, SIGNER + signer.length());
  }

  /** Returns the type of the RRset that is signed. */
  public int typeCovered() {
    return u16(0);
  }

  /** Returns the DNSSEC algorithm number. */
  public int algorithm() {
    return rdata[2] & 0xff;
  }

  /**
   * Returns the number of labels in the owner's name as it was signed, root and wildcard not
   * counted.
   */
  public int labels() {
    return rdata[3] & 0xff;
  }

  /** Returns the TTL of the RRset in the zone, in seconds. */
  public long originalTtl() {
    return u32(4);
  }

  /** Returns the end of the validity, in seconds modulo 2^32 (RFC 4034 §3.1.5). */
  public long expiration() {
    return u32(8);
  }

  /** Returns the start of the validity, in seconds modulo 2^32 (RFC 4034 §3.1.5). */
  public long inception() {
    return u32(12);
  }

  /** Returns the key tag of the DNSKEY that made the signature. */
  public int keyTag() {
    return u16(16);
  }

  /** Returns the name of the zone that signed. */
  public Name signer() {
    return signer;
  }

  /** Returns the signature, a copy. */
  public byte[] signature() {
    return Arrays.copyOfRange(rdata, signatureOffset, rdata.length);
  }

  /** Returns the RDATA, a copy. */
  public byte[] rdata() {
    return rdata.clone();
  }

  /** Returns the octets that are signed before the RRset: the RDATA up to the signer's name. */
  public byte[] signedPrefix() {
    return Arrays.copyOf(rdata, SIGNER);
  }

  private int u16(int offset) {
    return (rdata[offset] & 0xff) << 8 | (rdata[offset + 1] & 0xff);
  }

  private long u32(int offset) {
    return (long) u16(offset) << 16 | u16(offset + 2);
  }
}
