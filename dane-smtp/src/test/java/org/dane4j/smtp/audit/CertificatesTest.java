// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.smtp.audit.DomainDraft.CURRENT;
import static org.dane4j.smtp.audit.DomainDraft.HOST;
import static org.dane4j.smtp.audit.DomainDraft.ISSUER;
import static org.dane4j.smtp.audit.DomainDraft.NEXT;
import static org.dane4j.smtp.audit.DomainDraft.ROOT;
import static org.dane4j.smtp.audit.HostDraft.FIRST;
import static org.dane4j.smtp.audit.HostDraft.SECOND;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.tls.CertificateKeys;
import org.dane4j.testkit.pki.CertificateSpec;
import org.dane4j.testkit.pki.KeyType;
import org.dane4j.testkit.pki.TestIdentity;
import org.dane4j.tlsa.TlsaRecord;
import org.junit.jupiter.api.Test;

/** Whether the TLSA records match what the servers show, and what to do where not. */
class CertificatesTest {

  private static String publish(X509Certificate certificate) {
    return "publish: _25._tcp.mx.d.test. IN TLSA " + TlsaRecord.daneEe(certificate);
  }

  private static DomainDraft domain(HostSettings settings) {
    DomainDraft draft = DomainDraft.withoutHosts();
    settings.accept(draft.host(HOST));
    return draft;
  }

  private interface HostSettings extends java.util.function.Consumer<HostDraft> {}

  private static Finding finding(HostSettings settings) {
    return domain(settings).worst(Check.CERTIFICATES);
  }

  @Test
  void matchingRecord_passesAndIsNamed() {
    Finding finding = finding(host -> host.tlsa(3, 1, 1, CURRENT.certificate()).shows(CURRENT));
    assertThat(finding.severity()).isEqualTo(Severity.PASS);
    assertThat(finding.evidence()).contains("3 1 1", "RFC 7671 §5.1", FIRST);
  }

  @Test
  void certificateReplacedTooEarly_isAFailureWithTheRecordToPublish() {
    Finding finding = finding(host -> host.tlsa(3, 1, 1, CURRENT.certificate()).shows(NEXT));
    assertThat(finding.severity()).isEqualTo(Severity.FAIL);
    assertThat(finding.remedy())
        .contains("former certificate", "two", "TTL", publish(NEXT.certificate()), "is yours");
  }

  @Test
  void recordToPublish_isOneThatTheOthersDoNotMakeVoid() {
    // RFC 7671 §9: 3 1 1 beside a stale 3 1 2 would mend nothing.
    HostSettings stale = host -> host.tlsa(3, 1, 2, CURRENT.certificate()).shows(NEXT);
    Matcher advised = Pattern.compile("IN TLSA ([0-9a-f ]+)").matcher(finding(stale).remedy());
    assertThat(advised.find()).isTrue();
    Finding mended =
        finding(
            host -> {
              stale.accept(host);
              host.tlsa(advised.group(1).strip());
            });
    assertThat(mended.severity()).as(mended.toString()).isEqualTo(Severity.PASS);
  }

  @Test
  void oneAddressWithTheOldKey_isNamed() {
    Finding finding =
        finding(host -> host.tlsa(3, 1, 1, NEXT.certificate()).at(FIRST, NEXT).at(SECOND, CURRENT));
    assertThat(finding.severity()).isEqualTo(Severity.FAIL);
    assertThat(finding.subject()).contains(SECOND).doesNotContain(FIRST);
    assertThat(finding.remedy())
        .contains("other addresses", "same certificate", publish(CURRENT.certificate()));
  }

  @Test
  void rsaCertificateWithoutARecordOfItsOwn_isFoundByAnRsaOffer() {
    TestIdentity rsa = ISSUER.issue(CertificateSpec.forNames(HOST).key(KeyType.RSA_2048));
    Finding finding =
        finding(
            host ->
                host.tlsa(3, 1, 1, CURRENT.certificate())
                    .shows(CURRENT)
                    .look(FIRST, HOST, CertificateKeys.RSA, HostDraft.tls(rsa)));
    assertThat(finding.severity()).isEqualTo(Severity.FAIL);
    assertThat(finding.evidence()).contains("RSA only");
    assertThat(finding.remedy())
        .contains("a record for the key of each", publish(rsa.certificate()));
  }

  @Test
  void rsaAndEcdsaWithARecordEach_pass() {
    TestIdentity rsa = ISSUER.issue(CertificateSpec.forNames(HOST).key(KeyType.RSA_2048));
    DomainDraft draft =
        domain(
            host ->
                host.tlsa(3, 1, 1, CURRENT.certificate())
                    .tlsa(3, 1, 1, rsa.certificate())
                    .shows(CURRENT)
                    .look(FIRST, HOST, CertificateKeys.RSA, HostDraft.tls(rsa)));
    assertThat(draft.worst(Check.CERTIFICATES).severity()).isEqualTo(Severity.PASS);
    assertThat(draft.worst(Check.RECORD_USE).severity()).isEqualTo(Severity.PASS);
  }

  @Test
  void offerThatTheServerHasNoKeyFor_isNoFault() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft
        .host(HOST)
        .tlsa(3, 1, 1, CURRENT.certificate())
        .shows(CURRENT)
        .look(FIRST, HOST, CertificateKeys.RSA, HostDraft.failed(Cause.TLS_HANDSHAKE));
    assertThat(draft.report().verdict()).isEqualTo(AuditVerdict.PASS);
    assertThat(draft.sender(SenderProfile.RFC_7672).obstacles()).isEmpty();
  }

  @Test
  void staleStrongerDigest_isToBeRemoved() {
    String stale =
        TlsaRecord.of(
                org.dane4j.tlsa.CertificateUsage.DANE_EE,
                org.dane4j.tlsa.Selector.SPKI,
                org.dane4j.tlsa.MatchingType.SHA2_512,
                CURRENT.certificate())
            .toString();
    Finding finding =
        finding(host -> host.tlsa(3, 1, 1, NEXT.certificate()).tlsa(stale).shows(NEXT));
    assertThat(finding.severity()).isEqualTo(Severity.FAIL);
    assertThat(finding.remedy()).contains("Remove the records", "RFC 7671 §9", stale);
  }

  @Test
  void anchorThatIsNotSent_asksForTheFullChain() {
    Finding finding = finding(host -> host.tlsa(2, 1, 1, ROOT.certificate()).shows(CURRENT));
    assertThat(finding.severity()).isEqualTo(Severity.FAIL);
    assertThat(finding.remedy())
        .contains("full chain", "RFC 7671 §5.2.2", publish(CURRENT.certificate()));
  }

  @Test
  void certificateForAnotherName_failsWithATrustAnchorOnly() {
    TestIdentity other = ISSUER.issue("other.test");
    Finding finding = finding(host -> host.tlsa(2, 1, 1, ISSUER.certificate()).shows(other));
    assertThat(finding.severity()).isEqualTo(Severity.FAIL);
    assertThat(finding.remedy()).contains("issued for mx.d.test or d.test", "DANE-EE");
    assertThat(finding(host -> host.tlsa(3, 1, 1, other.certificate()).shows(other)).severity())
        .isEqualTo(Severity.PASS);
  }

  @Test
  void expiredCertificate_failsWithATrustAnchorOnly() {
    TestIdentity expired = ISSUER.issue(CertificateSpec.forNames(HOST).expired());
    Finding finding = finding(host -> host.tlsa(2, 1, 1, ISSUER.certificate()).shows(expired));
    assertThat(finding.severity()).isEqualTo(Severity.FAIL);
    assertThat(finding.remedy()).contains("Renew the certificate", "DANE-EE");
    DomainDraft endEntity =
        domain(host -> host.tlsa(3, 1, 1, expired.certificate()).shows(expired));
    assertThat(endEntity.worst(Check.CERTIFICATES).severity()).isEqualTo(Severity.PASS);
    assertThat(endEntity.worst(Check.CERTIFICATE_DATES).severity()).isEqualTo(Severity.WARN);
    assertThat(endEntity.worst(Check.CERTIFICATE_DATES).remedy()).contains("5.7.322");
  }

  @Test
  void certificateThatExpiresSoon_isAWarningWithATrustAnchorAndNewsWithout() {
    TestIdentity short1 =
        ISSUER.issue(
            CertificateSpec.forNames(HOST).validity(Duration.ofDays(-80), Duration.ofDays(10)));
    assertThat(
            domain(host -> host.tlsa(2, 1, 1, ISSUER.certificate()).shows(short1))
                .worst(Check.CERTIFICATE_DATES))
        .satisfies(
            finding -> assertThat(finding.severity()).isEqualTo(Severity.WARN),
            finding -> assertThat(finding.evidence()).contains("within 14 day(s)", "expire"),
            finding -> assertThat(finding.remedy()).contains(publish(short1.certificate())));
    DomainDraft endEntity = domain(host -> host.tlsa(3, 1, 1, short1.certificate()).shows(short1));
    assertThat(endEntity.worst(Check.CERTIFICATE_DATES).severity()).isEqualTo(Severity.INFO);
  }

  @Test
  void lookingLessFarAhead_findsNoExpiry() {
    TestIdentity short1 =
        ISSUER.issue(
            CertificateSpec.forNames(HOST).validity(Duration.ofDays(-80), Duration.ofDays(10)));
    DomainDraft draft = domain(host -> host.tlsa(2, 1, 1, ISSUER.certificate()).shows(short1));
    AuditSettings settings = AuditSettings.DEFAULT.withCertificateLife(Duration.ofDays(5));
    assertThat(AuditReport.of(draft.facts(), settings).findings())
        .filteredOn(finding -> finding.check() == Check.CERTIFICATE_DATES)
        .extracting(Finding::severity)
        .containsExactly(Severity.PASS);
  }

  @Test
  void anotherCertificateWithoutSni_isAWarning() {
    Finding finding =
        finding(
            host ->
                host.tlsa(3, 1, 1, CURRENT.certificate())
                    .look(HostDraft.tls(CURRENT))
                    .look(FIRST, "", CertificateKeys.ANY, HostDraft.tls(NEXT)));
    assertThat(finding.severity()).isEqualTo(Severity.WARN);
    assertThat(finding.remedy()).contains("SNI", "RFC 7672 §8.1");
  }

  @Test
  void mismatchWhereTheMxRecordIsInsecure_isAWarning() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft.host(HOST).tlsa(3, 1, 1, CURRENT.certificate()).shows(NEXT);
    draft.insecureMx();
    assertThat(draft.worst(Check.CERTIFICATES).severity()).isEqualTo(Severity.WARN);
    assertThat(draft.report().verdict()).isEqualTo(AuditVerdict.INSECURE);
  }

  @Test
  void certificateThatIsNone_isAFailureAndNoException() {
    Finding finding =
        finding(
            host ->
                host.tlsa(3, 1, 1, CURRENT.certificate())
                    .look(
                        HostDraft.tls(
                            "TLSv1.3",
                            java.util.List.of(org.dane4j.tlsa.Octets.ofHex("3003020100")))));
    assertThat(finding.severity()).isEqualTo(Severity.FAIL);
    assertThat(finding.remedy()).doesNotContain("publish: ");
  }

  @Test
  void forgottenDigest_isToBeRemoved_andNoRecordOfAnotherUsage() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft
        .host(HOST)
        .tlsa(3, 1, 1, CURRENT.certificate())
        .tlsa(3, 1, 2, NEXT.certificate())
        .tlsa(2, 1, 2, DomainDraft.ROOT.certificate())
        .shows(CURRENT);
    String remedy = draft.worst(Check.CERTIFICATES).remedy();
    assertThat(remedy).contains("3 1 2 ").doesNotContain("2 1 2 ").doesNotContain("publish:");
  }
}
