// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dane4j.smtp.policy.HostSecurity.Addresses;
import org.dane4j.smtp.policy.HostSecurity.Tlsa;
import org.dane4j.smtp.policy.TlsRequirement.Avoid;
import org.dane4j.smtp.policy.TlsRequirement.Cause;
import org.dane4j.smtp.policy.TlsRequirement.Dane;
import org.dane4j.smtp.policy.TlsRequirement.Pkix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What submission servers are owed (RFC 7673 §3.4, §4.1; RFC 8314 §5.2). */
class SubmissionPolicyTest {

  private static final PkixNames NAMES = new PkixNames("r.test", Optional.of("mx.example"));

  private static Stream<HostSecurity> allFacts() {
    return DanePolicyTest.allFacts()
        .map(it -> new HostSecurity(it.mx(), it.addresses(), it.tlsa(), Optional.of(NAMES)));
  }

  @ParameterizedTest
  @MethodSource("allFacts")
  void nothingEverLeadsToUnauthenticatedTls(HostSecurity facts) {
    for (DanePolicy policy :
        List.of(DanePolicy.opportunistic(), DanePolicy.audit(), DanePolicy.off())) {
      assertThat(policy.decide(facts)).isInstanceOfAny(Dane.class, Pkix.class, Avoid.class);
      assertThat(policy.decide(facts).explanation()).isNotBlank();
    }
    assertThat(DanePolicy.mandatory().decide(facts)).isInstanceOfAny(Dane.class, Avoid.class);
  }

  @ParameterizedTest
  @MethodSource("allFacts")
  void daneIsOwed_whereItIsInMailTransfer_exceptByInsecureSrv(HostSecurity facts) {
    HostSecurity transfer = new HostSecurity(facts.mx(), facts.addresses(), facts.tlsa());
    DanePolicy policy = DanePolicy.opportunistic();
    assertThat(policy.decide(facts) instanceof Dane)
        .isEqualTo(policy.decide(transfer) instanceof Dane);
    assertThat(policy.decide(facts) instanceof Avoid)
        .isEqualTo(policy.decide(transfer) instanceof Avoid);
  }

  @ParameterizedTest
  @MethodSource("allFacts")
  void insecureSrv_isNeverDane(HostSecurity facts) {
    // RFC 7673 §3.1
    HostSecurity insecure =
        new HostSecurity(MxSecurity.INSECURE_SRV, facts.addresses(), facts.tlsa(), facts.pkix());
    for (InsecureMxPolicy insecureMx : InsecureMxPolicy.values()) {
      DanePolicy policy = DanePolicy.opportunistic().withInsecureMx(insecureMx);
      assertThat(policy.decide(insecure)).isInstanceOfAny(Pkix.class, Avoid.class);
      assertThat(policy.wantsTlsa(MxSecurity.INSECURE_SRV, facts.addresses())).isFalse();
    }
    assertThat(DanePolicy.mandatory().decide(insecure)).isInstanceOf(Avoid.class);
  }

  @Test
  void failedTlsaLookup_isNoReasonForTheAuthorities() {
    // RFC 7673 §3.4
    Tlsa failed = new Tlsa.Failed("SERVFAIL");
    HostSecurity facts =
        new HostSecurity(MxSecurity.SECURE, new Addresses.Secure(), failed, Optional.of(NAMES));
    assertThat(DanePolicy.opportunistic().decide(facts))
        .isInstanceOfSatisfying(
            Avoid.class, avoid -> assertThat(avoid.cause()).isEqualTo(Cause.TLSA_LOOKUP));
  }

  @ParameterizedTest
  @MethodSource("allFacts")
  void audit_leavesItToTheAuthorities_andTellsWhatDaneWouldRequire(HostSecurity facts) {
    TlsRequirement enforced = DanePolicy.opportunistic().decide(facts);
    TlsRequirement audited = DanePolicy.audit().decide(facts);
    boolean byDane =
        enforced instanceof Dane
            || (enforced instanceof Avoid avoid && avoid.cause() == Cause.TLSA_LOOKUP);
    if (byDane) {
      assertThat(audited)
          .isEqualTo(
              new Pkix(
                  NAMES,
                  "DANE is audited and not enforced for this destination",
                  Optional.of(enforced)));
    } else {
      assertThat(audited).isEqualTo(enforced);
    }
  }

  @Test
  void off_leavesItToTheAuthorities_andSaysWhy() {
    Tlsa absent = new Tlsa.Absent("none");
    HostSecurity facts =
        new HostSecurity(MxSecurity.SECURE, new Addresses.Secure(), absent, Optional.of(NAMES));
    assertThat(DanePolicy.off().decide(facts))
        .isEqualTo(new Pkix(NAMES, "DANE is switched off for this destination"));
  }

  @Test
  void names_areTheServicesFirst_eachOnce() {
    assertThat(NAMES.all()).containsExactly("r.test", "mx.example");
    assertThat(NAMES).hasToString("r.test or mx.example");
    assertThat(new PkixNames("r.test", Optional.of("r.test")).all()).containsExactly("r.test");
    assertThat(new PkixNames("r.test", Optional.empty())).hasToString("r.test");
  }
}
