// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.denial;

import org.dane4j.dnssec.wire.WireName;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * A verified NSEC record (RFC 4034 §4).
 *
 * @param owner the owner's name as it was signed, that is the wildcard if it was expanded from one
 * @param next the next owner's name in canonical order
 * @param types the types at the owner's name
 */
record Nsec(Name owner, Name next, TypeBitmap types) implements DenialRecord {

  /** Reads a record of a zone; null if it is malformed or points out of its zone. */
  static @Nullable Nsec read(Name owner, byte[] rdata, Name zone) {
    Name next = WireName.read(rdata, 0);
    if (next == null || !next.subdomain(zone)) {
      return null;
    }
    TypeBitmap types = TypeBitmap.read(rdata, next.length());
    if (types == null) {
      return null;
    }
    // RFC 4034 §4.1.1: only the last record points backwards, and that to the apex.
    boolean backwards = next.compareTo(owner) <= 0;
    return backwards && !next.equals(zone) ? null : new Nsec(owner, next, types);
  }

  /** Whether no owner's name of the zone stands at a name, which itself is in the zone. */
  boolean covers(Name name) {
    boolean afterOwner = owner.compareTo(name) < 0;
    boolean beforeNext = name.compareTo(next) < 0;
    // RFC 4034 §4.1.1: the last record wraps around to the apex; alone, it covers all but itself.
    boolean last = next.compareTo(owner) <= 0;
    return last ? afterOwner : afterOwner && beforeNext;
  }

  /**
   * Whether the record cannot speak about a name, because its owner delegates it (RFC 6840 §4.1).
   */
  boolean isAncestorThatEndsAuthority(Name name) {
    return !owner.equals(name) && name.subdomain(owner) && types.endsAuthorityBelow();
  }

  /**
   * Whether a covered name exists without records: some owner's name is below it (RFC 4035 §5.4).
   */
  boolean provesEmptyNonTerminal(Name name) {
    return !next.equals(name) && next.subdomain(name);
  }

  /** The longest existing ancestor of a covered name that this record shows. */
  Name closestEncloser(Name name) {
    Name byOwner = commonAncestor(name, owner);
    Name byNext = commonAncestor(name, next);
    return byOwner.labels() >= byNext.labels() ? byOwner : byNext;
  }

  private static Name commonAncestor(Name a, Name b) {
    Name ancestor = a;
    while (!b.subdomain(ancestor)) {
      ancestor = new Name(ancestor, 1);
    }
    return ancestor;
  }

  @Override
  public String toString() {
    return owner + " NSEC " + next + " " + types;
  }
}
