// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.dane4j.smtp.audit.DomainDraft.CURRENT;
import static org.dane4j.smtp.audit.DomainDraft.HOST;
import static org.dane4j.smtp.audit.DomainDraft.NEXT;

import java.util.List;
import org.dane4j.dnssec.BogusReason;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.lookup.Destination;
import org.dane4j.smtp.report.AuditTree;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** What the findings come to. */
class AuditReportTest {

  private static final String BACKUP = "backup.d.test";

  @Test
  void healthyDomain_passesWithoutAnyWarning() {
    AuditReport report = DomainDraft.healthy().report();
    assertThat(report.verdict()).isEqualTo(AuditVerdict.PASS);
    assertThat(report.findings())
        .isNotEmpty()
        .allMatch(finding -> finding.severity().compareTo(Severity.WARN) < 0);
  }

  @Test
  void noTlsaRecords_areNoFailureAndInsecure() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft.host(HOST).shows(CURRENT);
    AuditReport report = draft.report();
    assertThat(report.verdict()).isEqualTo(AuditVerdict.INSECURE);
    assertThat(report.findings())
        .allMatch(finding -> finding.severity().compareTo(Severity.WARN) < 0);
    assertThat(draft.worst(Check.COVERAGE).remedy())
        .contains("publish: _25._tcp.mx.d.test. IN TLSA 3 1 1 ");
  }

  @Test
  void backupWithoutRecords_isPartialAndNamed() {
    DomainDraft draft = DomainDraft.healthy();
    draft.host(BACKUP).shows(CURRENT);
    assertThat(draft.report().verdict()).isEqualTo(AuditVerdict.PARTIAL);
    Finding finding = draft.worst(Check.COVERAGE);
    assertThat(finding.severity()).isEqualTo(Severity.WARN);
    assertThat(finding.subject()).isEqualTo(BACKUP);
  }

  @Test
  void insecureMx_isInsecureThoughRecordsMatch() {
    AuditReport report = DomainDraft.healthy().insecureMx().report();
    assertThat(report.verdict()).isEqualTo(AuditVerdict.INSECURE);
    assertThat(DomainDraft.healthy().insecureMx().worst(Check.COVERAGE).remedy())
        .contains("count for nothing", "both secure");
  }

  @Test
  void mismatch_isAFailure() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft.host(HOST).tlsa(3, 1, 1, CURRENT.certificate()).shows(NEXT);
    assertThat(draft.report().verdict()).isEqualTo(AuditVerdict.FAIL);
  }

  @Test
  void hostThatNobodyCouldSee_isUndetermined() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft.host(HOST).tlsa(3, 1, 1, CURRENT.certificate()).look(HostDraft.failed(Cause.CONNECT));
    assertThat(draft.report().verdict()).isEqualTo(AuditVerdict.UNDETERMINED);
    assertThat(draft.worst(Check.SMTP).remedy()).contains("blocked");
    DomainDraft omitted = DomainDraft.withoutHosts();
    omitted.host(HOST).tlsa(3, 1, 1, CURRENT.certificate()).omitted("no way to IPv6");
    assertThat(omitted.report().verdict()).isEqualTo(AuditVerdict.UNDETERMINED);
    assertThat(omitted.worst(Check.SMTP).evidence()).contains("no way to IPv6");
  }

  @Test
  void unreachableHostWithoutRecords_isStillInsecure() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft.host(HOST).look(HostDraft.failed(Cause.CONNECT));
    assertThat(draft.report().verdict()).isEqualTo(AuditVerdict.INSECURE);
  }

  @Test
  void mxLookupWithoutAnswer_isUndeterminedAndABogusOneAFailure() {
    assertThat(undetermined(Dns.timeout("d.test", Type.MX)).report().verdict())
        .isEqualTo(AuditVerdict.UNDETERMINED);
    assertThat(undetermined(Dns.bogus("d.test", Type.MX, BogusReason.EXPIRED)).report().verdict())
        .isEqualTo(AuditVerdict.FAIL);
  }

  @Test
  void senders_areNotSaidToFail_atWhatOnlyThisAuditDidNotFindOut() {
    // Its own resolver may be the one that is not there.
    assertThat(fate(Dns.timeout("d.test", Type.MX))).isEqualTo(SenderVerdict.Fate.UNKNOWN);
    assertThat(fate(Dns.canceled("d.test", Type.MX))).isEqualTo(SenderVerdict.Fate.UNKNOWN);
    assertThat(fate(Dns.bogus("d.test", Type.MX, BogusReason.EXPIRED)))
        .isEqualTo(SenderVerdict.Fate.DEFERRED);
    assertThat(fate(Dns.secure("d.test", Type.MX, "0 .", "1 .")))
        .isEqualTo(SenderVerdict.Fate.DEFERRED);
  }

  private static SenderVerdict.Fate fate(ValidationResult mx) {
    return undetermined(mx).sender(SenderProfile.RFC_7672).fate();
  }

  private static DomainDraft undetermined(ValidationResult mx) {
    return DomainDraft.withoutHosts()
        .destination(
            new Destination.Undetermined(DomainDraft.nextHop(), mx.explanation(), List.of(mx)));
  }

  @Test
  void topics_haveVerdictsOfTheirOwn() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft.host(HOST).tlsa(3, 1, 1, CURRENT.certificate()).shows(NEXT);
    AuditReport report = draft.report();
    assertThat(report.only(Topic.DNSSEC).verdict()).isEqualTo(AuditVerdict.PASS);
    assertThat(report.only(Topic.DNSSEC).senders()).isEmpty();
    assertThat(report.only(Topic.DANE).verdict()).isEqualTo(AuditVerdict.FAIL);
    assertThat(report.only(Topic.DANE).senders()).isEqualTo(report.senders());
    assertThat(report.only(Topic.MAIL).verdict()).isEqualTo(AuditVerdict.PASS);
    assertThat(report.only(Topic.MAIL).findings())
        .isNotEmpty()
        .allMatch(finding -> finding.check().topic() == Topic.MAIL);
  }

  @Test
  void unsignedDomain_isInsecureAsToDnssec() {
    assertThat(DomainDraft.healthy().insecureMx().report().only(Topic.DNSSEC).verdict())
        .isEqualTo(AuditVerdict.PARTIAL);
  }

  @Test
  void findingThatIsBad_mustSayWhatToDo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Finding(Check.SMTP, Severity.WARN, "host", "it is bad", ""))
        .withMessageContaining("what to do");
  }

  @Test
  void tree_hasEachFindingWithItsRemedyAndWhatSendersWouldDo() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft.host(HOST).tlsa(3, 1, 1, CURRENT.certificate()).shows(NEXT);
    String text = AuditTree.of(draft.report()).toString().replaceAll("[│├└─\\s]+", " ");
    assertThat(text).startsWith("d.test FAIL");
    for (Finding finding : draft.report().findings()) {
      assertThat(text)
          .contains(finding.evidence().replaceAll("\\s+", " "))
          .contains(finding.remedy().replaceAll("\\s+", " "));
    }
    for (SenderProfile profile : SenderProfile.values()) {
      assertThat(text).contains(profile.title() + ": DEFERRED");
    }
  }
}
