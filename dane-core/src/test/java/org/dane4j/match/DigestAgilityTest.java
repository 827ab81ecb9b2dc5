// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.match.Matches.MX;
import static org.dane4j.match.Matches.chain;
import static org.dane4j.match.Matches.match;
import static org.dane4j.match.Matches.matched;
import static org.dane4j.match.Matches.mismatch;
import static org.dane4j.match.Matches.records;
import static org.dane4j.match.Matches.rrset;

import java.security.MessageDigest;
import java.util.List;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.dane4j.tlsa.MatchingType;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.junit.jupiter.api.Test;

/** RFC 7671 §9. */
class DigestAgilityTest {

  private static final TlsaRecord BAD_SHA256 = TlsaRecord.parse("3 1 1 " + "ab".repeat(32));
  private static final TlsaRecord BAD_SHA512 = TlsaRecord.parse("3 1 2 " + "ab".repeat(64));

  private final Minted ca = CertificateMint.ca("CA").mint();
  private final Minted server = CertificateMint.server(MX).issuedBy(ca).mint();

  @Test
  void aWeakerDigestDoesNotCountBesideAStrongerOne() {
    MatchResult result = match(records(server.tlsa(3, 1, 1), BAD_SHA512), server, ca);
    AssociationMismatch.ShadowedMatch shadowed =
        mismatch(AssociationMismatch.ShadowedMatch.class, result);
    assertThat(shadowed.stronger()).isEqualTo(MatchingType.SHA2_512);
    assertThat(shadowed.certificate()).isEqualTo(Matches.certificate(server));
    assertThat(shadowed.explanation()).contains("SHA2-512(2)", "RFC 7671 §9", "update or remove");
  }

  @Test
  void aWeakerDigestThatWouldNotMatchEitherGetsNoHint() {
    MatchResult result = match(records(BAD_SHA256, BAD_SHA512), server, ca);
    assertThat(result.outcomes().get(0))
        .isEqualTo(
            new RecordOutcome.Refused(
                BAD_SHA256, new AssociationMismatch.Shadowed(MatchingType.SHA2_512)));
    mismatch(AssociationMismatch.DataDiffers.class, result);
  }

  @Test
  void aStrongerDigestCountsBesideAWeakerOne() {
    MatchResult.Matched matched =
        matched(match(records(BAD_SHA256, server.tlsa(3, 1, 2)), server, ca));
    assertThat(matched.outcomes().get(0))
        .isEqualTo(
            new RecordOutcome.Refused(
                BAD_SHA256, new AssociationMismatch.Shadowed(MatchingType.SHA2_512)));
  }

  @Test
  void fullDataAreNeverShadowedAndNeverShadow() {
    matched(match(records(BAD_SHA256, BAD_SHA512, server.tlsa(3, 1, 0)), server, ca));
    Minted other = CertificateMint.server(MX).mint();
    matched(match(records(other.tlsa(3, 1, 0), server.tlsa(3, 1, 1)), server, ca));
  }

  @Test
  void eachUsageAndSelectorIsSeparate() {
    TlsaRecord badCertificate = TlsaRecord.parse("3 0 2 " + "ab".repeat(64));
    matched(match(records(server.tlsa(3, 1, 1), badCertificate), server, ca));
    TlsaRecord badAnchor = TlsaRecord.parse("2 1 2 " + "ab".repeat(64));
    matched(match(records(server.tlsa(3, 1, 1), badAnchor), server, ca));
    mismatch(
        AssociationMismatch.ShadowedMatch.class,
        match(records(ca.tlsa(2, 1, 1), badAnchor), server, ca));
  }

  @Test
  void unusableRecordsAreDiscardedFirst() {
    TlsaRecord shortSha512 = TlsaRecord.parse("3 1 2 " + "ab".repeat(32));
    matched(match(records(server.tlsa(3, 1, 1), shortSha512), server, ca));
    TlsaRecord emptySha512 = TlsaRecord.parse("3 1 2");
    matched(match(records(emptySha512, server.tlsa(3, 1, 1)), server, ca));
    TlsaRecord pkixSha512 = TlsaRecord.parse("1 1 2 " + "ab".repeat(64));
    matched(match(records(pkixSha512, server.tlsa(3, 1, 1)), server, ca));
  }

  // RFC 7671 §9: "after first discarding any unusable or malformed records"
  @Test
  void aMalformedStrongerRecordDoesNotShadowAWeakerOne() {
    for (String malformed : List.of("", "ab".repeat(63), "ab".repeat(65))) {
      TlsaRecord anchor = TlsaRecord.parse("2 1 2 " + malformed);
      matched(match(records(anchor, ca.tlsa(2, 1, 1)), server, ca));
      TlsaRecord leaf = TlsaRecord.parse("3 0 2 " + malformed);
      matched(match(records(leaf, server.tlsa(3, 0, 1)), server, ca));
    }
    TlsaRrset cutOff =
        TlsaRrset.ofRdata(
            TlsaOwnerName.smtp(MX),
            List.of(Octets.ofHex("030102"), Octets.ofHex("0301"), server.tlsa(3, 1, 1).toRdata()));
    matched(Matches.match(TlsaMatcher.forSmtp(), cutOff, chain(server)));
  }

  @Test
  void aRecordWithAnUnknownSelectorShadowsNothing() {
    TlsaRecord unknown = TlsaRecord.parse("3 7 2 " + "ab".repeat(64));
    matched(match(records(unknown, server.tlsa(3, 1, 1)), server, ca));
  }

  // The four usages are four, also where all of them count.
  @Test
  void pkixUsagesNeitherShadowNorAreShadowedByTheirDaneCounterparts() {
    TlsaMatcher tls = TlsaMatcher.forTls(PkixAnchors.of(ca.certificate()));
    TlsaRecord badPkixEe = TlsaRecord.parse("1 1 2 " + "ab".repeat(64));
    TlsaRecord badPkixTa = TlsaRecord.parse("0 1 2 " + "ab".repeat(64));
    for (TlsaRecord good : List.of(server.tlsa(3, 1, 1), ca.tlsa(2, 1, 1))) {
      matched(Matches.match(tls, rrset(badPkixEe, badPkixTa, good), chain(server, ca)));
    }
    for (TlsaRecord shadowed : List.of(server.tlsa(1, 1, 1), ca.tlsa(0, 1, 1))) {
      mismatch(
          AssociationMismatch.ShadowedMatch.class,
          Matches.match(tls, rrset(badPkixEe, badPkixTa, shadowed), chain(server, ca)));
    }
  }

  @Test
  void theOrderIsConfigurable() {
    TlsaMatcher prefersSha256 =
        TlsaMatcher.forSmtp()
            .withDigestPreference(DigestAlgorithm.SHA2_256, DigestAlgorithm.SHA2_512);
    matched(
        Matches.match(prefersSha256, rrset(server.tlsa(3, 1, 1), BAD_SHA512), chain(server, ca)));
    mismatch(
        Matches.match(prefersSha256, rrset(BAD_SHA256, server.tlsa(3, 1, 2)), chain(server, ca)));
  }

  @Test
  void matchingTypesToComeCanBeMapped() throws Exception {
    DigestAlgorithm sha3 = DigestAlgorithm.of(new MatchingType(3), "SHA3-256");
    TlsaMatcher knowsSha3 =
        TlsaMatcher.forSmtp()
            .withDigestPreference(sha3, DigestAlgorithm.SHA2_512, DigestAlgorithm.SHA2_256);
    byte[] key = server.keys().getPublic().getEncoded();
    TlsaRecord record =
        TlsaRecord.parse("3 1 3 " + Octets.of(MessageDigest.getInstance("SHA3-256").digest(key)));
    matched(Matches.match(knowsSha3, rrset(BAD_SHA512, record), chain(server)));
    assertThat(match(record, server)).isInstanceOf(MatchResult.NoUsableRecord.class);
  }
}
