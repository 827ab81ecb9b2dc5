// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.smtp.audit.DomainDraft.CURRENT;
import static org.dane4j.smtp.audit.DomainDraft.DOMAIN;
import static org.dane4j.smtp.audit.DomainDraft.HOST;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy;
import org.dane4j.smtp.report.AuditTree;
import org.dane4j.testkit.pki.CertificateSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Type;

/** A domain may say what it likes: it costs the auditor little, and does nothing to a terminal. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileTextTest {

  private static final String CLEAR_SCREEN = "\u001b[2J\u009b2J\u202e";

  private static Stream<String> texts(AuditReport report) {
    return Stream.concat(
        report.findings().stream()
            .flatMap(it -> Stream.of(it.subject(), it.evidence(), it.remedy())),
        report.senders().stream()
            .flatMap(it -> Stream.concat(Stream.of(it.reason()), it.obstacles().stream())));
  }

  private static void isHarmless(AuditReport report) {
    assertThat(texts(report)).noneMatch(text -> text.matches("(?s).*[\\p{Cc}\\p{Cf}].*"));
    assertThat(AuditTree.of(report).toString()).doesNotContainPattern("[\\p{Cc}\\p{Cf}&&[^\\n]]");
  }

  @Test
  void policyThatSendsEscapes_isShownWithoutThem() {
    DomainDraft draft =
        DomainDraft.healthy()
            .mtaSts(
                Dns.secure("_mta-sts.d.test", Type.TXT, "\"v=STSv1; id=1\""),
                new MtaStsPolicy.Failed("'" + CLEAR_SCREEN + "' is no field"));
    assertThat(draft.worst(Check.MTA_STS).evidence()).contains("is no field");
    isHarmless(draft.report());
  }

  @Test
  void certificateWhoseNameHasEscapes_isShownWithoutThem() {
    DomainDraft draft = DomainDraft.withoutHosts().mtaSts("enforce", HOST);
    draft.host(HOST).shows(DomainDraft.ISSUER.issue(CertificateSpec.forNames("a\u001b[2J.test")));
    assertThat(draft.worst(Check.MTA_STS).evidence()).contains("it is for");
    isHarmless(draft.report());
  }

  @Test
  void reportingRecordOfThousandsOfReceivers_isRead() {
    String receivers =
        IntStream.range(0, 6000).mapToObj(it -> "mailto:a@b").reduce((a, b) -> a + "," + b).get();
    String text = "v=TLSRPTv1; rua=" + receivers;
    String strings =
        IntStream.range(0, (text.length() + 199) / 200)
            .mapToObj(it -> text.substring(200 * it, Math.min(text.length(), 200 * it + 200)))
            .map(part -> "\"" + part + "\"")
            .reduce((a, b) -> a + " " + b)
            .get();
    DomainDraft draft =
        DomainDraft.healthy().reporting(Dns.secure("_smtp._tls.d.test", Type.TXT, strings));
    assertThat(draft.worst(Check.TLS_REPORTING)).isNotNull();
    assertThat(texts(draft.report())).allMatch(it -> it.length() < 10_000);
  }

  /** As many as one response holds, beside as many certificates as may be looked at. */
  @Test
  void thousandTlsaRecords_costLittle_andAreWarnedOf() {
    DomainDraft draft = DomainDraft.withoutHosts();
    HostDraft host = draft.host(HOST);
    for (int i = 0; i < 1300; i++) {
      host.tlsa("3 1 1 %064x".formatted(i));
      host.tlsa("2 1 1 %064x".formatted(i));
    }
    for (int i = 0; i < 8; i++) {
      host.at("192.0.2." + (i + 1), DomainDraft.ISSUER.issue(CertificateSpec.forNames(HOST)));
    }
    AuditReport report = draft.report();
    assertThat(report.verdict()).isEqualTo(AuditVerdict.FAIL);
    assertThat(report.findings()).hasSizeLessThan(1000);
    assertThat(texts(report)).allMatch(it -> it.length() < 10_000);
  }

  @Test
  void mxRecordsBeyondThoseLookedAt_areNeverTakenForProtected() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft.host(HOST).tlsa(3, 1, 1, CURRENT.certificate()).shows(CURRENT);
    draft.mx(Dns.secure(DOMAIN, Type.MX, "10 mx.d.test.", "20 unseen.d.test."));
    assertThat(draft.report().verdict()).isEqualTo(AuditVerdict.PARTIAL);
    assertThat(draft.findings(Check.COVERAGE))
        .extracting(Finding::severity, Finding::subject)
        .contains(org.assertj.core.groups.Tuple.tuple(Severity.WARN, "unseen.d.test"));
    assertThat(List.of(draft.findings(Check.DOMAIN).get(0).evidence()))
        .allMatch(it -> it.contains("1 of 2"));
  }
}
