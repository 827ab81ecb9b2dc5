// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.dane4j.dnssec.Answer;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.dnssec.ValidationResult.Indeterminate;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.smtp.SmtpClient;
import org.dane4j.smtp.audit.AddressFacts;
import org.dane4j.smtp.audit.AuditReport;
import org.dane4j.smtp.audit.Check;
import org.dane4j.smtp.audit.DomainFacts;
import org.dane4j.smtp.audit.HostFacts;
import org.dane4j.smtp.audit.Look;
import org.dane4j.smtp.audit.ServerReply.NotAsked;
import org.dane4j.smtp.audit.ServerReply.Response;
import org.dane4j.smtp.audit.ServerReply.Transport;
import org.dane4j.smtp.audit.Severity;
import org.dane4j.smtp.audit.ZoneFacts;
import org.dane4j.smtp.internal.Answers;
import org.dane4j.smtp.lookup.Destination;
import org.dane4j.smtp.tls.CertificateKeys;
import org.dane4j.testkit.dns.Asked;
import org.dane4j.testkit.pki.CertificateSpec;
import org.dane4j.testkit.pki.KeyType;
import org.dane4j.testkit.pki.TestAuthority;
import org.dane4j.testkit.smtp.Hostility;
import org.dane4j.testkit.smtp.SmtpAction;
import org.dane4j.testkit.smtp.SmtpStep;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What is observed of a domain. */
class DomainObserverTest {

  private static Answer secure(ValidationResult verdict) {
    assertThat(verdict).isInstanceOf(Secure.class);
    return ((Secure) verdict).answer();
  }

  private static HostFacts host(DomainFacts facts) {
    assertThat(facts.hosts()).hasSize(1);
    return facts.hosts().get(0);
  }

  private static AddressFacts address(DomainFacts facts) {
    assertThat(host(facts).addresses()).hasSize(1);
    return host(facts).addresses().get(0);
  }

  @Test
  void healthyDomain_hasItsZonesFromTheRootDown_eachWithKeysAndDelegation() {
    try (Village village = Village.healthy()) {
      DomainFacts facts = village.observe();
      assertThat(facts.at()).isEqualTo(Village.AT);
      assertThat(facts.destination()).isInstanceOf(Destination.Hosts.class);
      assertThat(facts.zones())
          .extracting(zone -> zone.name().toString())
          .containsExactly(".", "test.", "r.test.");
      for (ZoneFacts zone : facts.zones()) {
        assertThat(secure(zone.keys())).isInstanceOf(Answer.Positive.class);
        assertThat(zone.delegation().isEmpty()).isEqualTo(zone.name().equals(Name.root));
        zone.delegation()
            .ifPresent(it -> assertThat(secure(it)).isInstanceOf(Answer.Positive.class));
      }
    }
  }

  @Test
  void everyNameServerOfTheDomain_isAskedForEverything_overBothTransports() {
    try (Village village = Village.healthy()) {
      DomainFacts facts = village.observe();
      assertThat(Village.zone(facts, "test.").servers()).isEmpty();
      assertThat(Village.zone(facts, "r.test.").servers())
          .extracting(server -> server.name().toString())
          .containsExactly("ns1.r.test.", "ns2.r.test.");
      for (Transport transport : Transport.values()) {
        var replies = Village.replies(facts, Village.FIRST, transport);
        assertThat(replies)
            .extracting(reply -> reply.question().toString())
            .containsExactly(
                "r.test. SOA",
                "r.test. DNSKEY",
                "r.test. MX",
                "mx.r.test. AAAA",
                "mx.r.test. A",
                "_25._tcp.mx.r.test. TLSA");
        assertThat(replies)
            .allSatisfy(
                reply -> {
                  Response response = (Response) reply;
                  assertThat(response.rcode()).isEqualTo(Rcode.NOERROR);
                  assertThat(response.authoritative()).isTrue();
                  assertThat(response.edns()).isTrue();
                  assertThat(response.truncated()).isFalse();
                  assertThat(response.octets()).isGreaterThan(12);
                  boolean absent = response.question().type() == Type.AAAA;
                  assertThat(response.rrset().isEmpty()).isEqualTo(absent);
                  assertThat(response.signatures().isEmpty()).isEqualTo(absent);
                });
      }
    }
  }

  @Test
  void tlsaRecords_areFoundWhereTheyBelong_andDeniedAroundIt() {
    try (Village village = Village.healthy()) {
      HostFacts host = host(village.observe());
      assertThat(host.host().name()).isEqualTo("mx.r.test");
      assertThat(host.tlsa()).hasSize(1);
      assertThat(secure(host.tlsa().get(0))).isInstanceOf(Answer.Positive.class);
      assertThat(host.denials())
          .extracting(verdict -> verdict.question().toString())
          .containsExactlyInAnyOrder(
              "_26._tcp.mx.r.test. TLSA", "_25._tcp.mx.r.test. A", "mx.r.test. AAAA");
      assertThat(host.denials())
          .allSatisfy(it -> assertThat(secure(it)).isNotInstanceOf(Answer.Positive.class));
      assertThat(host.misplaced())
          .extracting(verdict -> verdict.question().name().toString())
          .contains(
              "_25._tcp.r.test.",
              "_465._tcp.mx.r.test.",
              "25.tcp.mx.r.test.",
              "_25.mx.r.test.",
              "_25._tcp.mx.r.test.r.test.")
          .doesNotContain("_25._tcp.mx.r.test.");
      assertThat(host.misplaced())
          .allSatisfy(it -> assertThat(secure(it)).isNotInstanceOf(Answer.Positive.class));
    }
  }

  @Test
  void misplacedTlsaRecords_areFound() {
    try (Village village =
        Village.with(net -> {}, host -> host.tlsa(3, 1, 1).tlsaAt("_25._tcp.mx.r.test.r.test"))) {
      assertThat(host(village.observe()).misplaced())
          .filteredOn(it -> Answers.data(it).isPresent())
          .extracting(it -> it.question().name().toString())
          .containsExactly("_25._tcp.mx.r.test.r.test.");
    }
  }

  @Test
  void everyAddress_isLookedAtUnderEachOffer_firstTwiceInTheSameWay() {
    try (Village village = Village.healthy()) {
      AddressFacts address = address(village.observe());
      assertThat(address.omission()).isEmpty();
      assertThat(address.looks())
          .extracting(look -> look.serverName() + "/" + look.keys())
          .containsExactly(
              "mx.r.test/ANY",
              "mx.r.test/ANY",
              "/ANY",
              "r.test/ANY",
              "mx.r.test/RSA",
              "mx.r.test/ECDSA");
      assertThat(address.looks())
          .filteredOn(look -> look.keys() == CertificateKeys.ANY)
          .allSatisfy(look -> assertThat(look.result()).isInstanceOf(Ready.class));
    }
  }

  @Test
  void serverThatOffersNoTls_isAskedTwice_andNotUnderOtherNames() {
    try (Village village =
        Village.with(net -> {}, host -> host.tlsa(3, 1, 1).hostile(Hostility.NO_STARTTLS))) {
      assertThat(address(village.observe()).looks())
          .hasSize(2)
          .allSatisfy(look -> assertThat(((Ready) look.result()).tls()).isEmpty());
    }
  }

  @Test
  void serverThatSendsStrangersAway_isSeenToTakeThemAtTheSecondTime() {
    try (Village village =
        Village.with(
            net -> {},
            host ->
                host.tlsa(3, 1, 1)
                    .server(
                        server ->
                            server.at(
                                SmtpStep.GREETING,
                                SmtpAction.replyAndDrop("421 come back later").once())))) {
      List<Look> looks = address(village.observe()).looks();
      assertThat(looks.get(0).result()).isInstanceOf(Failed.class);
      assertThat(looks.get(1).result()).isInstanceOf(Ready.class);
      assertThat(looks).hasSize(6);
    }
  }

  @Test
  void certificatesOfBothKinds_areSeenByTheOffer() {
    try (Village village =
        Village.with(
            net -> {},
            host ->
                host.tlsa(3, 1, 1)
                    .identity(
                        TestAuthority.root("Root", Village.AT)
                            .issue(CertificateSpec.forNames("mx.r.test").key(KeyType.RSA_2048))))) {
      assertThat(address(village.observe()).looks())
          .filteredOn(look -> look.result() instanceof Failed)
          .extracting(Look::keys)
          .containsExactly(CertificateKeys.ECDSA);
    }
  }

  @Test
  void hostUnderAlias_hasBothCandidates_theTargetFirst_andTheZonesOfBoth() {
    try (Village village =
        Village.with(
            net ->
                net.zone("p.test")
                    .host("real.p.test", host -> host.tlsa(3, 1, 1))
                    .zone("r.test", zone -> zone.withoutRecords("@", Type.MX))
                    .zone("r.test", zone -> zone.record("@ MX 10 al\nal CNAME real.p.test.")),
            host -> {})) {
      DomainFacts facts = village.observe();
      assertThat(host(facts).tlsa())
          .extracting(it -> it.question().name().toString())
          .containsExactly("_25._tcp.real.p.test.", "_25._tcp.al.r.test.");
      assertThat(facts.zones())
          .extracting(zone -> zone.name().toString())
          .contains("p.test.", "r.test.");
      assertThat(address(facts).looks())
          .extracting(Look::serverName)
          .contains("real.p.test", "al.r.test", "r.test", "");
    }
  }

  @Test
  void denialsInAnUnsignedZone_areNotAskedFor_asNoSenderDoes() {
    try (Village village =
        Village.with(net -> net.zone("r.test", zone -> zone.unsigned()), host -> {})) {
      HostFacts host = host(village.observe());
      assertThat(host.tlsa()).hasSize(1);
      assertThat(host.denials())
          .extracting(verdict -> verdict.question().toString())
          .containsExactly("mx.r.test. AAAA");
    }
  }

  @Test
  void unsignedZone_isFound_withItsProofThatItIs() {
    try (Village village =
        Village.with(net -> net.zone("r.test", zone -> zone.unsigned()), host -> {})) {
      ZoneFacts zone = Village.zone(village.observe(), "r.test.");
      assertThat(zone.keys()).isInstanceOf(Insecure.class);
      assertThat(secure(zone.delegation().orElseThrow())).isInstanceOf(Answer.NoData.class);
    }
  }

  @Test
  void zoneWithBogusKeys_isFound() {
    try (Village village =
        Village.with(
            net ->
                net.zone(
                    "r.test", zone -> zone.validity(Duration.ofDays(-9), Duration.ofMinutes(-1))),
            host -> {})) {
      assertThat(Village.zone(village.observe(), "r.test.").keys()).isInstanceOf(Bogus.class);
    }
  }

  @Test
  void zoneWhoseServersFail_isFound() {
    try (Village village = Village.healthy()) {
      village.internet.attack(
          names ->
              names.failing(
                  question ->
                      question.getName().subdomain(Name.fromConstantString("r.test."))
                          && question.getType() != Type.DS,
                  Rcode.SERVFAIL));
      DomainFacts facts = village.observe();
      assertThat(facts.destination()).isInstanceOf(Destination.Undetermined.class);
      ZoneFacts zone = Village.zone(facts, "r.test.");
      assertThat(zone.keys()).isInstanceOf(Indeterminate.class);
      assertThat(zone.servers())
          .singleElement()
          .satisfies(it -> assertThat(it.replies().get(0)).isInstanceOf(NotAsked.class));
    }
  }

  @Test
  void nameServersThatCannotBeFoundOut_areAFactWithTheReason() {
    try (Village village = Village.healthy()) {
      village.internet.attack(names -> names.failing(Asked.type(Type.NS), Rcode.SERVFAIL));
      assertThat(Village.zone(village.observe(), "r.test.").servers())
          .singleElement()
          .satisfies(
              server ->
                  assertThat(((NotAsked) server.replies().get(0)).why())
                      .contains("name servers are not known", "SERVFAIL"));
    }
  }

  @Test
  void reservedAddresses_areLeftAloneUnlessAllowed() {
    try (Village village = Village.healthy()) {
      DomainObserver.Builder shy =
          DomainObserver.builder(village.dns, SmtpClient.builder(village.dns).build())
              .nameServersAt(
                  published -> {
                    throw new AssertionError(published);
                  });
      DomainFacts facts = village.observe(shy.build());
      assertThat(address(facts).looks()).isEmpty();
      assertThat(address(facts).omission().orElseThrow()).contains("reserved (documentation)");
      assertThat(Village.replies(facts, Village.FIRST, Transport.UDP))
          .hasSize(6)
          .allSatisfy(it -> assertThat(it).isInstanceOf(NotAsked.class));
      assertThat(AuditReport.of(facts).findings())
          .as("what was left alone passes no check")
          .filteredOn(finding -> Set.of(Check.NAME_SERVERS, Check.SMTP).contains(finding.check()))
          .isNotEmpty()
          .noneMatch(finding -> finding.severity() == Severity.PASS);
    }
  }

  @Test
  void progress_isToldOfEveryStep() {
    try (Village village = Village.healthy()) {
      AtomicInteger ended = new AtomicInteger();
      List<String> steps = new ArrayList<>();
      village
          .observer()
          .build()
          .observe(
              Village.domain("r.test"),
              (step, count, begun) -> {
                assertThat(count).isEqualTo(ended.incrementAndGet()).isLessThanOrEqualTo(begun);
                steps.add(step);
              });
      assertThat(steps)
          .contains("mx.r.test at 192.0.2.1", "name server ns1.r.test. (192.0.2.53, TCP)");
    }
  }

  @Test
  void domainThatDoesNotExist_isAFact() {
    try (Village village = Village.healthy()) {
      DomainFacts facts =
          village
              .observer()
              .build()
              .observe(Village.domain("nobody.test"), ObservationProgress.unheard());
      assertThat(facts.destination()).isInstanceOf(Destination.NoSuchDomain.class);
      assertThat(facts.hosts()).isEmpty();
      assertThat(facts.zones())
          .extracting(zone -> zone.name().toString())
          .containsExactly(".", "test.");
    }
  }
}
