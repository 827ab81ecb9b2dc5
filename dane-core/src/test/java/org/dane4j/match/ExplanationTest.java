// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.match.Matches.MX;
import static org.dane4j.match.Matches.match;
import static org.dane4j.match.Matches.matched;
import static org.dane4j.match.Matches.records;

import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.dane4j.tlsa.TlsaRecord;
import org.junit.jupiter.api.Test;

class ExplanationTest {

  private static final TlsaRecord STALE = TlsaRecord.parse("3 1 1 " + "ab".repeat(32));

  private final Minted ca = CertificateMint.ca("CA").mint();
  private final Minted server = CertificateMint.server(MX).issuedBy(ca).mint();

  @Test
  void aMatchNamesRecordCertificateAndRuleAndTheOtherRecords() {
    assertThat(match(records(STALE, server.tlsa(3, 1, 1)), server).explanation())
        .startsWith("mx.example.org is authenticated: its TLSA record 3 1 1 ")
        .contains(
            server.tlsa(3, 1, 1).toString(),
            "CN=mx.example.org",
            "RFC 7671 §5.1",
            "- " + STALE + " does not match");
    assertThat(match(ca.tlsa(2, 0, 1), server, ca).explanation())
        .contains("trust anchor CN=CA", "depth 1", "RFC 7671 §5.2");
    assertThat(match(ca.tlsa(2, 1, 0), server).explanation()).contains("RFC 7671 §5.2.3");
  }

  @Test
  void aMismatchSaysWhatToPublishIfTheKeyIsYours() {
    MatchResult result = match(STALE, server);
    assertThat(result.explanation())
        .startsWith("mx.example.org is not authenticated")
        .contains(
            "ab".repeat(32),
            server.tlsa(3, 1, 1).associationData().toHex(),
            "If the key of CN=mx.example.org",
            "is yours, publish: _25._tcp.mx.example.org. IN TLSA " + server.tlsa(3, 1, 1));
  }

  @Test
  void aSingleRecordIsSpokenOfOnce() {
    assertThat(match(server.tlsa(3, 1, 1), server).explanation().lines()).hasSize(1);
    assertThat(match(STALE, server).explanation().lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith(
            "mx.example.org is not authenticated (RFC 7672 §3.2): its TLSA record " + STALE);
  }

  @Test
  void theMostSpecificMismatchComesFirst() {
    Minted expired =
        CertificateMint.server(MX)
            .issuedBy(ca)
            .valid(CertificateMint.NOT_BEFORE, CertificateMint.NOW.minusSeconds(1))
            .mint();
    MatchResult result = match(records(STALE, ca.tlsa(2, 1, 1)), expired, ca);
    assertThat(Matches.mismatch(result)).isInstanceOf(CertificateMismatch.Expired.class);
    assertThat(result.explanation()).contains("What comes closest: the certificate");
  }

  @Test
  void dataInFullAreCutShort() {
    MatchResult result = match(records(ca.tlsa(2, 0, 0), STALE), server);
    assertThat(matched(result).explanation()).contains("octets)");
    assertThat(match(records(ca.tlsa(2, 0, 0)), CertificateMint.server(MX).mint()).explanation())
        .contains("2 0 0 30", "octets)");
  }
}
