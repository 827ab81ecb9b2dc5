// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.dane4j.dnssec.Rrset;
import org.dane4j.smtp.audit.AuditReport;
import org.dane4j.smtp.audit.Check;
import org.dane4j.smtp.audit.DomainFacts;
import org.dane4j.smtp.audit.Finding;
import org.dane4j.smtp.audit.ServerReply;
import org.dane4j.smtp.audit.ServerReply.NotAsked;
import org.dane4j.smtp.audit.ServerReply.Response;
import org.dane4j.smtp.audit.ServerReply.Silence;
import org.dane4j.smtp.audit.ServerReply.Transport;
import org.dane4j.smtp.audit.Severity;
import org.dane4j.testkit.dns.Asked;
import org.dane4j.testkit.dns.DnsReply;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.Tampering;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What a name server does that is not as the others: each is a fact of its own. */
class BadNameServerTest {

  private static List<ServerReply> second(DomainFacts facts, Transport transport) {
    List<ServerReply> replies = Village.replies(facts, Village.SECOND, transport);
    assertThat(replies).hasSize(6);
    assertThat(Village.replies(facts, Village.FIRST, transport))
        .as("the other server is not affected")
        .hasSize(6)
        .allSatisfy(reply -> assertThat(reply).isInstanceOf(Response.class));
    return replies;
  }

  private static Response response(List<ServerReply> replies, int type) {
    return (Response)
        replies.stream().filter(it -> it.question().type() == type).findFirst().orElseThrow();
  }

  @Test
  void serverThatLagsBehind_showsItsOldRecords() {
    try (Village village = Village.healthy()) {
      DnsTree old = village.internet.tree();
      village.serve(Village.SECOND, query -> old.zone("r.test").authority().respond(query));
      village.internet.publish(
          tree ->
              tree.at(Village.AT.plusSeconds(60))
                  .zone(
                      "r.test", zone -> zone.record("_25._tcp.mx TLSA 3 1 1 " + "ab".repeat(32))));
      DomainFacts facts = village.observe();
      for (int type : List.of(Type.SOA, Type.TLSA)) {
        Rrset fresh =
            response(Village.replies(facts, Village.FIRST, Transport.UDP), type)
                .rrset()
                .orElseThrow();
        Rrset stale = response(second(facts, Transport.UDP), type).rrset().orElseThrow();
        assertThat(fresh.rdata()).isNotEqualTo(stale.rdata());
      }
    }
  }

  @Test
  void serverThatIsNotThere_isSilent_andNotAskedOn() {
    try (Village village = Village.healthy()) {
      village.abandon(Village.SECOND);
      DomainFacts facts = village.observe();
      for (Transport transport : Transport.values()) {
        List<ServerReply> replies = second(facts, transport);
        assertThat(replies.get(0)).isInstanceOf(Silence.class);
        assertThat(replies.subList(1, 6))
            .allSatisfy(reply -> assertThat(reply).isInstanceOf(NotAsked.class));
      }
    }
  }

  @Test
  void serverThatDropsTcp_isSilentThereAlone() {
    try (Village village = Village.healthy()) {
      village.serve(Village.SECOND, village.authority(), query -> DnsReply.silence());
      DomainFacts facts = village.observe();
      assertThat(second(facts, Transport.UDP))
          .allSatisfy(reply -> assertThat(reply).isInstanceOf(Response.class));
      assertThat(((Silence) second(facts, Transport.TCP).get(0)).why())
          .isEqualTo("no response in time");
    }
  }

  @Test
  void serverThatDropsTlsa_isSilentForThemAlone() {
    try (Village village = Village.healthy()) {
      village.serve(Village.SECOND, village.authority().dropping(Asked.type(Type.TLSA)));
      List<ServerReply> replies = second(village.observe(), Transport.UDP);
      assertThat(replies).filteredOn(Silence.class::isInstance).hasSize(1);
      assertThat(replies.get(5)).isInstanceOf(Silence.class);
    }
  }

  @Test
  void serverThatDoesNotKnowTlsa_saysSo() {
    try (Village village = Village.healthy()) {
      village.serve(
          Village.SECOND, village.authority().failing(Asked.type(Type.TLSA), Rcode.NOTIMP));
      assertThat(response(second(village.observe(), Transport.UDP), Type.TLSA).rcode())
          .isEqualTo(Rcode.NOTIMP);
    }
  }

  @Test
  void serverThatDoesNotKnowTlsa_failsNobodyInAnUnsignedZone() {
    assertThat(worstOfServersWithoutTlsa(zone -> {})).isEqualTo(Severity.FAIL);
    assertThat(worstOfServersWithoutTlsa(ZoneBuilder::unsigned)).isEqualTo(Severity.WARN);
  }

  private static Severity worstOfServersWithoutTlsa(Consumer<ZoneBuilder> settings) {
    try (Village village = Village.with(net -> net.zone("r.test", settings), host -> {})) {
      DnsResponder old = village.authority().failing(Asked.type(Type.TLSA), Rcode.NOTIMP);
      village.serve(Village.FIRST, old);
      village.serve(Village.SECOND, old);
      return AuditReport.of(village.observe()).findings().stream()
          .filter(finding -> finding.check() == Check.NAME_SERVERS)
          .map(Finding::severity)
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  @Test
  void serverThatAnswersByAHeaderAlone_isHeard() {
    try (Village village = Village.healthy()) {
      village.serve(
          Village.SECOND,
          query -> {
            Message header = new Message(query.getHeader().getID());
            header.getHeader().setFlag(Flags.QR);
            header.getHeader().setRcode(Rcode.FORMERR);
            return DnsReply.of(header);
          });
      Response response = response(second(village.observe(), Transport.UDP), Type.SOA);
      assertThat(response.rcode()).isEqualTo(Rcode.FORMERR);
      assertThat(response.octets()).isEqualTo(12);
    }
  }

  @Test
  void serverWithoutEdns_isSeenToHaveNone() {
    try (Village village = Village.healthy()) {
      village.serve(
          Village.SECOND,
          village
              .authority()
              .withoutDnssec()
              .tampering(Tampering.removing(record -> record.getType() == Type.OPT)));
      Response response = response(second(village.observe(), Transport.UDP), Type.MX);
      assertThat(response.edns()).isFalse();
      assertThat(response.rrset()).isPresent();
      assertThat(response.signatures()).isEmpty();
    }
  }

  @Test
  void serverThatTruncates_isSeenToDoSo() {
    try (Village village = Village.healthy()) {
      DnsResponder truncating =
          village
              .authority()
              .tampering(
                  message -> {
                    message.getHeader().setFlag(Flags.TC);
                    return Tampering.removing(record -> record.getType() != Type.OPT)
                        .apply(message);
                  });
      village.serve(Village.SECOND, truncating, village.authority());
      DomainFacts facts = village.observe();
      assertThat(response(second(facts, Transport.UDP), Type.TLSA).truncated()).isTrue();
      assertThat(response(second(facts, Transport.TCP), Type.TLSA).rrset()).isPresent();
    }
  }

  @Test
  void lameServer_refusesAndIsNotAuthoritative() {
    try (Village village = Village.healthy()) {
      village.serve(
          Village.SECOND, query -> village.internet.tree().zone("test").authority().respond(query));
      Response response = response(second(village.observe(), Transport.UDP), Type.SOA);
      assertThat(response.rcode()).isEqualTo(Rcode.REFUSED);
      assertThat(response.authoritative()).isFalse();
    }
  }

  @Test
  void responseToAnotherQuery_isPassedOver() {
    try (Village village = Village.healthy()) {
      village.serve(
          Village.SECOND,
          village
              .authority()
              .tampering(
                  message -> {
                    message.getHeader().setID(message.getHeader().getID() ^ 1);
                    return message;
                  }));
      assertThat(((Silence) second(village.observe(), Transport.UDP).get(0)).why())
          .isEqualTo("no response in time");
    }
  }

  @Test
  void responseToAnotherQuestion_isNoAnswer() {
    try (Village village = Village.healthy()) {
      village.serve(
          Village.SECOND,
          query -> {
            Message other = village.internet.tree().answer("test", Type.SOA);
            other.getHeader().setID(query.getHeader().getID());
            return DnsReply.of(other);
          });
      assertThat(((Silence) second(village.observe(), Transport.UDP).get(0)).why())
          .isEqualTo("it answered another question");
    }
  }

  @Test
  void nameServerWithoutAddress_isAFact() {
    try (Village village =
        Village.with(
            net -> net.zone("r.test", zone -> zone.record("@ NS nowhere")),
            host -> host.tlsa(3, 1, 1))) {
      assertThat(Village.zone(village.observe(), "r.test.").servers())
          .filteredOn(server -> server.address().isEmpty())
          .singleElement()
          .satisfies(
              server -> {
                assertThat(server.name().toString()).isEqualTo("nowhere.r.test.");
                assertThat(server.replies()).isEmpty();
              });
    }
  }
}
