// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.match.Matches.MX;
import static org.dane4j.match.Matches.match;
import static org.dane4j.match.Matches.matched;
import static org.dane4j.match.Matches.records;

import java.util.List;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.dane4j.tlsa.Usability;
import org.dane4j.tlsa.Usability.Reason;
import org.junit.jupiter.api.Test;

class RecordUsabilityTest {

  private static final String SHA256 = "ab".repeat(32);
  private static final String SHA512 = "cd".repeat(64);

  private final Minted server = CertificateMint.server(MX).mint();

  @Test
  void theEightKindsForSmtpAreUsable() {
    for (int usage = 2; usage <= 3; usage++) {
      for (int selector = 0; selector <= 1; selector++) {
        for (int matchingType = 0; matchingType <= 2; matchingType++) {
          assertThat(usability(server.tlsa(usage, selector, matchingType)))
              .isEqualTo(new Usability.Usable());
        }
      }
    }
  }

  // RFC 7672 §3.1.3
  @Test
  void pkixUsagesAreUnusableEvenIfTheyWouldMatch() {
    assertThat(reason(server.tlsa(0, 0, 1))).isEqualTo(Reason.CERTIFICATE_USAGE);
    assertThat(reason(server.tlsa(1, 1, 1))).isEqualTo(Reason.CERTIFICATE_USAGE);
    assertThat(match(server.tlsa(1, 1, 1), server)).isInstanceOf(MatchResult.NoUsableRecord.class);
  }

  // RFC 6698 §4.1
  @Test
  void unknownAndPrivateParametersAreUnusable() {
    assertThat(reason("4 1 1 " + SHA256)).isEqualTo(Reason.CERTIFICATE_USAGE);
    assertThat(reason("255 1 1 " + SHA256)).isEqualTo(Reason.CERTIFICATE_USAGE);
    assertThat(reason("3 2 1 " + SHA256)).isEqualTo(Reason.SELECTOR);
    assertThat(reason("3 255 1 " + SHA256)).isEqualTo(Reason.SELECTOR);
    assertThat(reason("3 1 3 " + SHA256)).isEqualTo(Reason.MATCHING_TYPE);
    assertThat(reason("3 1 255 " + SHA256)).isEqualTo(Reason.MATCHING_TYPE);
  }

  @Test
  void recordsWithoutDataAreUnusable() {
    assertThat(reason("3 1 1")).isEqualTo(Reason.NO_ASSOCIATION_DATA);
    assertThat(reason("2 0 0")).isEqualTo(Reason.NO_ASSOCIATION_DATA);
  }

  // RFC 7671 §9
  @Test
  void digestsOfAnotherLengthAreUnusable() {
    assertThat(reason("3 1 1 " + SHA256 + "00")).isEqualTo(Reason.DIGEST_LENGTH);
    assertThat(reason("3 1 1 " + SHA256.substring(2))).isEqualTo(Reason.DIGEST_LENGTH);
    assertThat(reason("3 1 1 " + SHA512)).isEqualTo(Reason.DIGEST_LENGTH);
    assertThat(reason("3 1 2 " + SHA256)).isEqualTo(Reason.DIGEST_LENGTH);
    assertThat(reason("2 0 2 " + SHA256)).isEqualTo(Reason.DIGEST_LENGTH);
  }

  // RFC 6698 §2.1.4, §4.1
  @Test
  void fullDataThatAreNotOneCertificateOrKeyAreUnusable() {
    TlsaRecord certificate = server.tlsa(2, 0, 0);
    TlsaRecord key = server.tlsa(2, 1, 0);
    assertThat(reason(certificate + "00")).isEqualTo(Reason.MALFORMED_ASSOCIATION_DATA);
    assertThat(reason(key + "00")).isEqualTo(Reason.MALFORMED_ASSOCIATION_DATA);
    assertThat(reason("2 0 0 " + key.associationData()))
        .isEqualTo(Reason.MALFORMED_ASSOCIATION_DATA);
    assertThat(reason("2 1 0 " + certificate.associationData()))
        .isEqualTo(Reason.MALFORMED_ASSOCIATION_DATA);
    assertThat(reason("3 1 0 " + SHA256)).isEqualTo(Reason.MALFORMED_ASSOCIATION_DATA);
  }

  // RFC 6698 §4.1: too weak for the client's policy
  @Test
  void fullDataWithAWeakKeyAreUnusable() {
    Minted weak = CertificateMint.server(MX).keys(CertificateMint.keys("RSA", 512)).mint();
    assertThat(reason(weak.tlsa(3, 1, 0))).isEqualTo(Reason.WEAK_ALGORITHM);
    assertThat(reason(weak.tlsa(2, 0, 0))).isEqualTo(Reason.WEAK_ALGORITHM);
  }

  @Test
  void explanationsSayWhatIsWrongAndWhatToPublish() {
    assertThat(explanation("1 1 1 " + SHA256)).contains("not for SMTP", "publish 3 1 1");
    assertThat(explanation("77 1 1 " + SHA256)).contains("unassigned(77) is not known");
    assertThat(explanation("3 1 0 " + SHA256)).contains("DER of one SubjectPublicKeyInfo");
    assertThat(explanation("3 0 0 " + SHA256)).contains("DER of one certificate");
    assertThat(explanation("3 1 2 " + SHA256)).contains("64 octets, not 32");
  }

  private static String explanation(String record) {
    return ((Usability.Unusable) usability(TlsaRecord.parse(record))).explanation();
  }

  @Test
  void unusableRecordsBesideUsableOnesAreIgnored() {
    MatchResult.Matched matched =
        matched(
            match(
                records(
                    TlsaRecord.parse("1 1 1 " + SHA256),
                    server.tlsa(3, 1, 1),
                    TlsaRecord.parse("3 1 9 " + SHA256)),
                server));
    assertThat(matched.outcomes())
        .hasExactlyElementsOfTypes(
            RecordOutcome.Unusable.class,
            RecordOutcome.Accepted.class,
            RecordOutcome.Unusable.class);
  }

  // RFC 7672 §2.2: not as if there were none
  @Test
  void nothingButUnusableRecordsIsAResultOfItsOwn() {
    TlsaRrset rrset =
        TlsaRrset.ofRdata(
            TlsaOwnerName.smtp(MX),
            List.of(Octets.ofHex("0301"), TlsaRecord.parse("0 0 1 " + SHA256).toRdata()));
    MatchResult result = Matches.match(TlsaMatcher.forSmtp(), rrset, Matches.chain(server));
    assertThat(result).isInstanceOf(MatchResult.NoUsableRecord.class);
    assertThat(((MatchResult.NoUsableRecord) result).tlsrptResultType())
        .hasToString("tlsa-invalid");
    assertThat(result.explanation())
        .contains("PKIX-TA(0)", "RFC 7672 §3.1.3", "RDATA \"0301\"", "IN TLSA 3 1 1 ");
  }

  private static Usability usability(TlsaRecord record) {
    return TlsaMatcher.forSmtp().usability(record);
  }

  private static Reason reason(TlsaRecord record) {
    assertThat(usability(record)).isInstanceOf(Usability.Unusable.class);
    return ((Usability.Unusable) usability(record)).reason();
  }

  private static Reason reason(String record) {
    return reason(TlsaRecord.parse(record));
  }
}
