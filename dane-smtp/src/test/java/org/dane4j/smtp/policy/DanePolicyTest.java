// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dane4j.match.PkixAnchors;
import org.dane4j.match.ReferenceIdentifiers;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.smtp.policy.HostSecurity.Addresses;
import org.dane4j.smtp.policy.HostSecurity.Tlsa;
import org.dane4j.smtp.policy.TlsRequirement.Avoid;
import org.dane4j.smtp.policy.TlsRequirement.Cause;
import org.dane4j.smtp.policy.TlsRequirement.Dane;
import org.dane4j.smtp.policy.TlsRequirement.Encrypt;
import org.dane4j.smtp.policy.TlsRequirement.Opportunistic;
import org.dane4j.testkit.pki.TestAuthority;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The decision table, row by row (RFC 7672 §2.2). */
class DanePolicyTest {

  private static final String DIGEST = "00".repeat(32);
  private static final TlsaOwnerName OWNER = TlsaOwnerName.smtp("mx.example");

  private static final Addresses SECURE = new Addresses.Secure();
  private static final Tlsa USABLE = tlsa("3 1 1 " + DIGEST);
  private static final Tlsa UNUSABLE = tlsa("1 1 1 " + DIGEST);
  private static final Tlsa MIXED = tlsa("1 1 1 " + DIGEST, "2 1 1 " + DIGEST);
  private static final Tlsa ABSENT = new Tlsa.Absent("it has no TLSA records");
  private static final Tlsa FAILED = new Tlsa.Failed("SERVFAIL");
  private static final Tlsa NOT_ASKED = new Tlsa.NotAsked();

  private static Tlsa tlsa(String... records) {
    TlsaRecord[] parsed = Arrays.stream(records).map(TlsaRecord::parse).toArray(TlsaRecord[]::new);
    return new Tlsa.Secure(TlsaRrset.of(OWNER, parsed), ReferenceIdentifiers.of("mx.example"));
  }

  private static TlsRequirement opportunistic(MxSecurity mx, Addresses addresses, Tlsa tlsa) {
    return DanePolicy.opportunistic().decide(new HostSecurity(mx, addresses, tlsa));
  }

  private static TlsRequirement mandatory(MxSecurity mx, Addresses addresses, Tlsa tlsa) {
    return DanePolicy.mandatory().decide(new HostSecurity(mx, addresses, tlsa));
  }

  private static DanePolicy insecureMx(InsecureMxPolicy policy) {
    return DanePolicy.opportunistic().withInsecureMx(policy);
  }

  @ParameterizedTest
  @EnumSource(names = {"SECURE", "NOT_MX"})
  void usableRecords_oblige(MxSecurity mx) {
    // RFC 7672 §2.2: secure and usable
    assertThat(opportunistic(mx, SECURE, USABLE)).isInstanceOf(Dane.class);
    assertThat(opportunistic(mx, SECURE, MIXED)).isInstanceOf(Dane.class);
    assertThat(mandatory(mx, SECURE, USABLE)).isInstanceOf(Dane.class);
  }

  @Test
  void unusableRecords_obligeToTls_orToNothingAtAllIfDaneIsMandatory() {
    // RFC 7672 §2.2: secure, all unusable; RFC 7671 §10.3
    assertThat(opportunistic(MxSecurity.SECURE, SECURE, UNUSABLE)).isInstanceOf(Encrypt.class);
    assertThat(mandatory(MxSecurity.SECURE, SECURE, UNUSABLE))
        .isEqualTo(
            new Avoid(
                Cause.DANE_MANDATORY,
                "DANE is mandatory for this destination, but none of its TLSA records is usable"));
  }

  @Test
  void noRecords_obligeToNothing_orForbidIfDaneIsMandatory() {
    assertThat(opportunistic(MxSecurity.SECURE, SECURE, ABSENT)).isInstanceOf(Opportunistic.class);
    assertThat(mandatory(MxSecurity.SECURE, SECURE, ABSENT)).isInstanceOf(Avoid.class);
  }

  @ParameterizedTest
  @EnumSource
  void failedTlsaLookup_forbidsTheHost(MxSecurity mx) {
    // RFC 7672 §2.1.2
    for (InsecureMxPolicy policy : InsecureMxPolicy.values()) {
      for (DaneMode mode : List.of(DaneMode.OPPORTUNISTIC, DaneMode.MANDATORY)) {
        DanePolicy strict = new DanePolicy(mode, policy, DanePolicy.opportunistic().matcher());
        assertThat(strict.decide(new HostSecurity(mx, SECURE, FAILED)))
            .isInstanceOfSatisfying(
                Avoid.class, avoid -> assertThat(avoid.cause()).isEqualTo(Cause.TLSA_LOOKUP));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void failedAddressLookup_forbidsTheHost(DaneMode mode) {
    DanePolicy policy =
        new DanePolicy(mode, InsecureMxPolicy.DANE, DanePolicy.opportunistic().matcher());
    for (MxSecurity mx : MxSecurity.values()) {
      HostSecurity facts = new HostSecurity(mx, new Addresses.Failed("SERVFAIL"), NOT_ASKED);
      assertThat(policy.decide(facts))
          .isInstanceOfSatisfying(
              Avoid.class, avoid -> assertThat(avoid.cause()).isEqualTo(Cause.ADDRESS_LOOKUP));
    }
  }

  @Test
  void hostWithoutAddresses_isNotUsed() {
    assertThat(opportunistic(MxSecurity.SECURE, new Addresses.Absent(), NOT_ASKED))
        .isInstanceOfSatisfying(
            Avoid.class, avoid -> assertThat(avoid.cause()).isEqualTo(Cause.NO_ADDRESS));
  }

  @Test
  void insecureAddresses_obligeToNothing_orForbidIfDaneIsMandatory() {
    // RFC 7672 §2.2.2
    Addresses insecure = new Addresses.Insecure("its addresses are insecure");
    assertThat(opportunistic(MxSecurity.SECURE, insecure, NOT_ASKED))
        .isInstanceOf(Opportunistic.class);
    assertThat(mandatory(MxSecurity.SECURE, insecure, NOT_ASKED)).isInstanceOf(Avoid.class);
  }

  @Test
  void addressLiteral_isOutsideDane() {
    // RFC 7672 §2.2
    assertThat(opportunistic(MxSecurity.NOT_MX, new Addresses.Literal(), NOT_ASKED))
        .isInstanceOf(Opportunistic.class);
    assertThat(mandatory(MxSecurity.NOT_MX, new Addresses.Literal(), NOT_ASKED))
        .isInstanceOf(Avoid.class);
  }

  @Test
  void insecureMx_countsAsConfigured() {
    // RFC 7672 §2.2.1
    HostSecurity facts = new HostSecurity(MxSecurity.INSECURE, SECURE, USABLE);
    assertThat(insecureMx(InsecureMxPolicy.OPPORTUNISTIC).decide(facts))
        .isInstanceOf(Opportunistic.class);
    assertThat(insecureMx(InsecureMxPolicy.ENCRYPT).decide(facts)).isInstanceOf(Encrypt.class);
    assertThat(insecureMx(InsecureMxPolicy.DANE).decide(facts))
        .isInstanceOfSatisfying(
            Dane.class, it -> assertThat(it.explanation()).endsWith("; its MX record is insecure"));
    assertThat(opportunistic(MxSecurity.SECURE, SECURE, USABLE).explanation())
        .doesNotContain("insecure");
  }

  @ParameterizedTest
  @EnumSource
  void insecureMx_isNeverEnoughForMandatoryDane(InsecureMxPolicy policy) {
    // RFC 7672 §2.2.1, §6
    HostSecurity facts = new HostSecurity(MxSecurity.INSECURE, SECURE, USABLE);
    assertThat(DanePolicy.mandatory().withInsecureMx(policy).decide(facts))
        .isInstanceOf(Avoid.class);
  }

  @Test
  void daneSwitchedOff_asksForNothing() {
    DanePolicy off =
        new DanePolicy(DaneMode.OFF, InsecureMxPolicy.DANE, DanePolicy.opportunistic().matcher());
    assertThat(off.wantsTlsa(MxSecurity.SECURE, SECURE)).isFalse();
    assertThat(off.decide(new HostSecurity(MxSecurity.SECURE, SECURE, USABLE)))
        .isInstanceOf(Opportunistic.class);
  }

  @ParameterizedTest
  @MethodSource("allFacts")
  void audit_enforcesNothing_andTellsWhatWouldBeEnforced(HostSecurity facts) {
    TlsRequirement enforced = DanePolicy.opportunistic().decide(facts);
    TlsRequirement audited = DanePolicy.audit().decide(facts);
    boolean reachable =
        !(enforced instanceof Avoid avoid)
            || (avoid.cause() != Cause.ADDRESS_LOOKUP && avoid.cause() != Cause.NO_ADDRESS);
    if (!reachable || enforced instanceof Opportunistic) {
      assertThat(audited).isEqualTo(enforced);
    } else {
      assertThat(audited)
          .isInstanceOfSatisfying(
              Opportunistic.class, o -> assertThat(o.audited()).contains(enforced));
      assertThat(audited.dane().isPresent()).isEqualTo(enforced instanceof Dane);
    }
  }

  @Test
  void matcherThatTakesPkixUsages_isRefused() {
    // RFC 7672 §3.1.3
    TestAuthority ca = TestAuthority.root("CA", Instant.parse("2026-05-01T12:00:00Z"));
    TlsaMatcher tls = TlsaMatcher.forTls(PkixAnchors.of(ca.certificate()));
    assertThatThrownBy(() -> DanePolicy.opportunistic().withMatcher(tls))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("forSmtp");
  }

  @Test
  void audit_asksForTheRecordsThatItIsAbout() {
    assertThat(DanePolicy.audit().wantsTlsa(MxSecurity.SECURE, SECURE)).isTrue();
    assertThat(DanePolicy.off().wantsTlsa(MxSecurity.SECURE, SECURE)).isFalse();
  }

  @Test
  void opportunisticTls_isNothingToAudit() {
    assertThatThrownBy(() -> new Opportunistic("", Optional.of(new Opportunistic(""))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tlsaRecords_areWantedOnlyWhereTheyCanCount() {
    // RFC 7672 §2.2.2: servers of unsigned zones often fail on TLSA queries.
    DanePolicy policy = DanePolicy.opportunistic();
    assertThat(policy.wantsTlsa(MxSecurity.SECURE, SECURE)).isTrue();
    assertThat(policy.wantsTlsa(MxSecurity.NOT_MX, SECURE)).isTrue();
    assertThat(policy.wantsTlsa(MxSecurity.INSECURE, SECURE)).isFalse();
    assertThat(insecureMx(InsecureMxPolicy.DANE).wantsTlsa(MxSecurity.INSECURE, SECURE)).isTrue();
    assertThat(insecureMx(InsecureMxPolicy.ENCRYPT).wantsTlsa(MxSecurity.INSECURE, SECURE))
        .isTrue();
    assertThat(DanePolicy.mandatory().wantsTlsa(MxSecurity.INSECURE, SECURE)).isFalse();
    assertThat(policy.wantsTlsa(MxSecurity.SECURE, new Addresses.Insecure("unsigned"))).isFalse();
    assertThat(policy.wantsTlsa(MxSecurity.SECURE, new Addresses.Absent())).isFalse();
  }

  static Stream<HostSecurity> allFacts() {
    List<Addresses> addresses =
        List.of(
            SECURE,
            new Addresses.Insecure("unsigned"),
            new Addresses.Absent(),
            new Addresses.Failed("timeout"),
            new Addresses.Literal());
    List<Tlsa> tlsa = List.of(USABLE, UNUSABLE, ABSENT, FAILED, NOT_ASKED);
    return Stream.of(MxSecurity.values())
        .flatMap(
            mx ->
                addresses.stream()
                    .flatMap(a -> tlsa.stream().map(t -> new HostSecurity(mx, a, t))));
  }

  @ParameterizedTest
  @MethodSource("allFacts")
  void everyCombination_hasADecisionThatFailsClosed(HostSecurity facts) {
    TlsRequirement decision = DanePolicy.opportunistic().decide(facts);
    boolean failed =
        facts.addresses() instanceof Addresses.Failed || facts.tlsa() instanceof Tlsa.Failed;
    if (failed) {
      assertThat(decision).isInstanceOf(Avoid.class);
    }
    TlsRequirement strict = DanePolicy.mandatory().decide(facts);
    assertThat(strict).isInstanceOfAny(Dane.class, Avoid.class);
    assertThat(decision.explanation()).isNotBlank();
  }
}
