// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** The RDATA of a DS record (RFC 4034 §5.1). Instances are immutable. */
public final class Ds {

  /** SHA-1 (RFC 3658). */
  public static final int SHA1 = 1;

  /** SHA-256 (RFC 4509). */
  public static final int SHA256 = 2;

  /** SHA-384 (RFC 6605). */
  public static final int SHA384 = 4;

  /** GOST R 34.11-2012 with 256 bits (RFC 9558). */
  public static final int GOST12 = 5;

  /** SM3 (RFC 9563). */
  public static final int SM3 = 6;

  private final byte[] rdata;

  private Ds(byte[] rdata) {
    this.rdata = rdata;
  }

  /**
   * Reads RDATA.
   *
   * @param rdata the octets, kept and not changed
   * @return the record, or null if the RDATA have no room for the fixed fields and a digest
   */
  public static @Nullable Ds read(byte[] rdata) {
    return rdata.length < 5 ? null : new Ds(rdata);
  }

  /** Returns the key tag of the DNSKEY that is meant. */
  public int keyTag() {
    return (rdata[0] & 0xff) << 8 | (rdata[1] & 0xff);
  }

  /** Returns the algorithm number of the DNSKEY that is meant. */
  public int algorithm() {
    return rdata[2] & 0xff;
  }

  /** Returns the digest type. */
  public int digestType() {
    return rdata[3] & 0xff;
  }

  /** Returns the RDATA, a copy. */
  public byte[] rdata() {
    return rdata.clone();
  }

  /** Returns whether key tag and algorithm are those of a key: cheap, and no proof. */
  public boolean names(Dnskey key) {
    return keyTag() == key.keyTag() && algorithm() == key.algorithm();
  }

  /** Returns whether the digest is that of a key at a name (RFC 4034 §5.1.4). */
  public boolean matches(Name owner, Dnskey key) {
    if (!names(key)) {
      return false;
    }
    try {
      MessageDigest digest = DsDigest.of(digestType());
      digest.update(owner.toWireCanonical());
      digest.update(key.rdata());
      return MessageDigest.isEqual(digest.digest(), Arrays.copyOfRange(rdata, 4, rdata.length));
    } catch (NoSuchAlgorithmException e) {
      return false;
    }
  }

  /** Returns whether digests of a type can be computed here. */
  public static boolean supportsDigest(int digestType) {
    try {
      return DsDigest.of(digestType).getDigestLength() > 0;
    } catch (NoSuchAlgorithmException e) {
      return false;
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Ds that && Arrays.equals(rdata, that.rdata);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(rdata);
  }

  /** Returns the presentation form of RFC 4034 §5.3. */
  @Override
  public String toString() {
    return keyTag()
        + " "
        + algorithm()
        + " "
        + digestType()
        + " "
        + HexFormat.of().formatHex(rdata, 4, rdata.length);
  }
}
