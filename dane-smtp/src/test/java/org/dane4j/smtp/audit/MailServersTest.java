// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.smtp.audit.DomainDraft.CURRENT;
import static org.dane4j.smtp.audit.DomainDraft.HOST;
import static org.dane4j.smtp.audit.HostDraft.SECOND;

import java.util.List;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.tls.CertificateKeys;
import org.junit.jupiter.api.Test;

/** Whether mail servers speak SMTP and offer TLS, to everybody and at all times. */
class MailServersTest {

  private static DomainDraft withRecord(java.util.function.Consumer<HostDraft> settings) {
    DomainDraft draft = DomainDraft.withoutHosts();
    HostDraft host = draft.host(HOST).tlsa(3, 1, 1, CURRENT.certificate());
    settings.accept(host);
    return draft;
  }

  @Test
  void noTlsWithRecords_isAFailureAndWithoutAWarning() {
    DomainDraft promised = withRecord(host -> host.look(HostDraft.plainText()));
    assertThat(promised.worst(Check.STARTTLS).severity()).isEqualTo(Severity.FAIL);
    assertThat(promised.worst(Check.STARTTLS).remedy())
        .contains("Switch STARTTLS on", "promise of TLS", "remove the records");
    DomainDraft draft = DomainDraft.withoutHosts();
    draft.host(HOST).look(HostDraft.plainText());
    assertThat(draft.worst(Check.STARTTLS).severity()).isEqualTo(Severity.WARN);
    assertThat(draft.worst(Check.STARTTLS).remedy()).doesNotContain("remove the records");
  }

  @Test
  void tlsOnSomeConnectionsOnly_isAFailure() {
    Finding finding =
        withRecord(host -> host.look(HostDraft.plainText()).shows(CURRENT)).worst(Check.STARTTLS);
    assertThat(finding.severity()).isEqualTo(Severity.FAIL);
    assertThat(finding.evidence()).contains("some connections only");
    assertThat(finding.remedy()).contains("greylisting", "RFC 7672 §9.2");
  }

  @Test
  void handshakeThatFails_isAFailure() {
    for (Cause cause :
        List.of(Cause.TLS_HANDSHAKE, Cause.STARTTLS_REFUSED, Cause.PLAIN_TEXT_INJECTED)) {
      assertThat(withRecord(host -> host.look(HostDraft.failed(cause))).worst(Check.STARTTLS))
          .extracting(Finding::severity)
          .isEqualTo(Severity.FAIL);
    }
  }

  @Test
  void oldTls_isAWarning() {
    Finding finding =
        withRecord(
                host ->
                    host.look(
                        HostDraft.tls("TLSv1", List.of(HostDraft.der(CURRENT.certificate())))))
            .worst(Check.STARTTLS);
    assertThat(finding.severity()).isEqualTo(Severity.WARN);
    assertThat(finding.remedy()).contains("RFC 8996");
  }

  @Test
  void oneAddressThatIsDown_isAWarning() {
    DomainDraft draft =
        withRecord(
            host ->
                host.shows(CURRENT)
                    .look(SECOND, HOST, CertificateKeys.ANY, HostDraft.failed(Cause.CONNECT)));
    assertThat(draft.worst(Check.SMTP).severity()).isEqualTo(Severity.WARN);
    assertThat(draft.worst(Check.SMTP).subject()).contains(SECOND);
    assertThat(draft.report().verdict()).isEqualTo(AuditVerdict.PASS);
  }

  @Test
  void serverThatSendsStrangersAway_isNotKnown() {
    DomainDraft draft = withRecord(host -> host.look(HostDraft.failed(Cause.GREETING)));
    assertThat(draft.worst(Check.SMTP).severity()).isEqualTo(Severity.ERROR);
    assertThat(draft.worst(Check.SMTP).remedy()).contains("server's log");
    assertThat(draft.report().only(Topic.DANE).verdict()).isEqualTo(AuditVerdict.UNDETERMINED);
  }

  @Test
  void serverThatSendsStrangersAwaySometimes_isAWarning() {
    DomainDraft draft =
        withRecord(host -> host.look(HostDraft.failed(Cause.GREETING)).shows(CURRENT));
    assertThat(draft.worst(Check.SMTP).severity()).isEqualTo(Severity.WARN);
    assertThat(draft.worst(Check.SMTP).evidence()).contains("on some connections", "GREETING");
  }

  /** RFC 7672 §8.1: senders with DANE ask for the host by its name. */
  @Test
  void handshakeThatFailsUnderOtherNamesOnly_isAWarning() {
    for (String name : List.of("", "d.test")) {
      DomainDraft draft =
          withRecord(
              host ->
                  host.look(HostDraft.tls(CURRENT))
                      .look(
                          HostDraft.FIRST,
                          name,
                          CertificateKeys.ANY,
                          HostDraft.failed(Cause.TLS_HANDSHAKE)));
      assertThat(draft.worst(Check.STARTTLS).severity()).isEqualTo(Severity.WARN);
      assertThat(draft.report().verdict()).isEqualTo(AuditVerdict.PASS);
    }
  }
}
