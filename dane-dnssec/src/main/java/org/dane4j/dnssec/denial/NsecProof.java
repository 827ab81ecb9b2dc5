// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.denial;

import java.util.ArrayList;
import java.util.List;
import org.dane4j.dnssec.denial.Denial.Outcome;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** What the verified NSEC records of one zone prove (RFC 4035 §5.4, RFC 6840 §4). */
public final class NsecProof implements ZoneDenial {

  private final List<Nsec> records = new ArrayList<>();

  /**
   * Adds a verified record. One that is malformed or points out of the zone is left out.
   *
   * @param owner the owner's name as it was signed
   * @param rdata its RDATA
   * @param zone the zone that signed it
   */
  public void add(Name owner, byte[] rdata, Name zone) {
    Nsec nsec = Nsec.read(owner, rdata, zone);
    if (nsec != null) {
      records.add(nsec);
    }
  }

  @Override
  public Denial noData(Name name, int type) {
    Nsec own = existingWithout(name, type);
    if (own != null) {
      return Denial.of(Outcome.NO_DATA, own);
    }
    Nsec cover = matching(name) == null ? covering(name) : null;
    if (cover == null) {
      return Denial.NOTHING;
    }
    // RFC 4035 §3.1.3.4: the name does not exist, and the wildcard has no data of the type.
    Name wildcard = wildcardAt(cover.closestEncloser(name));
    Nsec source = wildcard == null ? null : existingWithout(wildcard, type);
    return source == null ? Denial.NOTHING : Denial.of(Outcome.NO_DATA, cover, source);
  }

  @Override
  public Denial noName(Name name) {
    Nsec cover = covering(name);
    if (cover == null || cover.provesEmptyNonTerminal(name)) {
      return Denial.NOTHING;
    }
    // RFC 4035 §5.4: neither the name nor a wildcard that could stand for it.
    Name wildcard = wildcardAt(cover.closestEncloser(name));
    if (wildcard == null) {
      return Denial.of(Outcome.NO_NAME, cover);
    }
    Nsec noWildcard = covering(wildcard);
    return noWildcard == null || noWildcard.provesEmptyNonTerminal(wildcard)
        ? Denial.NOTHING
        : Denial.of(Outcome.NO_NAME, cover, noWildcard);
  }

  @Override
  public Denial noCloserName(Name name, Name closestEncloser) {
    Nsec cover = covering(name);
    // RFC 4035 §5.3.4: the wildcard must be the one of the closest encloser, not of one above it.
    return cover != null
            && !cover.provesEmptyNonTerminal(name)
            && cover.closestEncloser(name).equals(closestEncloser)
        ? Denial.of(Outcome.NO_CLOSER_NAME, cover)
        : Denial.NOTHING;
  }

  @Override
  public Denial noDelegation(Name name) {
    Nsec match = matching(name);
    if (match != null) {
      return Denial.of(match.types().delegation(), match);
    }
    Denial absent = noName(name);
    return absent.isProven() ? absent.as(Outcome.NO_ZONE_CUT) : noDataOfAbsentOwner(name);
  }

  @Override
  public Denial unsignedDelegation(Name name) {
    Nsec match = matching(name);
    return match != null && match.types().delegation() == Outcome.UNSIGNED_DELEGATION
        ? Denial.of(Outcome.UNSIGNED_DELEGATION, match)
        : Denial.NOTHING;
  }

  private Denial noDataOfAbsentOwner(Name name) {
    Denial noData = noData(name, Type.DS);
    return noData.isProven() ? noData.as(Outcome.NO_ZONE_CUT) : Denial.NOTHING;
  }

  /** The record of a name that exists without data of a type; null if none shows that. */
  private @Nullable Nsec existingWithout(Name name, int type) {
    Nsec match = matching(name);
    if (match != null) {
      return match.types().denies(type, isRoot(name)) ? match : null;
    }
    // RFC 4592 §3.3.1: a wildcard, too, may be an empty non-terminal.
    Nsec cover = covering(name);
    return cover != null && cover.provesEmptyNonTerminal(name) ? cover : null;
  }

  private @Nullable Nsec matching(Name name) {
    for (Nsec nsec : records) {
      if (nsec.owner().equals(name)) {
        return nsec;
      }
    }
    return null;
  }

  private @Nullable Nsec covering(Name name) {
    for (Nsec nsec : records) {
      if (nsec.covers(name) && !nsec.isAncestorThatEndsAuthority(name)) {
        return nsec;
      }
    }
    return null;
  }

  private static boolean isRoot(Name name) {
    return name.equals(Name.root);
  }

  /** The wildcard below a name; null if there is no room for it. */
  static @Nullable Name wildcardAt(Name closestEncloser) {
    return closestEncloser.length() + 2 > 255 ? null : Names.child("*", closestEncloser);
  }
}
