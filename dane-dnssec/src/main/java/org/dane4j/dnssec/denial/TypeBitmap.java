// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.denial;

import java.util.BitSet;
import java.util.StringJoiner;
import org.dane4j.dnssec.denial.Denial.Outcome;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/** The types that exist at a name (RFC 4034 §4.1.2). */
final class TypeBitmap {

  private final BitSet types;

  private TypeBitmap(BitSet types) {
    this.types = types;
  }

  /** Reads the field from an offset to the end of RDATA; returns null if it is not well-formed. */
  static @Nullable TypeBitmap read(byte[] rdata, int offset) {
    BitSet types = new BitSet(64);
    int previous = -1;
    int at = offset;
    while (at < rdata.length) {
      if (rdata.length - at < 2) {
        return null;
      }
      int window = rdata[at] & 0xff;
      int length = rdata[at + 1] & 0xff;
      at += 2;
      if (window <= previous || length < 1 || length > 32 || rdata.length - at < length) {
        return null;
      }
      for (int bit = 0; bit < length * 8; bit++) {
        if ((rdata[at + bit / 8] & 0x80 >>> (bit % 8)) != 0) {
          types.set(window << 8 | bit);
        }
      }
      previous = window;
      at += length;
    }
    return new TypeBitmap(types);
  }

  boolean has(int type) {
    return types.get(type);
  }

  /** RFC 6840 §4.1: the name is delegated, and the record stands in the parent zone. */
  boolean isDelegation() {
    return has(Type.NS) && !has(Type.SOA);
  }

  /**
   * What the parent zone's bitmap says of a zone cut at the name whose DS RRset is missing (RFC
   * 5155 §8.9, RFC 6840 §4.4): without NS there is none, so that what is below is not unsigned
   * either.
   */
  Outcome delegation() {
    if (has(Type.DS) || has(Type.SOA)) {
      return Outcome.NOT_PROVEN;
    }
    return has(Type.NS) ? Outcome.UNSIGNED_DELEGATION : Outcome.NO_ZONE_CUT;
  }

  /** RFC 6840 §4.1, RFC 6672 §5.3.4: nothing is said about names below this one. */
  boolean endsAuthorityBelow() {
    return isDelegation() || has(Type.DNAME);
  }

  /**
   * Whether the bitmap of the very name says that there are no data of a type: neither the type nor
   * a CNAME, and the right side of a zone cut speaks.
   */
  boolean denies(int type, boolean atRoot) {
    if (has(type) || has(Type.CNAME)) {
      return false;
    }
    // RFC 6840 §4.1 and RFC 4035 §5.2: DS is the parent's, everything else the child's. Root has
    // none.
    return type == Type.DS ? atRoot || !has(Type.SOA) : !isDelegation();
  }

  @Override
  public String toString() {
    StringJoiner joiner = new StringJoiner(" ");
    types.stream().forEach(type -> joiner.add(Type.string(type)));
    return joiner.toString();
  }
}
