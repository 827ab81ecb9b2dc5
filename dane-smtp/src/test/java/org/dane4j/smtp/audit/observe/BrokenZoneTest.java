// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.dane4j.dnssec.Question;
import org.dane4j.smtp.audit.AuditReport;
import org.dane4j.smtp.audit.Check;
import org.dane4j.smtp.audit.DomainFacts;
import org.dane4j.smtp.audit.Finding;
import org.dane4j.smtp.audit.ServerReply.NotAsked;
import org.dane4j.smtp.audit.ServerReply.Response;
import org.dane4j.smtp.audit.ServerReply.Transport;
import org.dane4j.smtp.audit.Severity;
import org.dane4j.testkit.dns.DnsReply;
import org.dane4j.testkit.dns.Tampering;
import org.dane4j.testkit.scenario.TestInternetBuilder;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A zone that validates nowhere: each of its name servers is asked all the same. */
class BrokenZoneTest {

  private static final Name ZONE = Name.fromConstantString("r.test.");
  private static final String ABOVE = "192.0.2.60";

  /** A village whose zone has expired, below a zone that refers to its servers. */
  private static Village broken() {
    Village village =
        Village.with(
            net -> {
              above(net);
              net.zone(
                  "r.test", zone -> zone.validity(Duration.ofDays(-9), Duration.ofMinutes(-1)));
            },
            host -> {});
    village.serve(ABOVE, BrokenZoneTest::referral);
    return village;
  }

  private static void above(TestInternetBuilder net) {
    net.zone("test", zone -> zone.record("@ NS ns\nns A " + ABOVE));
  }

  private static DnsReply referral(Message query) {
    Message response = new Message(query.getHeader().getID());
    response.getHeader().setFlag(Flags.QR);
    response.addRecord(query.getQuestion(), Section.QUESTION);
    for (int i = 1; i <= 2; i++) {
      Name server = Name.fromConstantString("ns" + i + ".r.test.");
      response.addRecord(new NSRecord(ZONE, DClass.IN, 60, server), Section.AUTHORITY);
      response.addRecord(
          new ARecord(server, DClass.IN, 60, Village.inet("192.0.2." + (52 + i))),
          Section.ADDITIONAL);
    }
    // Nobody below the zone above: its address is not to be taken from here.
    Name stranger = Name.fromConstantString("ns.other.");
    response.addRecord(new NSRecord(ZONE, DClass.IN, 60, stranger), Section.AUTHORITY);
    response.addRecord(
        new ARecord(stranger, DClass.IN, 60, Village.inet("192.0.2.99")), Section.ADDITIONAL);
    return DnsReply.of(response);
  }

  private static List<Finding> bad(DomainFacts facts, Check check) {
    return AuditReport.of(facts).findings().stream()
        .filter(it -> it.check() == check && it.severity().compareTo(Severity.WARN) >= 0)
        .toList();
  }

  @Test
  void bogusZone_isAskedAtEachServerThatTheZoneAboveRefersTo() {
    try (Village village = broken()) {
      DomainFacts facts = village.observe();
      assertThat(Village.zone(facts, "r.test.").servers())
          .extracting(server -> server.name().toString())
          .containsExactly("ns.other.", "ns1.r.test.", "ns2.r.test.");
      assertThat(Village.replies(facts, "192.0.2.99", Transport.UDP)).isEmpty();
      for (String address : List.of(Village.FIRST, Village.SECOND)) {
        assertThat(Village.replies(facts, address, Transport.UDP))
            .isNotEmpty()
            .allMatch(Response.class::isInstance);
      }
      assertThat(bad(facts, Check.SIGNATURE_LIFE))
          .extracting(Finding::severity)
          .contains(Severity.FAIL);
      assertThat(bad(facts, Check.SIGNATURE_LIFE).get(0).evidence())
          .contains("has expired", "ns1.r.test.", "ns2.r.test.");
    }
  }

  @Test
  void serverThatDropsSignatures_isNamed() {
    try (Village village = broken()) {
      village.serve(
          Village.SECOND,
          village
              .authority()
              .tampering(Tampering.removing(record -> record.getType() == Type.RRSIG)));
      assertThat(bad(village.observe(), Check.SIGNED))
          .filteredOn(finding -> finding.subject().startsWith("ns2.r.test."))
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.severity()).isEqualTo(Severity.WARN);
                assertThat(finding.evidence()).contains("r.test. MX without a signature");
                assertThat(finding.remedy()).contains("load the zone as it is signed now");
              });
    }
  }

  @Test
  void zoneAboveThatTellsNothing_leavesTheServersUnknown() {
    try (Village village = broken()) {
      village.serve(ABOVE, query -> DnsReply.silence());
      assertThat(Village.zone(village.observe(), "r.test.").servers())
          .singleElement()
          .satisfies(
              server ->
                  assertThat(((NotAsked) server.replies().get(0)).why())
                      .contains("name servers are not known", "does not tell them either"));
    }
  }

  @Test
  void zoneOfThousandNameServers_costsNoMoreThanAreAsked() {
    StringBuilder many = new StringBuilder("@ NS ns1\n@ NS ns2");
    for (int i = 0; i < 300; i++) {
      many.append("\n@ NS n%03d.victim.test.".formatted(i));
    }
    try (Village village =
        Village.with(net -> net.zone("r.test", zone -> zone.record(many.toString())), host -> {})) {
      village.observe();
      assertThat(village.internet.queries().questions())
          .extracting(question -> question.getName().toString())
          .filteredOn(name -> name.matches("n\\d+\\.victim\\.test\\."))
          .isNotEmpty()
          .hasSizeLessThan(2 * 2 * 64);
    }
  }

  @Test
  void namesOfManyLabels_areFollowedToALimit() {
    List<Question> questions =
        IntStream.range(0, 30)
            .mapToObj(it -> Question.of("a.".repeat(60) + it + ".test", Type.A))
            .toList();
    List<Question> some = ZoneCuts.within(questions, 300);
    assertThat(some).isNotEmpty().isEqualTo(questions.subList(0, some.size()));
    assertThat(ZoneCuts.withAncestors(some)).hasSizeLessThanOrEqualTo(300);
  }
}
