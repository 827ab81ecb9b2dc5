// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** An authoritative name server of one zone: it answers with AA, and for no other zone. */
final class Authority implements DnsResponder {

  private static final int MAX_ALIASES = 16;

  private final SignedZone zone;

  Authority(SignedZone zone) {
    this.zone = zone;
  }

  @Override
  public DnsReply respond(Message query) {
    Message response = Recursion.emptyResponse(query);
    response.getHeader().unsetFlag(Flags.RA);
    Record question = query.getQuestion();
    boolean mine =
        question != null
            && question.getDClass() == DClass.IN
            && question.getName().subdomain(zone.name());
    int rcode = mine ? answer(response, question, Recursion.wantsDnssec(query)) : Rcode.REFUSED;
    return DnsReply.of(Recursion.withRcode(response, rcode));
  }

  /** Follows aliases as far as the zone goes (RFC 1034 §4.3.2). */
  private int answer(Message response, Record question, boolean dnssec) {
    Name name = question.getName();
    for (int hops = 0; hops <= MAX_ALIASES && name.subdomain(zone.name()); hops++) {
      ZoneAnswer answer = zone.lookup(name, question.getType());
      if (answer.kind() == ZoneAnswer.Kind.LAME) {
        // A name below a cut is for other servers; no referral is made, nobody here follows one.
        return hops == 0 ? Rcode.REFUSED : Rcode.NOERROR;
      }
      response.getHeader().setFlag(Flags.AA);
      addAll(response, answer, dnssec);
      if (answer.next().isEmpty()) {
        return rcode(answer.kind());
      }
      name = answer.next().get();
    }
    return Rcode.NOERROR;
  }

  private static void addAll(Message response, ZoneAnswer answer, boolean dnssec) {
    answer.answer().forEach(it -> Recursion.add(response, it, Section.ANSWER, dnssec));
    answer.authority().forEach(it -> Recursion.add(response, it, Section.AUTHORITY, dnssec));
  }

  private static int rcode(ZoneAnswer.Kind kind) {
    if (kind == ZoneAnswer.Kind.NO_NAME) {
      return Rcode.NXDOMAIN;
    }
    return kind == ZoneAnswer.Kind.TOO_LONG ? Rcode.YXDOMAIN : Rcode.NOERROR;
  }
}
