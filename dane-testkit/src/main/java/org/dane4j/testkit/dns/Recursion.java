// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A resolver's work: aliases followed from zone to zone, every hop with its proof. */
final class Recursion {

  private static final int MAX_ALIASES = 16;

  /** RFC 6891 §6.2.5 with the size that avoids fragments; what we could receive, not send. */
  private static final int PAYLOAD_SIZE = 1232;

  private final DnsTree tree;

  Recursion(DnsTree tree) {
    this.tree = tree;
  }

  Message answer(Message query) {
    Message response = emptyResponse(query);
    if (query.getHeader().getOpcode() != Opcode.QUERY) {
      return withRcode(response, Rcode.NOTIMP);
    }
    Record question = query.getQuestion();
    if (question == null || query.getSection(Section.QUESTION).size() != 1) {
      return withRcode(response, Rcode.FORMERR);
    }
    if (question.getDClass() != DClass.IN) {
      return withRcode(response, Rcode.REFUSED);
    }
    Chain chain = new Chain();
    int rcode = chain.follow(question.getName(), question.getType());
    if (rcode != Rcode.SERVFAIL) {
      boolean dnssec = wantsDnssec(query);
      chain.answer.forEach(rrset -> add(response, rrset, Section.ANSWER, dnssec));
      chain.authority.forEach(rrset -> add(response, rrset, Section.AUTHORITY, dnssec));
    }
    return withRcode(response, rcode);
  }

  static Message emptyResponse(Message query) {
    Message response = new Message(query.getHeader().getID());
    response.getHeader().setOpcode(query.getHeader().getOpcode());
    response.getHeader().setFlag(Flags.QR);
    response.getHeader().setFlag(Flags.RA);
    for (int flag : new int[] {Flags.RD, Flags.CD}) {
      if (query.getHeader().getFlag(flag)) {
        response.getHeader().setFlag(flag);
      }
    }
    query.getSection(Section.QUESTION).forEach(it -> response.addRecord(it, Section.QUESTION));
    if (query.getOPT() != null) {
      // RFC 3225 §3: the DO bit is copied.
      int flags = wantsDnssec(query) ? ExtendedFlags.DO : 0;
      response.addRecord(new OPTRecord(PAYLOAD_SIZE, 0, 0, flags), Section.ADDITIONAL);
    }
    return response;
  }

  static Message withRcode(Message response, int rcode) {
    response.getHeader().setRcode(rcode);
    return response;
  }

  static boolean wantsDnssec(Message query) {
    OPTRecord opt = query.getOPT();
    return opt != null && (opt.getFlags() & ExtendedFlags.DO) != 0;
  }

  static void add(Message response, RRset rrset, int section, boolean dnssec) {
    boolean asked = rrset.getType() == response.getQuestion().getType();
    boolean denial = rrset.getType() == Type.NSEC || rrset.getType() == Type.NSEC3;
    // RFC 4035 §3.1: without DO no record of these types unless it was asked for.
    if (!dnssec && denial && !asked) {
      return;
    }
    rrset.rrs(false).forEach(record -> addOnce(response, record, section));
    if (dnssec) {
      rrset.sigs().forEach(signature -> addOnce(response, signature, section));
    }
  }

  private static void addOnce(Message response, Record record, int section) {
    if (!response.findRecord(record, section)) {
      response.addRecord(record, section);
    }
  }

  /** What has been gathered on the way from alias to alias. */
  private final class Chain {

    private final List<RRset> answer = new ArrayList<>();
    private final List<RRset> authority = new ArrayList<>();

    int follow(Name start, int type) {
      Name name = start;
      for (int hops = 0; hops <= MAX_ALIASES; hops++) {
        Optional<SignedZone> zone = zoneFor(name, type);
        if (zone.isEmpty()) {
          return Rcode.SERVFAIL;
        }
        ZoneAnswer hop = zone.get().lookup(name, type);
        answer.addAll(hop.answer());
        authority.addAll(hop.authority());
        if (hop.next().isEmpty()) {
          return rcode(hop.kind());
        }
        name = hop.next().get();
      }
      return Rcode.SERVFAIL;
    }

    // RFC 4035 §3.1.4.1: the DS of a zone is in its parent.
    private Optional<SignedZone> zoneFor(Name name, int type) {
      boolean above = type == Type.DS && !name.equals(Name.root);
      return tree.enclosing(above ? ZoneContents.parent(name) : name);
    }

    private int rcode(ZoneAnswer.Kind kind) {
      return switch (kind) {
        case DATA, ALIAS, NO_DATA -> Rcode.NOERROR;
        case NO_NAME -> Rcode.NXDOMAIN;
        case TOO_LONG -> Rcode.YXDOMAIN; // RFC 6672 §2.2
        case LAME -> Rcode.SERVFAIL;
      };
    }
  }
}
