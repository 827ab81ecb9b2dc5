// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.replay;

import java.util.List;
import org.dane4j.dnssec.replay.Entry.Query;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What a name server's message is to a query, with how much a resolver prefers it. */
enum Kind {
  /** Has the data. */
  ANSWER(100),
  /** Has an alias of the name. */
  ALIAS(90),
  /** Denies the name or the data, with the records for it. */
  DENIAL(80),
  /** Denies the data by an NSEC record, without an SOA record. */
  NODATA_WITHOUT_SOA(70),
  /** Says that the name does not exist, and nothing else. */
  BARE_NXDOMAIN(40),
  /** Says nothing at all. */
  EMPTY(35),
  /** Denies a DS RRset from below the zone cut. */
  WRONG_SIDE(30),
  /** Names other servers. */
  REFERRAL(20),
  /** Something else. */
  ODD(15),
  /** An error. */
  ERROR(0);

  private final int score;

  Kind(int score) {
    this.score = score;
  }

  int score() {
    return score;
  }

  static Kind of(Entry entry, Query query) {
    Name name = query.name();
    List<Rr> answer = entry.sections().answer();
    List<Rr> authority = entry.sections().authority();
    int rcode = entry.rcode();
    if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN && rcode != Rcode.YXDOMAIN) {
      return ERROR;
    }
    if (answer.stream().anyMatch(rr -> isData(rr, query))) {
      return ANSWER;
    }
    if (answer.stream().anyMatch(rr -> rr.is(name, Type.CNAME) || isDnameAbove(rr, name))) {
      return ALIAS;
    }
    boolean hasSoa = has(authority, Type.SOA);
    boolean hasProof = has(authority, Type.NSEC) || has(authority, Type.NSEC3);
    if (rcode == Rcode.NXDOMAIN) {
      return hasSoa || hasProof ? DENIAL : BARE_NXDOMAIN;
    }
    if (!answer.isEmpty()) {
      return ODD;
    }
    if (hasSoa) {
      boolean below =
          query.type() == Type.DS && authority.stream().anyMatch(rr -> rr.is(name, Type.SOA));
      return below ? WRONG_SIDE : DENIAL;
    }
    if (has(authority, Type.NS)) {
      return REFERRAL;
    }
    boolean nsecAtName = authority.stream().anyMatch(rr -> rr.is(name, Type.NSEC));
    return nsecAtName ? NODATA_WITHOUT_SOA : authority.isEmpty() ? EMPTY : ODD;
  }

  private static boolean has(List<Rr> section, int type) {
    return section.stream().anyMatch(rr -> rr.type() == type);
  }

  private static boolean isData(Rr rr, Query query) {
    boolean wanted = query.type() == Type.ANY || rr.type() == query.type();
    return wanted && rr.owner().equals(query.name());
  }

  static boolean isDnameAbove(Rr rr, Name name) {
    return rr.type() == Type.DNAME && name.subdomain(rr.owner()) && !name.equals(rr.owner());
  }
}
