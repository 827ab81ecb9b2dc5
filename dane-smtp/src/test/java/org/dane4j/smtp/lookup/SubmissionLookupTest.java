// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.policy.DanePolicies;
import org.dane4j.smtp.policy.DanePolicy;
import org.dane4j.smtp.policy.InsecureMxPolicy;
import org.dane4j.smtp.policy.PkixNames;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.smtp.policy.TlsRequirement.Avoid;
import org.dane4j.smtp.policy.TlsRequirement.Cause;
import org.dane4j.smtp.policy.TlsRequirement.Dane;
import org.dane4j.smtp.policy.TlsRequirement.Pkix;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.QueryLog;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** From a domain's SRV records to its submission servers and what they are owed (RFC 7673 §3). */
class SubmissionLookupTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");
  private static final String TLSA = " TLSA 3 1 1 " + "ab".repeat(32);

  private static final DnsTree TREE =
      DnsTree.at(AT)
          .zone(".")
          .zone("example.")
          .zone("test.")
          .zone("both.example.", SubmissionLookupTest::both)
          .zone(
              "plain.test.",
              zone ->
                  zone.unsigned()
                      .record("_submission._tcp SRV 0 1 587 mail.both.example.")
                      .record("_submissions._tcp SRV 0 1 465 mail\nmail A 192.0.2.9")
                      .record("_465._tcp.mail" + TLSA))
          .zone("none.example.", zone -> zone.record("@ MX 10 mail\nmail A 192.0.2.3"))
          .zone("never.example.", zone -> zone.record(services("0 0 0 .", "0 0 0 .")))
          .zone(
              "modern.example.",
              zone -> zone.record(services("0 1 465 mail.both.example.", "0 0 0 .")))
          .zone(
              "useless.example.",
              zone -> zone.record(services("0 1 0 mail.both.example.", "0 0 0 .")))
          .zone("odd.example.", zone -> zone.record(oddities()))
          .zone(
              "hosted.example.",
              zone -> zone.record(services("0 1 465 alias.both.example.", "0 0 0 .")))
          .zone(
              "alias.example.",
              zone -> zone.record("_submission._tcp CNAME _submission._tcp.both.example."))
          .zone(
              "outside.example.",
              zone -> zone.record("_submissions._tcp SRV 0 1 465 mail.plain.test."))
          .zone("many.example.", zone -> zone.record(many()))
          .build();

  private static void both(ZoneBuilder zone) {
    zone.record("_submission._tcp SRV 0 1 587 mail\n_submission._tcp SRV 5 1 2587 old")
        .record("_submissions._tcp SRV 0 1 465 mail\n_submissions._tcp SRV 10 3 8465 late")
        .record("mail A 192.0.2.1\nold A 192.0.2.2\nlate A 192.0.2.3\nalias CNAME mail")
        .record("_465._tcp.mail" + TLSA + "\n_587._tcp.mail TLSA 3 1 1 " + "cd".repeat(32))
        .record("_2587._tcp.old TLSA 1 1 1 " + "ab".repeat(32));
  }

  private static String services(String submissions, String submission) {
    return "_submissions._tcp SRV " + submissions + "\n_submission._tcp SRV " + submission;
  }

  private static String oddities() {
    return """
        _submission._tcp SRV 0 0 0 .
        _submission._tcp SRV 1 0 0 mail.both.example.
        _submission._tcp SRV 2 0 587 we\\032ird.both.example.
        _submission._tcp SRV 3 0 587 mail.both.example.
        """;
  }

  private static String many() {
    return IntStream.range(0, 40)
        .mapToObj(i -> "_submission._tcp SRV " + i + " 0 587 h" + i)
        .collect(Collectors.joining("\n"));
  }

  private static Destination resolve(DnsResponder responder, String domain, DanePolicies policies) {
    try (DnssecResolver dns =
        DnssecResolver.builder(responder.asResolver())
            .trustAnchors(TrustAnchors.parse(String.join("\n", TREE.trustAnchors())))
            .clock(InstantSource.fixed(AT))
            .queryTimeout(Duration.ofMillis(200))
            .build()) {
      return DaneLookup.over(dns).withPolicies(policies).resolve(NextHop.submission(domain));
    }
  }

  private static Destination resolve(DnsResponder responder, String domain) {
    return resolve(responder, domain, DanePolicies.of(DanePolicy.opportunistic()));
  }

  private static Destination resolve(String domain) {
    return resolve(TREE, domain);
  }

  private static List<String> endpoints(Destination destination) {
    return destination.hosts().stream().map(MxHost::endpoint).map(Endpoint::toString).toList();
  }

  private static TlsRequirement requirement(Destination destination, int host) {
    return destination.hosts().get(host).requirement();
  }

  private static Predicate<Record> asks(String name, int type) {
    return question -> question.getType() == type && question.getName().toString().startsWith(name);
  }

  private static DnsTree damaged(String owner, int type, Damage damage) {
    return TREE.changed(t -> t.zone("both.example.", zone -> zone.damage(owner, type, damage)));
  }

  @Test
  void hosts_comeByPriorityAcrossServices_implicitTlsFirst() {
    // RFC 6186 §3.4, RFC 8314 §3
    assertThat(endpoints(resolve("both.example")))
        .containsExactly(
            "mail.both.example:465 (implicit TLS)",
            "mail.both.example:587",
            "old.both.example:2587",
            "late.both.example:8465 (implicit TLS)");
    assertThat(resolve("both.example").hosts())
        .extracting(MxHost::preference, MxHost::weight)
        .extracting(Object::toString)
        .containsExactly("(0, 1)", "(0, 1)", "(5, 1)", "(10, 3)");
  }

  @Test
  void tlsaRecords_areThoseOfThePortInTheSrvRecord() {
    // RFC 7673 §3.3
    Destination destination = resolve("both.example");
    Dane implicit = (Dane) requirement(destination, 0);
    assertThat(implicit.tlsa().owner()).hasToString("_465._tcp.mail.both.example.");
    Dane byStartTls = (Dane) requirement(destination, 1);
    assertThat(byStartTls.tlsa().owner()).hasToString("_587._tcp.mail.both.example.");
    assertThat(byStartTls.tlsa()).isNotEqualTo(implicit.tlsa());
    assertThat(destination.hosts().get(0).lookups())
        .extracting(it -> it.question().type())
        .containsExactly(Type.AAAA, Type.A, Type.TLSA);
  }

  @Test
  void secureSrv_allowsTheNamesOfHostAndDomain() {
    // RFC 7673 §6
    assertThat(((Dane) requirement(resolve("modern.example"), 0)).referenceIdentifiers().names())
        .containsExactly("mail.both.example", "modern.example");
  }

  @Test
  void aliasOfTheHost_isExpandedForItsRecords() {
    // RFC 7671 §7
    Dane dane = (Dane) requirement(resolve("hosted.example"), 0);
    assertThat(dane.tlsa().owner().baseDomain()).isEqualTo("mail.both.example");
    assertThat(dane.referenceIdentifiers().names())
        .containsExactly("mail.both.example", "hosted.example", "alias.both.example");
  }

  @Test
  void aliasOfTheService_isFollowed() {
    // RFC 7673 §3.1
    Destination destination = resolve("alias.example");
    assertThat(endpoints(destination)).startsWith("mail.both.example:587");
    assertThat(((Dane) requirement(destination, 0)).referenceIdentifiers().names())
        .containsExactly("mail.both.example", "alias.example");
  }

  @Test
  void noRecordsOrUnusableOnes_leaveItToTheAuthorities_forBothNames() {
    // RFC 7673 §4.1
    Destination destination = resolve("both.example");
    assertThat(requirement(destination, 2))
        .isEqualTo(
            new Pkix(
                new PkixNames("both.example", Optional.of("old.both.example")),
                "none of its TLSA records is usable"));
    assertThat(requirement(destination, 3))
        .isEqualTo(
            new Pkix(
                new PkixNames("both.example", Optional.of("late.both.example")),
                "it has no TLSA records"));
  }

  @Test
  void insecureSrv_meansNoDane_andNoNameButTheDomain() {
    // RFC 7673 §3.1, §4.1
    QueryLog log = new QueryLog();
    for (InsecureMxPolicy insecureMx : InsecureMxPolicy.values()) {
      DanePolicy policy = DanePolicy.opportunistic().withInsecureMx(insecureMx);
      Destination destination =
          resolve(TREE.recordedIn(log), "plain.test", DanePolicies.of(policy));
      assertThat(destination.hosts())
          .hasSize(2)
          .extracting(MxHost::requirement)
          .containsOnly(
              new Pkix(
                  new PkixNames("plain.test", Optional.empty()),
                  "the SRV record that names it is insecure"));
    }
    assertThat(log.count(asks("", Type.TLSA))).isZero();
  }

  @Test
  void insecureAddresses_endTheSearch_withoutATlsaQuery() {
    // RFC 7673 §3.2
    QueryLog log = new QueryLog();
    Destination destination = resolve(TREE.recordedIn(log), "outside.example");
    assertThat(requirement(destination, 0))
        .isEqualTo(
            new Pkix(
                new PkixNames("outside.example", Optional.of("mail.plain.test")),
                "its addresses are insecure"));
    assertThat(log.count(asks("", Type.TLSA))).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"_submission._tcp", "_submissions._tcp"})
  void bogusSrv_endsEverything(String service) {
    // RFC 7673 §3.1
    DnsTree tree = damaged(service, Type.SRV, Damage.forged("0 1 587 mail.attacker.test."));
    assertThat(resolve(tree, "both.example"))
        .isInstanceOfSatisfying(
            Destination.Undetermined.class,
            it -> assertThat(it.explanation()).contains(service + ".both.example"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"_submission._tcp", "_submissions._tcp"})
  void failedSrvLookup_isNotTheAbsenceOfTheService(String service) {
    // RFC 7673 §3.1: whoever makes one fail must not choose the other.
    for (int rcode : List.of(Rcode.SERVFAIL, Rcode.REFUSED)) {
      DnsResponder failing = TREE.failing(asks(service + ".", Type.SRV), rcode);
      assertThat(resolve(failing, "both.example")).isInstanceOf(Destination.Undetermined.class);
      assertThat(resolve(failing, "none.example")).isInstanceOf(Destination.Undetermined.class);
    }
    DnsResponder silent = TREE.dropping(asks(service + ".", Type.SRV));
    assertThat(resolve(silent, "none.example")).isInstanceOf(Destination.Undetermined.class);
  }

  @Test
  void bogusTlsa_forbidsTheHost_notTheNextOne() {
    // RFC 7673 §3.4
    DnsTree tree = damaged("_465._tcp.mail", Type.TLSA, Damage.forged("3 1 1 " + "ef".repeat(32)));
    Destination destination = resolve(tree, "both.example");
    assertThat(requirement(destination, 0))
        .isInstanceOfSatisfying(
            Avoid.class, avoid -> assertThat(avoid.cause()).isEqualTo(Cause.TLSA_LOOKUP));
    assertThat(requirement(destination, 1)).isInstanceOf(Dane.class);
  }

  @Test
  void bogusAddresses_forbidTheHost() {
    // RFC 7673 §3.2
    DnsTree tree = damaged("mail", Type.A, Damage.forged("192.0.2.66"));
    assertThat(requirement(resolve(tree, "both.example"), 0))
        .isInstanceOfSatisfying(
            Avoid.class, avoid -> assertThat(avoid.cause()).isEqualTo(Cause.ADDRESS_LOOKUP));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none.example", "never.example", "unknown.example"})
  void noRecords_orATargetThatIsNone_meanThatThereIsNoService(String domain) {
    // RFC 2782, RFC 6186 §3.4
    Destination destination = resolve(domain);
    assertThat(destination).isInstanceOf(Destination.NoSubmission.class);
    assertThat(destination.hosts()).isEmpty();
    assertThat(destination.lookups()).hasSize(2);
  }

  @Test
  void serviceThatIsNotOffered_leavesTheOther() {
    // RFC 6186 §3.4
    assertThat(endpoints(resolve("modern.example")))
        .containsExactly("mail.both.example:465 (implicit TLS)");
  }

  @Test
  void recordsWithoutHostOrPort_areSkipped() {
    assertThat(endpoints(resolve("odd.example"))).containsExactly("mail.both.example:587");
    assertThat(resolve("useless.example"))
        .isInstanceOfSatisfying(
            Destination.Undetermined.class,
            it -> assertThat(it.explanation()).contains("names a host and a port"));
  }

  @Test
  void manyHosts_areNotAllLookedAt() {
    assertThat(resolve("many.example").hosts()).hasSize(32);
  }

  @Test
  void policyOfTheDomain_holdsForItsSubmissionServers() {
    // RFC 7672 §6
    DanePolicies policies =
        DanePolicies.of(DanePolicy.opportunistic())
            .with("both.example", DanePolicy.mandatory())
            .with("modern.example", DanePolicy.off());
    Destination mandatory = resolve(TREE, "both.example", policies);
    assertThat(requirement(mandatory, 0)).isInstanceOf(Dane.class);
    assertThat(requirement(mandatory, 3))
        .isInstanceOfSatisfying(
            Avoid.class, avoid -> assertThat(avoid.cause()).isEqualTo(Cause.DANE_MANDATORY));
    assertThat(requirement(resolve(TREE, "modern.example", policies), 0)).isInstanceOf(Pkix.class);
  }

  @Test
  void configuredHostWithImplicitTls_isAuthenticatedInAnyCase() {
    // RFC 8314 §3.3
    try (DnssecResolver dns =
        DnssecResolver.builder(TREE.asResolver())
            .trustAnchors(TrustAnchors.parse(String.join("\n", TREE.trustAnchors())))
            .clock(InstantSource.fixed(AT))
            .build()) {
      DaneLookup lookup = DaneLookup.over(dns);
      Destination dane = lookup.resolve(NextHop.implicitTls("mail.both.example", 465));
      assertThat(requirement(dane, 0)).isInstanceOf(Dane.class);
      assertThat(dane.lookups()).isEmpty();
      assertThat(requirement(lookup.resolve(NextHop.implicitTls("mail.plain.test", 465)), 0))
          .isEqualTo(
              new Pkix(
                  new PkixNames("mail.plain.test", Optional.empty()),
                  "its addresses are insecure"));
    }
  }
}
