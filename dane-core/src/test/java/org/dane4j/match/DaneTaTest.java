// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.match.Matches.MX;
import static org.dane4j.match.Matches.certificate;
import static org.dane4j.match.Matches.match;
import static org.dane4j.match.Matches.matched;
import static org.dane4j.match.Matches.mismatch;
import static org.dane4j.match.Matches.records;

import java.util.List;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.dane4j.internal.DerSlice;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaRecord;
import org.junit.jupiter.api.Test;

/** RFC 7671 §5.2, RFC 7672 §3.1.2: which certificate is the trust anchor, and how to get to it. */
class DaneTaTest {

  private final Minted root = CertificateMint.ca("Root").mint();
  private final Minted intermediate = CertificateMint.ca("Intermediate").issuedBy(root).mint();
  private final Minted server = CertificateMint.server(MX).issuedBy(intermediate).mint();
  private final Minted stranger = CertificateMint.ca("Stranger").mint();

  @Test
  void everySelectorAndMatchingTypeMatchesTheRoot() {
    for (int selector = 0; selector <= 1; selector++) {
      for (int matchingType = 0; matchingType <= 2; matchingType++) {
        MatchResult.Matched matched =
            matched(match(root.tlsa(2, selector, matchingType), server, intermediate, root));
        assertThat(matched.authentication())
            .isEqualTo(
                new Authentication.ByTrustAnchor(
                    List.of(certificate(server), certificate(intermediate), certificate(root)),
                    new MatchedName(MX, MX)));
        assertThat(matched.authentication().depth()).isEqualTo(2);
        assertThat(matched.authentication().certificate()).isEqualTo(certificate(root));
      }
    }
  }

  @Test
  void anIntermediateMayBeTheAnchorAndItsIssuersDoNotMatter() {
    assertThat(depth(match(intermediate.tlsa(2, 1, 1), server, intermediate))).isOne();
    assertThat(depth(match(intermediate.tlsa(2, 0, 1), server, intermediate, stranger))).isOne();
  }

  @Test
  void theOrderInWhichIssuersWereSentDoesNotMatter() {
    assertThat(depth(match(root.tlsa(2, 0, 1), server, root, intermediate))).isEqualTo(2);
    assertThat(depth(match(root.tlsa(2, 0, 1), server, stranger, root, stranger, intermediate)))
        .isEqualTo(2);
  }

  // RFC 7671 §5.2.2, §5.2.3: neither needs the anchor on the wire, and nothing else may get in the
  // way.
  @Test
  void anAnchorInFullIsFoundFromAnUnorderedAndPaddedChain() {
    Minted lower = CertificateMint.ca("Lower").issuedBy(intermediate).mint();
    Minted leaf = CertificateMint.server(MX).issuedBy(lower).mint();
    Minted[] padded = {leaf, stranger, intermediate, leaf, stranger, lower, intermediate, server};
    assertThat(depth(match(root.tlsa(2, 0, 0), padded))).isEqualTo(3);
    assertThat(depth(match(root.tlsa(2, 1, 0), padded))).isEqualTo(2);
    assertThat(depth(match(intermediate.tlsa(2, 0, 1), padded))).isEqualTo(2);
    assertThat(depth(match(lower.tlsa(2, 1, 2), padded))).isOne();
  }

  // RFC 7671 §5.2.3: "and has not expired", "provided the rest of the chain passes validation"
  @Test
  void aKeyInFullExcusesNothingElse() {
    Minted old =
        CertificateMint.server(MX)
            .issuedBy(root)
            .valid(CertificateMint.NOT_BEFORE, CertificateMint.NOW.minusSeconds(1))
            .mint();
    mismatch(CertificateMismatch.Expired.class, match(root.tlsa(2, 1, 0), old));
    Minted elsewhere = CertificateMint.server("elsewhere.example").issuedBy(root).mint();
    mismatch(NameMismatch.class, match(root.tlsa(2, 1, 0), elsewhere));
    Minted notCa = CertificateMint.server("ca.example").issuedBy(root).mint();
    Minted below = CertificateMint.server(MX).issuedBy(notCa).mint();
    mismatch(CertificateMismatch.NotCa.class, match(root.tlsa(2, 1, 0), below, notCa));
  }

  // RFC 6698 §2.1.1: a trust anchor is what issues.
  @Test
  void theLeafIsNeverATrustAnchor() {
    mismatch(
        AssociationMismatch.NoAnchorInChain.class,
        match(server.tlsa(2, 1, 1), server, intermediate, root));
    mismatch(AssociationMismatch.NoAnchorInChain.class, match(server.tlsa(2, 0, 0), server));
  }

  @Test
  void aSelfSignedLeafIsNoTrustAnchorHoweverOftenItIsSent() {
    Minted selfSigned = CertificateMint.ca("Self").dnsNames(MX).mint();
    mismatch(
        AssociationMismatch.NoAnchorInChain.class, match(selfSigned.tlsa(2, 1, 1), selfSigned));
    mismatch(
        AssociationMismatch.NoAnchorInChain.class,
        match(selfSigned.tlsa(2, 0, 1), selfSigned, selfSigned));
  }

  @Test
  void anAnchorAppendedToAForeignLeafIsNoMatch() {
    TrustPathMismatch.NoPath noPath =
        mismatch(
            TrustPathMismatch.NoPath.class,
            match(stranger.tlsa(2, 1, 1), server, intermediate, root, stranger));
    assertThat(noPath.leaf()).isEqualTo(certificate(server));
    assertThat(noPath.anchor()).isEqualTo(certificate(stranger));
    assertThat(noPath.tlsrptResultType()).hasToString("certificate-not-trusted");
  }

  @Test
  void anAnchorWithTheIssuersNameAndAnotherKeyIsNoMatch() {
    Minted impostor = CertificateMint.ca("Intermediate").mint();
    TrustPathMismatch.BadSignature bad =
        mismatch(
            TrustPathMismatch.BadSignature.class, match(impostor.tlsa(2, 0, 1), server, impostor));
    assertThat(bad.certificate()).isEqualTo(certificate(server));
    assertThat(bad.issuer()).isEqualTo(certificate(impostor));
  }

  @Test
  void aForgedIntermediateDoesNotLeadToTheAnchor() {
    Minted forged = CertificateMint.ca("Forged").claimingIssuer("CN=Root").mint();
    Minted victim = CertificateMint.server(MX).issuedBy(forged).mint();
    mismatch(TrustPathMismatch.BadSignature.class, match(root.tlsa(2, 1, 1), victim, forged, root));
  }

  @Test
  void aLeafWithTheAnchorsNameButNotItsSignatureIsNoMatch() {
    Minted forged = CertificateMint.server(MX).claimingIssuer("CN=Root").mint();
    mismatch(TrustPathMismatch.BadSignature.class, match(root.tlsa(2, 1, 1), forged, root));
  }

  // RFC 7671 §5.2.2
  @Test
  void aDigestOfAnAnchorThatWasNotSentIsNoMatch() {
    AssociationMismatch.NoAnchorInChain mismatch =
        mismatch(
            AssociationMismatch.NoAnchorInChain.class,
            match(root.tlsa(2, 0, 1), server, intermediate));
    assertThat(mismatch.published()).isEqualTo(root.tlsa(2, 0, 1).associationData());
    assertThat(mismatch.presented()).containsExactly(intermediate.tlsa(2, 0, 1).associationData());
    assertThat(mismatch.explanation()).contains("full chain", "RFC 7671 §5.2.2");
  }

  @Test
  void whatWasSentIsToldApartFromWhatWasPublished() {
    PeerChain chain =
        PeerChain.ofDer(List.of(server.der(), Octets.ofHex("3000"), intermediate.der()));
    TlsaRecord digest = stranger.tlsa(2, 1, 1);
    MatchResult result =
        Matches.match(
            TlsaMatcher.forSmtp(), Matches.rrset(digest, root.tlsa(2, 0, 1), badFull()), chain);
    assertThat(result.outcomes().get(0))
        .isEqualTo(
            new RecordOutcome.Refused(
                digest,
                new AssociationMismatch.NoAnchorInChain(
                    digest.associationData(),
                    List.of(intermediate.tlsa(2, 1, 1).associationData()))));
  }

  private static TlsaRecord badFull() {
    return CertificateMint.ca("Elsewhere").mint().tlsa(2, 0, 0);
  }

  // RFC 7671 §5.2.2: the one kind that MUST work without
  @Test
  void anAnchorPublishedInFullNeedNotBeSent() {
    assertThat(depth(match(root.tlsa(2, 0, 0), server, intermediate))).isEqualTo(2);
    assertThat(depth(match(intermediate.tlsa(2, 0, 0), server))).isOne();
    mismatch(TrustPathMismatch.NoPath.class, match(stranger.tlsa(2, 0, 0), server, intermediate));
  }

  @Test
  void anAnchorPublishedInFullMayLeadOnToAnother() {
    MatchResult result =
        match(
            records(root.tlsa(2, 0, 1), expiredTwin().tlsa(2, 0, 0), intermediate.tlsa(2, 0, 0)),
            server,
            root);
    matched(result);
  }

  private Minted expiredTwin() {
    return CertificateMint.ca("Intermediate")
        .issuedBy(root)
        .keys(intermediate.keys())
        .valid(CertificateMint.NOT_BEFORE.minusSeconds(9), CertificateMint.NOT_BEFORE)
        .mint();
  }

  // RFC 7671 §5.2.3
  @Test
  void aKeyPublishedInFullMayVerifyTheTopmostCertificate() {
    MatchResult.Matched matched = matched(match(root.tlsa(2, 1, 0), server, intermediate));
    assertThat(matched.authentication())
        .isEqualTo(
            new Authentication.ByTrustAnchorKey(
                List.of(certificate(server), certificate(intermediate)), new MatchedName(MX, MX)));
    assertThat(matched.authentication().depth()).isOne();
    assertThat(depth(match(intermediate.tlsa(2, 1, 0), server))).isZero();
  }

  @Test
  void aKeyThatWasSentInACertificateIsThatCertificates() {
    assertThat(matched(match(root.tlsa(2, 1, 0), server, intermediate, root)).authentication())
        .isInstanceOf(Authentication.ByTrustAnchor.class);
  }

  // RFC 7671 §5.2.3: only if none of the certificates has the key
  @Test
  void aKeyDoesNotGetAroundTheConstraintsOfItsCertificate() {
    Minted narrow = CertificateMint.ca("Narrow").pathLength(0).mint();
    Minted below = CertificateMint.ca("Below").issuedBy(narrow).mint();
    Minted leaf = CertificateMint.server(MX).issuedBy(below).mint();
    mismatch(
        CertificateMismatch.PathLengthExceeded.class,
        match(narrow.tlsa(2, 1, 0), leaf, below, narrow));
    matched(match(narrow.tlsa(2, 1, 0), leaf, below));
  }

  @Test
  void aKeyThatSignedNothingIsNoMatch() {
    mismatch(
        AssociationMismatch.NoAnchorInChain.class,
        match(stranger.tlsa(2, 1, 0), server, intermediate, root));
  }

  @Test
  void theKeyOfASelfSignedLeafVerifiesItsTopmostCertificate() {
    Minted selfSigned = CertificateMint.server(MX).mint();
    assertThat(depth(match(selfSigned.tlsa(2, 1, 0), selfSigned))).isZero();
  }

  @Test
  void aCrossSignedIntermediateIsFollowedToEitherRoot() {
    Minted otherRoot = CertificateMint.ca("Other Root").mint();
    Minted cross =
        CertificateMint.ca("Intermediate").issuedBy(otherRoot).keys(intermediate.keys()).mint();
    for (Minted anchor : List.of(root, otherRoot)) {
      assertThat(depth(match(anchor.tlsa(2, 0, 1), server, intermediate, cross, root, otherRoot)))
          .isEqualTo(2);
    }
  }

  @Test
  void namesOfIssuersAreComparedWithoutRegardToCaseAndSpace() {
    Minted shouting = CertificateMint.server(MX).issuedBy(root).claimingIssuer("CN=  ROOT ").mint();
    assertThat(depth(match(root.tlsa(2, 0, 1), shouting, root))).isOne();
  }

  @Test
  void certificatesInALoopAreNotFollowedForEver() {
    Minted a = CertificateMint.ca("A").claimingIssuer("CN=B").mint();
    Minted b = CertificateMint.ca("B").issuedBy(a).mint();
    Minted aByB = CertificateMint.ca("A").issuedBy(b).keys(a.keys()).mint();
    Minted leaf = CertificateMint.server(MX).issuedBy(aByB).mint();
    mismatch(TrustPathMismatch.class, match(stranger.tlsa(2, 0, 1), leaf, a, aByB, b, stranger));
  }

  @Test
  void junkBetweenTheIssuersIsPassedOver() {
    PeerChain chain =
        PeerChain.ofDer(
            List.of(
                server.der(), Octets.ofHex("30"), intermediate.der(), server.der(), root.der()));
    matched(Matches.match(TlsaMatcher.forSmtp(), Matches.rrset(root.tlsa(2, 0, 1)), chain));
  }

  @Test
  void anAnchorThatCannotBeReadIsNoMatch() {
    Octets junk = Octets.ofHex("300404020000");
    TlsaRecord record = TlsaRecord.parse("2 0 1 " + DigestAlgorithm.SHA2_256.digest(slice(junk)));
    PeerChain chain = PeerChain.ofDer(List.of(server.der(), junk));
    CertificateMismatch.Malformed mismatch =
        mismatch(
            CertificateMismatch.Malformed.class,
            Matches.match(TlsaMatcher.forSmtp(), Matches.rrset(record), chain));
    assertThat(mismatch.certificate().der()).isEqualTo(junk);
  }

  private static DerSlice slice(Octets octets) {
    return DerSlice.owning(octets.toByteArray());
  }

  private static int depth(MatchResult result) {
    return matched(result).authentication().depth();
  }
}
