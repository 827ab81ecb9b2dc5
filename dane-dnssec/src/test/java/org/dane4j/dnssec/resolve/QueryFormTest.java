// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.testkit.dns.DnsReply;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsServer;
import org.dane4j.testkit.dns.DnsTree;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What a resolver says to its name server, and does not take from it. */
class QueryFormTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

  private static final DnsTree TREE =
      DnsTree.at(AT)
          .zone(".")
          .zone("example.")
          .zone("bank.example.", zone -> zone.record("* A 192.0.2.1\nmx A 192.0.2.2"))
          .build();

  private static DnssecResolver.Builder with(DnssecResolver.Builder builder) {
    return builder
        .trustAnchors(TrustAnchors.parse(String.join("\n", TREE.trustAnchors())))
        .clock(InstantSource.fixed(AT));
  }

  private static void assertForm(List<Message> queries) {
    assertThat(queries)
        .isNotEmpty()
        .allSatisfy(
            query -> {
              // RFC 4035 §4.1, §4.6 and RFC 6840 §5.9
              assertThat(query.getOPT().getFlags() & ExtendedFlags.DO).isNotZero();
              assertThat(query.getHeader().getFlag(Flags.CD)).isTrue();
              assertThat(query.getHeader().getFlag(Flags.RD)).isTrue();
              assertThat(query.getHeader().getFlag(Flags.AD)).isFalse();
              assertThat(query.getHeader().getOpcode()).isEqualTo(Opcode.QUERY);
              assertThat(query.getSection(Section.QUESTION)).hasSize(1);
            });
  }

  @Test
  void queries_askForSignatures_andLeaveTheCheckingToUs() {
    List<Message> queries = new CopyOnWriteArrayList<>();
    DnsResponder recording =
        query -> {
          queries.add(query);
          return TREE.respond(query);
        };
    try (DnssecResolver dns = with(DnssecResolver.builder(recording.asResolver())).build()) {
      assertThat(dns.resolve(Question.of("mx.bank.example", Type.A))).isInstanceOf(Secure.class);
    }
    assertForm(queries);
    queries.clear();
    try (DnsServer server = DnsServer.start(recording);
        DnssecResolver dns = with(DnssecResolver.builder(server.address())).build()) {
      assertThat(dns.resolve(Question.of("mx.bank.example", Type.A))).isInstanceOf(Secure.class);
    }
    assertForm(queries);
  }

  @Test
  void wildcardThatWasProvenForOneName_isNotForAnother() {
    // A verdict is about a name, not about records and a signature that were seen before.
    Message other = TREE.answer("one.bank.example", Type.A);
    RRset answer = new RRset();
    for (Record record : other.getSection(Section.ANSWER)) {
      answer.addRR(
          Record.newRecord(
              TREE.answer("mx.bank.example", Type.A).getQuestion().getName(),
              record.getType(),
              record.getDClass(),
              record.getTTL(),
              record.rdataToWireCanonical()));
    }
    DnsResponder replaying =
        query -> {
          Record asked = query.getQuestion();
          if (asked.getType() != Type.A || !asked.getName().toString().startsWith("mx.")) {
            return TREE.respond(query);
          }
          Message lie = new Message(query.getHeader().getID());
          lie.getHeader().setFlag(Flags.QR);
          lie.addRecord(asked, Section.QUESTION);
          answer.rrs(false).forEach(record -> lie.addRecord(record, Section.ANSWER));
          answer.sigs().forEach(record -> lie.addRecord(record, Section.ANSWER));
          other
              .getSection(Section.AUTHORITY)
              .forEach(record -> lie.addRecord(record, Section.AUTHORITY));
          return DnsReply.of(lie);
        };
    try (DnssecResolver dns = with(DnssecResolver.builder(replaying.asResolver())).build()) {
      assertThat(dns.resolve(Question.of("one.bank.example", Type.A))).isInstanceOf(Secure.class);
      assertThat(dns.resolve(Question.of("mx.bank.example", Type.A))).isInstanceOf(Bogus.class);
    }
  }
}
