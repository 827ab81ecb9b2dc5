// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.audit.DomainFacts;
import org.dane4j.smtp.audit.NameServerFacts;
import org.dane4j.smtp.audit.ServerReply;
import org.dane4j.smtp.audit.ServerReply.NotAsked;
import org.dane4j.smtp.audit.ServerReply.Response;
import org.dane4j.smtp.audit.ServerReply.Silence;
import org.dane4j.smtp.audit.ZoneFacts;
import org.dane4j.tlsa.Octets;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** Puts together what each name server says to each question. */
final class ServerAnswers {

  /** How long a denial is kept where its zone does not say: RFC 2308 §5 has no more than this. */
  static final long LONGEST_DENIAL = 10_800;

  /** What RDATA in presentation form begin with if they are an alias instead. */
  static final String ALIAS = "CNAME ";

  private final DomainFacts facts;

  ServerAnswers(DomainFacts facts) {
    this.facts = facts;
  }

  /** Returns the zone whose servers answer a question; empty if it is not among the facts. */
  Optional<ZoneFacts> zoneOf(Question question) {
    return facts.zones().stream()
        .filter(zone -> question.name().subdomain(zone.name()))
        // RFC 4035 §3.1.4.1: DS records stand in the parent zone.
        .filter(zone -> question.type() != Type.DS || !zone.name().equals(question.name()))
        .max(Comparator.comparingInt(zone -> zone.name().labels()));
  }

  Observed observed(Question question) {
    List<Observed.ByServer> answers = new ArrayList<>();
    List<Unknown> unknown = new ArrayList<>();
    for (NameServerFacts server : zoneOf(question).map(ZoneFacts::servers).orElse(List.of())) {
      if (server.address().isEmpty()) {
        unknown.add(new Unknown(server, withoutAddress(server), Asked.YES));
      }
      server.replies().stream()
          .filter(reply -> reply.question().equals(question))
          .forEach(reply -> sort(reply, server, answers, unknown));
    }
    // Where an address cannot be reached from here, the same server's other address counts.
    unknown.removeIf(it -> it.asked() == Asked.NO && it.hasOtherAddressIn(answers));
    return new Observed(
        question, answers, unknown.stream().map(Unknown::toString).distinct().toList());
  }

  /** Why a server has no address among the facts: it has none, or that could not be found out. */
  private static String withoutAddress(NameServerFacts server) {
    return server.replies().stream()
        .filter(NotAsked.class::isInstance)
        .map(reply -> ((NotAsked) reply).why())
        .findFirst()
        .orElse("it has no address");
  }

  private enum Asked {
    YES,
    NO
  }

  /** A server of which something is not known. */
  private record Unknown(NameServerFacts server, String why, Asked asked) {

    boolean hasOtherAddressIn(List<Observed.ByServer> answers) {
      return answers.stream().anyMatch(by -> by.server().startsWith(server.name() + " "));
    }

    @Override
    public String toString() {
      return label(server) + ": " + why;
    }
  }

  private void sort(
      ServerReply reply,
      NameServerFacts server,
      List<Observed.ByServer> answers,
      List<Unknown> unknown) {
    if (reply instanceof Response response) {
      Optional<String> defect = defect(response);
      if (defect.isPresent()) {
        unknown.add(new Unknown(server, defect.get(), Asked.YES));
      } else if (!response.truncated()) {
        answers.add(new Observed.ByServer(label(server), answer(response, server)));
      }
    } else if (isAnswered(reply.question(), server)) {
      // Some networks let one transport through; what the server says is known nevertheless.
      return;
    } else if (reply instanceof Silence silence) {
      unknown.add(new Unknown(server, silence.why(), Asked.YES));
    } else if (reply instanceof NotAsked skipped) {
      boolean silent = server.replies().stream().anyMatch(Silence.class::isInstance);
      unknown.add(
          new Unknown(server, "not asked: " + skipped.why(), silent ? Asked.YES : Asked.NO));
    }
  }

  private static boolean isAnswered(Question question, NameServerFacts server) {
    return server.replies().stream()
        .anyMatch(
            reply ->
                reply instanceof Response response
                    && response.question().equals(question)
                    && !response.truncated()
                    && defect(response).isEmpty());
  }

  private static Optional<String> defect(Response response) {
    if (response.rcode() != Rcode.NOERROR && response.rcode() != Rcode.NXDOMAIN) {
      return Optional.of("it answers " + Rcode.string(response.rcode()));
    }
    return response.authoritative()
        ? Optional.empty()
        : Optional.of("it is not authoritative for " + response.question().name());
  }

  private ServedAnswer answer(Response response, NameServerFacts server) {
    if (response.rrset().isPresent()) {
      return positive(response.question(), response.rrset().get(), response.signatures());
    }
    Optional<Response> soa = soa(response.question(), server);
    boolean signed =
        soa.map(reply -> !reply.signatures().isEmpty())
            .orElse(zoneOf(response.question()).filter(ServerAnswers::hasKeys).isPresent());
    return new ServedAnswer(
        response.question(),
        signed ? Signing.SIGNED : Signing.UNSIGNED,
        soa.flatMap(ServerAnswers::denialTtl).orElse(LONGEST_DENIAL),
        List.of());
  }

  private static boolean hasKeys(ZoneFacts zone) {
    return zone.keys() instanceof ValidationResult.Secure;
  }

  private Optional<Response> soa(Question question, NameServerFacts server) {
    Optional<Name> apex = zoneOf(question).map(ZoneFacts::name);
    return server.replies().stream()
        .filter(Response.class::isInstance)
        .map(Response.class::cast)
        .filter(reply -> reply.question().type() == Type.SOA && reply.rrset().isPresent())
        .filter(reply -> apex.filter(reply.question().name()::equals).isPresent())
        .findFirst();
  }

  /** RFC 2308 §5: the SOA record's own TTL or its MINIMUM field, whichever is shorter. */
  private static Optional<Long> denialTtl(Response soa) {
    return soa.rrset()
        .flatMap(rrset -> rrset.records().stream().findFirst())
        .filter(SOARecord.class::isInstance)
        .map(record -> Math.min(record.getTTL(), ((SOARecord) record).getMinimum()));
  }

  /** Returns an answer with data, as it is kept at most. */
  static ServedAnswer positive(Question question, Rrset rrset, List<RRSIGRecord> signatures) {
    long ttl = rrset.ttl();
    for (RRSIGRecord signature : signatures) {
      ttl = Math.max(ttl, signature.getOrigTTL());
    }
    String alias = rrset.type() == question.type() ? "" : Type.string(rrset.type()) + " ";
    List<String> rdata = rrset.rdata().stream().map(octets -> alias + text(rrset, octets)).toList();
    return new ServedAnswer(
        question, signatures.isEmpty() ? Signing.UNSIGNED : Signing.SIGNED, ttl, rdata);
  }

  private static String text(Rrset rrset, Octets octets) {
    Optional<Record> record =
        new Rrset(rrset.name(), rrset.type(), 0, List.of(octets)).records().stream().findFirst();
    if (record.isEmpty()) {
      return "\\# " + octets.length() + " " + octets.toHex();
    }
    // The case of a name means nothing, and servers differ in it.
    String text = record.get().rdataToString();
    return rrset.type() == Type.DNSKEY ? text : text.toLowerCase(Locale.ROOT);
  }

  private static String label(NameServerFacts server) {
    return server.name()
        + server.address().map(address -> " (" + address.getHostAddress() + ")").orElse(" (?)");
  }

  /** Returns a line of a zone file; where an alias was served, it is the alias. */
  static String line(Name name, long ttl, int type, String rdata) {
    String typed = rdata.startsWith(ALIAS) ? rdata : Type.string(type) + " " + rdata;
    return name + " " + ttl + " " + DClass.string(DClass.IN) + " " + typed;
  }
}
