// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.policy.DanePolicies;
import org.dane4j.smtp.policy.DanePolicy;
import org.dane4j.smtp.policy.InsecureMxPolicy;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.smtp.policy.TlsRequirement.Avoid;
import org.dane4j.smtp.policy.TlsRequirement.Cause;
import org.dane4j.smtp.policy.TlsRequirement.Dane;
import org.dane4j.smtp.policy.TlsRequirement.Encrypt;
import org.dane4j.smtp.policy.TlsRequirement.Opportunistic;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.QueryLog;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** From names to requirements (RFC 7672 §2), over signed trees of zones. */
class DaneLookupTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");
  private static final String TLSA = "TLSA 3 1 1 " + "ab".repeat(32);

  private static final DnsTree TREE =
      DnsTree.at(AT)
          .zone(".")
          .zone("example.")
          .zone("test.")
          .zone(
              "plain.test.",
              zone ->
                  zone.unsigned()
                      .record("@ MX 10 mx.bank.example.\nmx A 192.0.2.9\n_25._tcp.mx " + TLSA))
          .zone(
              "bank.example.",
              zone ->
                  zone.record("@ MX 20 mx2\n@ MX 10 mx1")
                      .record("mx1 A 192.0.2.1\nmx1 AAAA 2001:db8::1\nmx2 A 192.0.2.2")
                      .record("_25._tcp.mx1 " + TLSA + "\nmx A 192.0.2.7\n_25._tcp.mx " + TLSA)
                      .record("_2525._tcp.mx1 TLSA 3 1 1 " + "cd".repeat(32)))
          .zone("none.example.", zone -> zone.record("@ MX 0 ."))
          .zone("odd.example.", zone -> zone.record("@ MX 0 .\n@ MX 10 mx1.bank.example."))
          .zone("bare.example.", zone -> zone.record("@ A 192.0.2.4\n_25._tcp " + TLSA))
          .zone("outside.example.", zone -> zone.record("@ MX 10 mx.plain.test."))
          .zone("alias.example.", DaneLookupTest::aliases)
          .zone("nowhere.example.", zone -> zone.record("@ MX 10 gone\n@ MX 20 mx1.bank.example."))
          .build();

  private static void aliases(ZoneBuilder zone) {
    zone.record("@ MX 10 both\n@ MX 20 target\n@ MX 30 owner\n@ MX 40 out\n@ MX 50 middle")
        .record("both CNAME real\ntarget CNAME real2\nowner CNAME real3\nout CNAME mx.plain.test.")
        .record("middle CNAME between\nbetween CNAME real3")
        .record("real A 192.0.2.11\nreal2 A 192.0.2.12\nreal3 A 192.0.2.13")
        .record("_25._tcp.real " + TLSA + "\n_25._tcp.both " + TLSA + "\n_25._tcp.real2 " + TLSA)
        .record("_25._tcp.owner " + TLSA + "\n_25._tcp.out " + TLSA + "\n_25._tcp.between " + TLSA)
        .record("hop CNAME next\nnext MX 10 real")
        .record("odd CNAME we\\032ird\nwe\\032ird MX 10 real");
  }

  private static DnssecResolver resolver(DnsResponder responder) {
    return DnssecResolver.builder(responder.asResolver())
        .trustAnchors(TrustAnchors.parse(String.join("\n", TREE.trustAnchors())))
        .clock(InstantSource.fixed(AT))
        .queryTimeout(Duration.ofMillis(200))
        .build();
  }

  private static Destination resolve(DnsResponder responder, String domain) {
    try (DnssecResolver dns = resolver(responder)) {
      return DaneLookup.over(dns).resolve(domain);
    }
  }

  private static Destination resolve(String domain) {
    return resolve(TREE, domain);
  }

  private static TlsRequirement requirement(Destination destination, int host) {
    return destination.hosts().get(host).requirement();
  }

  private static boolean isTlsa(Record question) {
    return question.getType() == Type.TLSA;
  }

  @Test
  void hosts_comeByPreference_eachWithItsOwnRequirement() {
    Destination destination = resolve("bank.example");
    assertThat(destination.hosts())
        .extracting(MxHost::name)
        .containsExactly("mx1.bank.example", "mx2.bank.example");
    assertThat(requirement(destination, 0)).isInstanceOf(Dane.class);
    assertThat(requirement(destination, 1)).isInstanceOf(Opportunistic.class);
    assertThat(destination.hosts().get(0).addresses())
        .extracting(InetAddress::getHostAddress)
        .containsExactly("2001:db8:0:0:0:0:0:1", "192.0.2.1");
  }

  @Test
  void secureMx_allowsTheNamesOfHostAndDomain() {
    // RFC 7672 §3.2.2
    Dane dane = (Dane) requirement(resolve("bank.example"), 0);
    assertThat(dane.referenceIdentifiers().names())
        .containsExactly("mx1.bank.example", "bank.example");
  }

  @Test
  void otherPort_hasItsOwnRecords() {
    // RFC 7672 §2.2.3
    try (DnssecResolver dns = resolver(TREE)) {
      Destination destination =
          DaneLookup.over(dns).resolve(NextHop.of("bank.example").withPort(2525));
      Dane dane = (Dane) requirement(destination, 0);
      assertThat(dane.tlsa().owner()).hasToString("_2525._tcp.mx1.bank.example.");
    }
  }

  @Test
  void nullMx_takesNoMail() {
    // RFC 7505 §3
    assertThat(resolve("none.example")).isInstanceOf(Destination.NullMx.class);
    assertThat(resolve("odd.example").hosts())
        .extracting(MxHost::name)
        .containsExactly("mx1.bank.example");
  }

  @Test
  void unknownDomain_doesNotExist() {
    // RFC 5321 §5.1
    assertThat(resolve("unknown.example")).isInstanceOf(Destination.NoSuchDomain.class);
  }

  @Test
  void domainWithoutMx_isItsOwnHost() {
    // RFC 5321 §5.1, RFC 7672 §2.2.2
    Destination destination = resolve("bare.example");
    assertThat(requirement(destination, 0)).isInstanceOf(Dane.class);
  }

  @Test
  void insecureMx_isKnownAsSuch() {
    Destination destination = resolve("plain.test");
    assertThat(destination.lookups()).singleElement().isInstanceOf(ValidationResult.Insecure.class);
    assertThat(requirement(destination, 0)).isInstanceOf(Opportunistic.class);
  }

  @Test
  void insecureMx_allowsTheNameOfTheHostOnly() {
    // RFC 7672 §3.2.2
    try (DnssecResolver dns = resolver(TREE)) {
      DanePolicy policy = DanePolicy.opportunistic().withInsecureMx(InsecureMxPolicy.DANE);
      Destination destination = DaneLookup.over(dns).withPolicy(policy).resolve("plain.test");
      Dane dane = (Dane) requirement(destination, 0);
      assertThat(dane.referenceIdentifiers().names()).containsExactly("mx.bank.example");
    }
  }

  @Test
  void aliasOfTheDomain_thatIsNoHostName_isNoNameForCertificates() {
    Dane dane = (Dane) requirement(resolve("odd.alias.example"), 0);
    assertThat(dane.referenceIdentifiers().names())
        .containsExactly("real.alias.example", "odd.alias.example");
  }

  @Test
  void everyDestination_hasItsOwnPolicy() {
    DanePolicies policies =
        DanePolicies.of(DanePolicy.opportunistic())
            .with("bank.example", DanePolicy.off())
            .with("plain.test", DanePolicy.mandatory())
            .with("[mx.bank.example]", DanePolicy.audit());
    try (DnssecResolver dns = resolver(TREE)) {
      DaneLookup lookup = DaneLookup.over(dns).withPolicies(policies);
      assertThat(requirement(lookup.resolve("bank.example"), 0))
          .isEqualTo(new Opportunistic("DANE is switched off for this destination"));
      assertThat(requirement(lookup.resolve("plain.test"), 0)).isInstanceOf(Avoid.class);
      Destination relay = lookup.resolve(NextHop.host("mx.bank.example", 25));
      assertThat(requirement(relay, 0)).isInstanceOf(Opportunistic.class);
      assertThat(requirement(relay, 0).dane()).isPresent();
    }
  }

  @Test
  void insecureAddresses_endTheSearch_withoutATlsaQuery() {
    // RFC 7672 §2.2.2
    QueryLog log = new QueryLog();
    Destination destination = resolve(TREE.recordedIn(log), "outside.example");
    assertThat(requirement(destination, 0)).isInstanceOf(Opportunistic.class);
    assertThat(log.count(DaneLookupTest::isTlsa)).isZero();
  }

  @Test
  void aliasHosts_haveTwoNamesForTheirRecords() {
    // RFC 7672 §2.2.2, §2.2.3
    Destination destination = resolve("alias.example");
    Dane both = (Dane) requirement(destination, 0);
    assertThat(both.tlsa().owner().baseDomain()).isEqualTo("real.alias.example");
    Dane target = (Dane) requirement(destination, 1);
    assertThat(target.tlsa().owner().baseDomain()).isEqualTo("real2.alias.example");
    assertThat(target.referenceIdentifiers().names()).doesNotContain("target.alias.example");
    Dane owner = (Dane) requirement(destination, 2);
    assertThat(owner.tlsa().owner().baseDomain()).isEqualTo("owner.alias.example");
  }

  @Test
  void aliasIntoAnUnsignedZone_leavesItsOwnName() {
    // RFC 7672 §2.2.2: the alias is secure, the address is not.
    Dane out = (Dane) requirement(resolve("alias.example"), 3);
    assertThat(out.tlsa().owner().baseDomain()).isEqualTo("out.alias.example");
  }

  @Test
  void namesBetweenAliases_doNotCount() {
    // RFC 7672 §2.2.3
    assertThat(requirement(resolve("alias.example"), 4)).isInstanceOf(Opportunistic.class);
  }

  @Test
  void domainThatIsAnAlias_keepsBothNames() {
    // RFC 7672 §2.2.1, §3.2.2
    Dane dane = (Dane) requirement(resolve("hop.alias.example"), 0);
    assertThat(dane.referenceIdentifiers().names())
        .containsExactly("real.alias.example", "hop.alias.example", "next.alias.example");
  }

  @Test
  void configuredHost_needsNoMx() {
    // RFC 7672 §2.2.2
    QueryLog log = new QueryLog();
    try (DnssecResolver dns = resolver(TREE.recordedIn(log))) {
      Destination destination = DaneLookup.over(dns).resolve(NextHop.host("mx1.bank.example", 25));
      assertThat(requirement(destination, 0)).isInstanceOf(Dane.class);
    }
    assertThat(log.count(question -> question.getType() == Type.MX)).isZero();
  }

  @Test
  void addressLiteral_isNotLookedUp() {
    QueryLog log = new QueryLog();
    Destination destination = resolve(TREE.recordedIn(log), "[192.0.2.1]");
    assertThat(requirement(destination, 0)).isInstanceOf(Opportunistic.class);
    assertThat(log.questions()).isEmpty();
  }

  @Test
  void bogusMx_delaysEverything() {
    // RFC 7672 §2.1.2
    DnsTree tree =
        TREE.changed(
            t ->
                t.zone(
                    "bank.example.",
                    zone -> zone.damage("@", Type.MX, Damage.forged("10 mx.attacker.test."))));
    assertThat(resolve(tree, "bank.example")).isInstanceOf(Destination.Undetermined.class);
  }

  @Test
  void failedMxLookup_isNotTheAbsenceOfMx() {
    // RFC 7672 §2.1.2
    for (int rcode : List.of(Rcode.SERVFAIL, Rcode.REFUSED, Rcode.NOTIMP)) {
      DnsResponder failing = TREE.failing(question -> question.getType() == Type.MX, rcode);
      assertThat(resolve(failing, "bare.example")).isInstanceOf(Destination.Undetermined.class);
    }
    DnsResponder silent = TREE.dropping(question -> question.getType() == Type.MX);
    assertThat(resolve(silent, "bare.example")).isInstanceOf(Destination.Undetermined.class);
  }

  @Test
  void failedTlsaLookup_forbidsTheHost_notTheNextOne() {
    // RFC 7672 §2.1.2
    DnsResponder failing = TREE.failing(DaneLookupTest::isTlsa, Rcode.SERVFAIL);
    Destination destination = resolve(failing, "bank.example");
    assertThat(requirement(destination, 0))
        .isInstanceOfSatisfying(
            Avoid.class, avoid -> assertThat(avoid.cause()).isEqualTo(Cause.TLSA_LOOKUP));
  }

  @Test
  void failedTlsaLookupAtTheFirstName_endsTheSearch() {
    // RFC 7672 §2.1.2: the second name is not tried.
    QueryLog log = new QueryLog();
    DnsResponder failing =
        TREE.failing(
            question -> isTlsa(question) && question.getName().toString().contains("real3.alias"),
            Rcode.SERVFAIL);
    Destination destination = resolve(failing.recordedIn(log), "alias.example");
    assertThat(requirement(destination, 2)).isInstanceOf(Avoid.class);
    assertThat(log.count(q -> isTlsa(q) && q.getName().toString().contains("owner.alias")))
        .isZero();
  }

  @Test
  void oneFamilyOfAddressesThatFails_leavesTheOther() {
    DnsResponder failing =
        TREE.failing(question -> question.getType() == Type.AAAA, Rcode.SERVFAIL);
    Destination destination = resolve(failing, "bank.example");
    assertThat(requirement(destination, 0)).isInstanceOf(Dane.class);
    assertThat(destination.hosts().get(0).addresses()).hasSize(1);
  }

  @Test
  void bothFamiliesThatFail_forbidTheHost() {
    DnsResponder failing =
        TREE.failing(
            question -> question.getType() == Type.AAAA || question.getType() == Type.A,
            Rcode.SERVFAIL);
    assertThat(requirement(resolve(failing, "bank.example"), 0))
        .isInstanceOfSatisfying(
            Avoid.class, avoid -> assertThat(avoid.cause()).isEqualTo(Cause.ADDRESS_LOOKUP));
  }

  @Test
  void hostThatDoesNotExist_isPassedOver() {
    Destination destination = resolve("nowhere.example");
    assertThat(requirement(destination, 0))
        .isInstanceOfSatisfying(
            Avoid.class, avoid -> assertThat(avoid.cause()).isEqualTo(Cause.NO_ADDRESS));
    assertThat(requirement(destination, 1)).isInstanceOf(Dane.class);
  }

  @Test
  void unusableRecords_obligeToTls() {
    // RFC 7672 §2.2, §3.1.3
    DnsTree tree =
        TREE.changed(
            t ->
                t.zone(
                    "bank.example.",
                    zone ->
                        zone.withoutRecords("_25._tcp.mx1", Type.TLSA)
                            .record("_25._tcp.mx1 TLSA 1 1 1 " + "ab".repeat(32))));
    assertThat(requirement(resolve(tree, "bank.example"), 0)).isInstanceOf(Encrypt.class);
  }

  @Test
  void coldLookup_takesThreeRounds() {
    QueryLog log = new QueryLog();
    Destination destination =
        resolve(TREE.delayed(Duration.ofMillis(100)).recordedIn(log), "bank.example");
    assertThat(requirement(destination, 0)).isInstanceOf(Dane.class);
    assertThat(log.rounds()).isLessThanOrEqualTo(3);
    assertThat(log.questions()).doesNotHaveDuplicates();
  }
}
