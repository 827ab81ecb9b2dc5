// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.dane4j.match.Matches.MX;
import static org.dane4j.match.Matches.chain;
import static org.dane4j.match.Matches.match;
import static org.dane4j.match.Matches.matched;
import static org.dane4j.match.Matches.mismatch;
import static org.dane4j.match.Matches.rrset;

import java.util.List;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.dane4j.tlsa.MatchingType;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.junit.jupiter.api.Test;

class TlsaMatcherTest {

  private static final TlsaRecord STALE = TlsaRecord.parse("3 1 1 " + "ab".repeat(32));

  private final Minted ca = CertificateMint.ca("CA").mint();
  private final Minted server = CertificateMint.server(MX).issuedBy(ca).mint();
  private final Minted rsa =
      CertificateMint.server(MX).keys(CertificateMint.keys("RSA", 1024)).mint();

  @Test
  void minimumRsaBitsConcernsRsaKeysOnly() {
    matched(match(rsa.tlsa(3, 1, 1), rsa));
    TlsaMatcher strict = TlsaMatcher.forSmtp().withMinimumRsaBits(2048);
    CertificateMismatch.WeakKey weak =
        mismatch(
            CertificateMismatch.WeakKey.class,
            Matches.match(strict, rrset(rsa.tlsa(3, 1, 1)), chain(rsa)));
    assertThat(weak.minimum()).isEqualTo("RSA-2048");
    matched(Matches.match(strict, rrset(server.tlsa(3, 1, 1)), chain(server)));
  }

  @Test
  void minimumEcBitsConcernsEcKeysOnly() {
    TlsaMatcher strict = TlsaMatcher.forSmtp().withMinimumEcBits(384);
    CertificateMismatch.WeakKey weak =
        mismatch(
            CertificateMismatch.WeakKey.class,
            Matches.match(strict, rrset(server.tlsa(3, 1, 1)), chain(server)));
    assertThat(weak.minimum()).isEqualTo("EC-384");
    matched(Matches.match(strict, rrset(rsa.tlsa(3, 1, 1)), chain(rsa)));
    TlsaMatcher exact = TlsaMatcher.forSmtp().withMinimumEcBits(256);
    matched(Matches.match(exact, rrset(server.tlsa(3, 1, 1)), chain(server)));
  }

  @Test
  void settingsDoNotUndoOneAnother() {
    TlsaMatcher matcher =
        TlsaMatcher.forSmtp()
            .tryingEveryRecord()
            .withMinimumRsaBits(2048)
            .withMinimumEcBits(384)
            .allowingSha1Signatures()
            .withDigestPreference(DigestAlgorithm.SHA2_256);
    TlsaMatcher tls =
        TlsaMatcher.forTls(PkixAnchors.of(ca.certificate()))
            .checkingNamesWithDaneEe()
            .tryingEveryRecord()
            .withMinimumRsaBits(2048)
            .withDigestPreference(DigestAlgorithm.SHA2_256);
    assertThat(tls.usages().daneEeNames()).isTrue();
    assertThat(tls.stopsAtFirstMatch()).isFalse();
    assertThat(tls.checkingNamesWithDaneEe().strength().minimumRsaBits()).isEqualTo(2048);
    assertThat(tls.checkingNamesWithDaneEe().strongestFirst())
        .containsExactly(DigestAlgorithm.SHA2_256);
    assertThat(matcher.strength()).isEqualTo(new StrengthPolicy(2048, 384, true));
    assertThat(matcher.strongestFirst()).containsExactly(DigestAlgorithm.SHA2_256);
    assertThat(matcher.stopsAtFirstMatch()).isFalse();
    assertThat(TlsaMatcher.forSmtp().strength()).isEqualTo(new StrengthPolicy(1024, 224, false));
    assertThat(TlsaMatcher.forSmtp().strongestFirst())
        .containsExactly(DigestAlgorithm.SHA2_512, DigestAlgorithm.SHA2_256);
    assertThat(TlsaMatcher.forSmtp().stopsAtFirstMatch()).isTrue();
  }

  @Test
  void everyRecordMayBeTried() {
    TlsaRrset rrset = rrset(server.tlsa(3, 1, 1), ca.tlsa(2, 1, 1), STALE, ca.tlsa(2, 0, 1));
    MatchResult.Matched first =
        matched(Matches.match(TlsaMatcher.forSmtp(), rrset, chain(server, ca)));
    assertThat(first.outcomes())
        .hasExactlyElementsOfTypes(
            RecordOutcome.Accepted.class,
            RecordOutcome.NotTried.class,
            RecordOutcome.NotTried.class,
            RecordOutcome.NotTried.class);
    MatchResult.Matched all =
        matched(Matches.match(TlsaMatcher.forSmtp().tryingEveryRecord(), rrset, chain(server, ca)));
    assertThat(all.outcomes())
        .hasExactlyElementsOfTypes(
            RecordOutcome.Accepted.class,
            RecordOutcome.Accepted.class,
            RecordOutcome.Refused.class,
            RecordOutcome.Accepted.class);
    assertThat(all.record()).isEqualTo(server.tlsa(3, 1, 1));
  }

  @Test
  void outcomesAreInTheOrderOfTheRecords() {
    TlsaRecord unusable = TlsaRecord.parse("0 0 1 " + "ab".repeat(32));
    TlsaRrset rrset = rrset(ca.tlsa(2, 1, 1), unusable, STALE, server.tlsa(3, 0, 1));
    MatchResult result = Matches.match(TlsaMatcher.forSmtp(), rrset, chain(server, ca));
    assertThat(result.outcomes().stream().map(RecordOutcome::record))
        .containsExactlyElementsOf(rrset.records());
    assertThat(result.rrset()).isEqualTo(rrset);
  }

  @Test
  void nonsenseIsRefusedWithAdvice() {
    TlsaMatcher matcher = TlsaMatcher.forSmtp();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> matcher.withDigestPreference(DigestAlgorithm.SHA2_512))
        .withMessageContaining("SHA2_256 is mandatory");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                matcher.withDigestPreference(
                    DigestAlgorithm.SHA2_256, DigestAlgorithm.of(MatchingType.SHA2_256, "SHA-512")))
        .withMessageContaining("twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DigestAlgorithm.of(new MatchingType(3), "SHA-77"))
        .withMessageContaining("SHA-77");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DigestAlgorithm.of(MatchingType.FULL, "SHA-256"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DigestAlgorithm.of(MatchingType.PRIV_MATCH, "SHA-256"));
    assertThatIllegalArgumentException().isThrownBy(() -> matcher.withMinimumRsaBits(511));
    assertThat(matcher.withMinimumRsaBits(512).strength().minimumRsaBits()).isEqualTo(512);
    assertThatIllegalArgumentException().isThrownBy(() -> matcher.withMinimumEcBits(159));
    assertThat(matcher.withMinimumEcBits(160).strength().minimumEcBits()).isEqualTo(160);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PeerChain.ofDer(List.of()))
        .withMessageContaining("at least one");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ReferenceIdentifiers(List.of()))
        .withMessageContaining("TLSA base domain");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReferenceIdentifiers.of("mx.example.org", "bücher.example"))
        .withMessageContaining("A-labels");
  }

  @Test
  void referenceIdentifiersAreNormalizedAndOnce() {
    assertThat(ReferenceIdentifiers.of("MX.example.org.", "Example.org", "mx.example.org").names())
        .containsExactly("mx.example.org", "example.org");
    assertThat(ReferenceIdentifiers.of("mx.example.org", "example.org").tlsaBaseDomain())
        .isEqualTo("mx.example.org");
  }

  @Test
  void digestsAreValues() {
    assertThat(DigestAlgorithm.of(MatchingType.SHA2_256, "SHA-256"))
        .isEqualTo(DigestAlgorithm.SHA2_256)
        .hasSameHashCodeAs(DigestAlgorithm.SHA2_256)
        .hasToString("SHA2-256(1)=SHA-256");
    assertThat(DigestAlgorithm.SHA2_256).isNotEqualTo(DigestAlgorithm.SHA2_512);
    assertThat(DigestAlgorithm.SHA2_512.length()).isEqualTo(64);
  }
}
