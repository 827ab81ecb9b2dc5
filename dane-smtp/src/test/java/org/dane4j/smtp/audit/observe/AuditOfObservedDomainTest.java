// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.dane4j.smtp.audit.AuditReport;
import org.dane4j.smtp.audit.AuditVerdict;
import org.dane4j.smtp.audit.Check;
import org.dane4j.smtp.audit.Finding;
import org.dane4j.smtp.audit.SenderVerdict;
import org.dane4j.smtp.audit.Severity;
import org.dane4j.testkit.smtp.Hostility;
import org.junit.jupiter.api.Test;

/** What is thought of domains that were really looked at. */
class AuditOfObservedDomainTest {

  private static List<Finding> bad(AuditReport report) {
    return report.findings().stream()
        .filter(finding -> finding.severity().compareTo(Severity.WARN) >= 0)
        .toList();
  }

  @Test
  void healthyDomain_passesWithoutAnyWarning() {
    try (Village village = Village.healthy()) {
      AuditReport report = AuditReport.of(village.observe());
      assertThat(bad(report)).isEmpty();
      assertThat(report.verdict()).isEqualTo(AuditVerdict.PASS);
      assertThat(report.senders())
          .extracting(SenderVerdict::fate)
          .containsOnly(SenderVerdict.Fate.AUTHENTICATED);
      assertThat(report.findings())
          .extracting(Finding::check)
          .contains(Check.NAME_SERVERS, Check.SIGNATURE_LIFE, Check.DENIAL, Check.CERTIFICATES);
    }
  }

  @Test
  void domainWithoutTlsaRecords_isInsecureWithoutAnyWarning() {
    try (Village village = Village.with(internet -> {}, host -> {})) {
      AuditReport report = AuditReport.of(village.observe());
      assertThat(bad(report)).isEmpty();
      assertThat(report.verdict()).isEqualTo(AuditVerdict.INSECURE);
    }
  }

  @Test
  void unsignedDomain_isInsecureWithoutAnyWarning() {
    try (Village village =
        Village.with(internet -> internet.zone("r.test", zone -> zone.unsigned()), host -> {})) {
      AuditReport report = AuditReport.of(village.observe());
      assertThat(bad(report)).isEmpty();
      assertThat(report.verdict()).isEqualTo(AuditVerdict.INSECURE);
    }
  }

  @Test
  void recordOfAnotherKey_isAFailureOfTheCertificates() {
    try (Village village = Village.with(internet -> {}, host -> host.tlsaOfAnotherKey(3, 1, 1))) {
      AuditReport report = AuditReport.of(village.observe());
      assertThat(report.verdict()).isEqualTo(AuditVerdict.FAIL);
      assertThat(bad(report))
          .filteredOn(finding -> finding.severity() == Severity.FAIL)
          .extracting(Finding::check)
          .containsOnly(Check.CERTIFICATES);
    }
  }

  @Test
  void serverWithoutTls_isAFailureOfStartTls() {
    try (Village village =
        Village.with(internet -> {}, host -> host.tlsa(3, 1, 1).hostile(Hostility.NO_STARTTLS))) {
      assertThat(bad(AuditReport.of(village.observe())))
          .filteredOn(finding -> finding.severity() == Severity.FAIL)
          .extracting(Finding::check)
          .containsOnly(Check.STARTTLS);
    }
  }

  @Test
  void signaturesThatEndSoon_areAWarning() {
    try (Village village =
        Village.with(
            internet ->
                internet.zone(
                    "r.test", zone -> zone.validity(Duration.ofDays(-9), Duration.ofHours(30))),
            host -> host.tlsa(3, 1, 1))) {
      assertThat(bad(AuditReport.of(village.observe())))
          .extracting(Finding::check)
          .containsOnly(Check.SIGNATURE_LIFE);
    }
  }

  @Test
  void nameServerThatIsGone_isAWarning() {
    try (Village village = Village.healthy()) {
      village.abandon(Village.SECOND);
      AuditReport report = AuditReport.of(village.observe());
      assertThat(bad(report)).extracting(Finding::check).containsOnly(Check.NAME_SERVERS);
      assertThat(bad(report)).extracting(Finding::subject).allMatch(it -> it.contains("ns2"));
      assertThat(report.verdict()).isEqualTo(AuditVerdict.PASS);
    }
  }
}
