// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.smtp.audit.DomainDraft.HOST;
import static org.dane4j.smtp.audit.DomainDraft.ISSUER;

import java.util.List;
import org.dane4j.dnssec.BogusReason;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy;
import org.dane4j.smtp.internal.MtaStsPattern;
import org.dane4j.testkit.pki.CertificateSpec;
import org.dane4j.testkit.pki.TestIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

/** MTA-STS and TLS reporting beside DANE. */
class TlsPoliciesTest {

  private static final MtaStsPolicy FETCHED =
      new MtaStsPolicy.Fetched("enforce", 1_209_600, List.of(HOST));

  private static ValidationResult sts(String... texts) {
    return Dns.secure("_mta-sts.d.test", Type.TXT, texts);
  }

  private static Finding mtaSts(String... texts) {
    return DomainDraft.healthy().mtaSts(sts(texts), FETCHED).worst(Check.MTA_STS);
  }

  @ParameterizedTest
  @CsvSource({
    "mx.d.test, mx.d.test, true",
    "MX.D.TEST, mx.d.test, true",
    "*.d.test, mx.d.test, true",
    "*.d.test, a.b.d.test, false",
    "*.d.test, d.test, false",
    "*.mx.microsoft, contoso-com.e-v1.mx.microsoft, false",
    "*.e-v1.mx.microsoft, contoso-com.e-v1.mx.microsoft, true",
    "*x.d.test, mx.d.test, false",
    "d.test, mx.d.test, false",
  })
  void asterisk_standsForOneLabel(String pattern, String host, boolean matches) {
    assertThat(MtaStsPattern.matches(pattern, host)).isEqualTo(matches);
  }

  @Test
  void hostThatAnEnforcedPolicyDoesNotName_isAFailureAndInTestingAWarning() {
    Finding enforced = DomainDraft.healthy().mtaSts("enforce", "old.d.test").worst(Check.MTA_STS);
    assertThat(enforced.severity()).isEqualTo(Severity.FAIL);
    assertThat(enforced.remedy()).contains("\"mx: mx.d.test\"", "id afterwards", "RFC 8461 §4.1");
    assertThat(DomainDraft.healthy().mtaSts("testing", "old.d.test").worst(Check.MTA_STS))
        .extracting(Finding::severity)
        .isEqualTo(Severity.WARN);
  }

  @Test
  void lookupsThatFail_doNotKeepMailFromGoing() {
    // RFC 8461 §3.1, RFC 8460 §3: without an answer there is no policy, and mail goes.
    String name = "_mta-sts.d.test";
    for (ValidationResult failed :
        List.of(
            Dns.timeout(name, Type.TXT), Dns.bogus(name, Type.TXT, BogusReason.SIGNATURE_WRONG))) {
      DomainDraft draft = DomainDraft.healthy().reporting(failed);
      draft.mtaSts(failed, new MtaStsPolicy.Failed("no record"));
      assertThat(draft.worst(Check.MTA_STS).remedy()).isNotEmpty().doesNotContain("not deliver");
      assertThat(draft.worst(Check.TLS_REPORTING).remedy()).doesNotContain("not deliver");
    }
  }

  @Test
  void policyThatNamesAllHosts_passes() {
    assertThat(DomainDraft.healthy().mtaSts("enforce", "*.d.test").worst(Check.MTA_STS))
        .extracting(Finding::severity)
        .isEqualTo(Severity.PASS);
  }

  @Test
  void certificateThatTheEnforcedPolicyDoesNotAllow_isAFailure() {
    assertThat(enforcing(ISSUER.issue("other.test")).evidence()).contains("it is for [other.test]");
    assertThat(enforcing(ISSUER.issue(CertificateSpec.forNames(HOST).expired())).evidence())
        .contains("it expired");
    assertThat(
            enforcing(TestIdentity.selfSigned(CertificateSpec.forNames(HOST), Dns.AT)).evidence())
        .contains("signed by itself");
  }

  private static Finding enforcing(TestIdentity identity) {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft.host(HOST).tlsa(3, 1, 1, identity.certificate()).shows(identity);
    Finding finding = draft.mtaSts("enforce", HOST).worst(Check.MTA_STS);
    assertThat(finding.severity()).isEqualTo(Severity.FAIL);
    return finding;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"v=STSv1; id=20260501;\"",
        "\"v=STSv1;id=1\"",
        "\"v=STSv1; \" \"id=1; a=b\"",
        "\"v=STSv1; x-y=1 ; id=1 ;\"",
      })
  void recordsOfTheRightForm_pass(String text) {
    assertThat(mtaSts(text).severity()).isEqualTo(Severity.PASS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"v=STSv1; id=2026-05-01\"",
        "\"v=STSv1; id=\"",
        "\"v=STSv1;\"",
        "\"v=STSv1 ; id=1\"",
        "\"v=STSv2; id=1\"",
        "\"v=STSv1; id=1; =\"",
        "\"v=STSv1; id=1;; a=b\"",
        "\"v=STSv1; id=123456789012345678901234567890123\"",
        "\"\\255\\000\"",
      })
  void malformedRecord_isAWarning(String text) {
    assertThat(mtaSts(text).severity()).isEqualTo(Severity.WARN);
  }

  @Test
  void twoRecords_areNone() {
    assertThat(mtaSts("\"v=STSv1; id=1\"", "\"v=STSv1; id=2\"").evidence()).contains("2 records");
    assertThat(mtaSts("\"v=STSv1; id=1\"", "\"something else\"").severity())
        .isEqualTo(Severity.PASS);
  }

  @Test
  void policyThatCannotBeFetched_isAWarning() {
    Finding finding =
        DomainDraft.healthy()
            .mtaSts(sts("\"v=STSv1; id=1\""), new MtaStsPolicy.Failed("404"))
            .worst(Check.MTA_STS);
    assertThat(finding.severity()).isEqualTo(Severity.WARN);
    assertThat(finding.evidence()).contains("404");
    assertThat(finding.remedy())
        .contains("RFC 8461 §3.2", "https://mta-sts.d.test/.well-known/mta-sts.txt");
  }

  @Test
  void noMtaSts_isNews() {
    assertThat(DomainDraft.healthy().worst(Check.MTA_STS).severity()).isEqualTo(Severity.INFO);
    assertThat(DomainDraft.healthy().mtaSts("none").worst(Check.MTA_STS).severity())
        .isEqualTo(Severity.INFO);
  }

  @Test
  void shortOrUnknownPolicies_areNamed() {
    assertThat(policy("enforce", 3600).severity()).isEqualTo(Severity.INFO);
    assertThat(policy("strict", 1_209_600).remedy()).contains("Set it to testing");
  }

  private static Finding policy(String mode, long maxAge) {
    return DomainDraft.healthy()
        .mtaSts(sts("\"v=STSv1; id=1\""), new MtaStsPolicy.Fetched(mode, maxAge, List.of(HOST)))
        .worst(Check.MTA_STS);
  }

  private static Finding reporting(String... texts) {
    return DomainDraft.healthy()
        .reporting(Dns.secure("_smtp._tls.d.test", Type.TXT, texts))
        .worst(Check.TLS_REPORTING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"v=TLSRPTv1; rua=mailto:a@d.test\"",
        "\"v=TLSRPTv1;rua=https://r.d.test/v1/report;\"",
        "\"v=TLSRPTv1; rua=mailto:a@d.test,https://r.d.test\"",
        "\"v=TLSRPTv1; rua=mailto:a@d.test , mailto:b@d.test\"",
      })
  void reportingRecordsOfTheRightForm_pass(String text) {
    assertThat(reporting(text).severity()).isEqualTo(Severity.PASS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"v=TLSRPTv1; rua=a@d.test\"",
        "\"v=TLSRPTv1; rua=mailto:a@d.test!10m\"",
        "\"v=TLSRPTv1; rua=ftp://d.test\"",
        "\"v=TLSRPTv1\"",
        "\"v=TLSRPTv1;\"",
        "\"v=TLSRPTv1; rua=\"",
        "\"v=DMARC1; p=none\"",
      })
  void malformedReportingRecord_isAWarning(String text) {
    assertThat(reporting(text).severity()).isEqualTo(Severity.WARN);
  }

  @Test
  void noReporting_isNewsWithTheRecordToPublish() {
    Finding finding =
        DomainDraft.healthy()
            .reporting(Dns.noData("_smtp._tls.d.test", Type.TXT))
            .worst(Check.TLS_REPORTING);
    assertThat(finding.severity()).isEqualTo(Severity.INFO);
    assertThat(finding.remedy()).contains("v=TLSRPTv1; rua=mailto:tlsrpt@d.test");
  }

  @Test
  void lookupsWithoutAnswer_areNeverTakenForAbsence() {
    DomainDraft draft =
        DomainDraft.healthy()
            .reporting(Dns.bogus("_smtp._tls.d.test", Type.TXT, BogusReason.EXPIRED))
            .mtaSts(Dns.timeout("_mta-sts.d.test", Type.TXT), FETCHED);
    assertThat(draft.worst(Check.TLS_REPORTING).severity()).isEqualTo(Severity.WARN);
    assertThat(draft.worst(Check.MTA_STS).severity()).isEqualTo(Severity.WARN);
    assertThat(draft.worst(Check.MTA_STS).evidence()).contains("indeterminate");
  }
}
