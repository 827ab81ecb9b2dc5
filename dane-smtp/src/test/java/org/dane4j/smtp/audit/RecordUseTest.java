// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.smtp.audit.DomainDraft.CURRENT;
import static org.dane4j.smtp.audit.DomainDraft.HOST;
import static org.dane4j.smtp.audit.DomainDraft.ISSUER;
import static org.dane4j.smtp.audit.DomainDraft.NEXT;
import static org.dane4j.smtp.audit.DomainDraft.ROOT;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import org.dane4j.tlsa.TlsaRecord;
import org.junit.jupiter.api.Test;

/** What records that match nothing were made of. */
class RecordUseTest {

  private static Finding finding(String... records) {
    DomainDraft draft = DomainDraft.withoutHosts();
    HostDraft host = draft.host(HOST).shows(CURRENT);
    for (String record : records) {
      host.tlsa(record);
    }
    return draft.worst(Check.RECORD_USE);
  }

  private static String sha256(byte[] octets) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static String pem(String label, byte[] der, String end) {
    return "-----BEGIN %s-----%s".formatted(label, end)
        + Base64.getMimeEncoder(64, end.getBytes(StandardCharsets.US_ASCII)).encodeToString(der)
        + "%s-----END %s-----%s".formatted(end, label, end);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] certificate() {
    return HostDraft.der(CURRENT.certificate()).toByteArray();
  }

  @Test
  void recordOfTheKeyToCome_isNews() {
    Finding finding =
        finding(
            TlsaRecord.daneEe(CURRENT.certificate()).toString(),
            TlsaRecord.daneEe(NEXT.certificate()).toString());
    assertThat(finding.severity()).isEqualTo(Severity.INFO);
    assertThat(finding.remedy()).contains("Keep it if its key is to come");
  }

  @Test
  void digestOfTheCertificatesFile_isKnown() {
    Finding finding = finding("3 0 1 " + sha256(ascii(pem("CERTIFICATE", certificate(), "\n"))));
    assertThat(finding.severity()).isEqualTo(Severity.WARN);
    assertThat(finding.remedy())
        .contains(
            "file of the certificate (PEM)",
            "DER",
            "IN TLSA " + TlsaRecord.daneEe(CURRENT.certificate()));
  }

  @Test
  void digestOfTheFileOfTheKey_isKnownWithAnyEndOfLine() {
    byte[] key = CURRENT.certificate().getPublicKey().getEncoded();
    assertThat(finding("3 1 1 " + sha256(ascii(pem("PUBLIC KEY", key, "\r\n")))).remedy())
        .contains("file of the key (PEM, with CR LF)");
    assertThat(finding("3 1 1 " + sha256(ascii(pem("PUBLIC KEY", key, "\n").strip()))).remedy())
        .contains("file of the key (PEM, without the last line's end)");
  }

  @Test
  void digestOfTheCertificateWithTheSelectorOfKeys_isKnown() {
    assertThat(finding("3 1 1 " + sha256(certificate())).remedy())
        .contains("those of the certificate", "Selector 0 is for a certificate");
  }

  @Test
  void digestOfTheKeyWithTheSelectorOfCertificates_isKnown() {
    byte[] key = CURRENT.certificate().getPublicKey().getEncoded();
    assertThat(finding("3 0 1 " + sha256(key)).remedy())
        .contains("those of the key", "selector 1 for its key");
  }

  @Test
  void serversOwnKeyAsATrustAnchor_isKnown() {
    String record = TlsaRecord.daneTa(CURRENT.certificate()).toString();
    Finding finding = finding(record);
    assertThat(finding.severity()).isEqualTo(Severity.WARN);
    assertThat(finding.remedy()).contains("never the server's own", "usage 3", "IN TLSA 3 1 1 ");
  }

  @Test
  void issuersKeyAsTheServersOwn_isKnown() {
    String record = TlsaRecord.daneEe(ISSUER.certificate()).toString();
    assertThat(finding(record).remedy()).contains("an issuer's", "usage 2 for an issuer's");
  }

  @Test
  void trustAnchorThatIsNotSentBesideAMatch_isAWarning() {
    Finding finding =
        finding(
            TlsaRecord.daneEe(CURRENT.certificate()).toString(),
            TlsaRecord.daneTa(ROOT.certificate()).toString());
    assertThat(finding.severity()).isEqualTo(Severity.WARN);
    assertThat(finding.remedy()).contains("full chain", "RFC 7671 §5.2.2");
  }

  @Test
  void recordOfSomethingUnknown_isHeldToTheCombinationRule() {
    Finding finding =
        finding(
            TlsaRecord.daneEe(CURRENT.certificate()).toString(),
            "3 0 1 " + sha256(ascii("something")));
    assertThat(finding.severity()).isEqualTo(Severity.WARN);
    assertThat(finding.remedy()).contains("RFC 7671 §8");
  }

  @Test
  void withoutASeenCertificate_nothingIsSaid() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft.host(HOST).tlsa(3, 1, 1, CURRENT.certificate()).look(HostDraft.plainText());
    assertThat(draft.findings(Check.RECORD_USE)).isEmpty();
  }

  @Test
  void recordThatIsThereAlready_isNotToBePublishedAgain() {
    Finding finding =
        finding(
            TlsaRecord.daneEe(CURRENT.certificate()).toString(),
            TlsaRecord.daneEe(NEXT.certificate()).toString());
    assertThat(finding.remedy()).doesNotContain("publish:");
  }
}
