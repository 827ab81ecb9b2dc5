// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.dane4j.match.Matches.MX;
import static org.dane4j.match.Matches.certificate;
import static org.dane4j.match.Matches.chain;
import static org.dane4j.match.Matches.matched;
import static org.dane4j.match.Matches.mismatch;
import static org.dane4j.match.Matches.rrset;

import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.dane4j.internal.DerSlice;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.Usability;
import org.junit.jupiter.api.Test;

/** RFC 6698 §2.1.1, RFC 7671 §5.3 and §5.4: the usages 0 and 1, outside SMTP. */
class PkixUsagesTest {

  private static final MatchedName NAME = new MatchedName(MX, MX);

  private final Minted root = CertificateMint.ca("Root").mint();
  private final Minted intermediate = CertificateMint.ca("Intermediate").issuedBy(root).mint();
  private final Minted server = CertificateMint.server(MX).issuedBy(intermediate).mint();
  private final Minted stranger = CertificateMint.ca("Stranger").mint();
  private final PkixAnchors anchors = anchors(stranger, root);

  @Test
  void everySelectorAndMatchingTypeMatchesTheLeafOrACa() {
    for (int selector = 0; selector <= 1; selector++) {
      for (int type = 0; type <= 2; type++) {
        List<ChainCertificate> path =
            List.of(certificate(server), certificate(intermediate), certificate(root));
        assertThat(authentication(server.tlsa(1, selector, type)))
            .isEqualTo(new Authentication.ByPkixEndEntity(path, NAME));
        assertThat(authentication(intermediate.tlsa(0, selector, type)))
            .isEqualTo(new Authentication.ByPkixTrustAnchor(path, certificate(intermediate), NAME));
        assertThat(authentication(root.tlsa(0, selector, type)))
            .isEqualTo(new Authentication.ByPkixTrustAnchor(path, certificate(root), NAME));
      }
    }
  }

  private Authentication authentication(TlsaRecord record) {
    return matched(match(record, server, intermediate)).authentication();
  }

  @Test
  void depthIsThatOfTheCertificateTheRecordNames() {
    assertThat(authentication(server.tlsa(1, 1, 1)).depth()).isZero();
    assertThat(authentication(intermediate.tlsa(0, 1, 1)).depth()).isOne();
    assertThat(authentication(root.tlsa(0, 1, 1)).depth()).isEqualTo(2);
    assertThat(authentication(root.tlsa(0, 1, 1)).certificate()).isEqualTo(certificate(root));
  }

  @Test
  void theAnchorMayBeSentOrNot() {
    matched(match(server.tlsa(1, 1, 1), server, root, intermediate));
    matched(match(root.tlsa(0, 0, 1), server, root, intermediate));
  }

  @Test
  void pkixEe_isMoreThanTheLeaf() {
    Minted selfSigned = CertificateMint.server(MX).mint();
    TrustPathMismatch.NoPkixPath noPath =
        mismatch(TrustPathMismatch.NoPkixPath.class, match(selfSigned.tlsa(1, 1, 1), selfSigned));
    assertThat(noPath.leaf()).isEqualTo(certificate(selfSigned));
    assertThat(noPath.named()).isEqualTo(certificate(selfSigned));
    mismatch(TrustPathMismatch.NoPkixPath.class, match(server.tlsa(1, 1, 1), server));
    matched(match(selfSigned.tlsa(3, 1, 1), selfSigned));
  }

  @Test
  void pkixEe_isTheLeafAndNoOther() {
    AssociationMismatch.DataDiffers differs =
        mismatch(
            AssociationMismatch.DataDiffers.class,
            match(intermediate.tlsa(1, 1, 1), server, intermediate));
    assertThat(differs.certificate()).isEqualTo(certificate(server));
  }

  @Test
  void pkixTa_isNeverTheLeaf() {
    AssociationMismatch.CaNotFound notFound =
        mismatch(
            AssociationMismatch.CaNotFound.class,
            match(server.tlsa(0, 1, 1), server, intermediate, server));
    assertThat(notFound.published()).isEqualTo(server.tlsa(0, 1, 1).associationData());
    assertThat(notFound.presented()).containsExactly(intermediate.tlsa(0, 1, 1).associationData());
  }

  @Test
  void pkixTa_mustBeOnThePathAndNotJustThere() {
    TrustPathMismatch.NoPkixPath noPath =
        mismatch(
            TrustPathMismatch.NoPkixPath.class,
            match(stranger.tlsa(0, 1, 1), server, intermediate, stranger));
    assertThat(noPath.named()).isEqualTo(certificate(stranger));
  }

  // RFC 6698 §2.1.1: a CA constraint makes nobody a trust anchor.
  @Test
  void pkixTa_isNoTrustAnchorItself() {
    Minted own = CertificateMint.ca("Own").mint();
    Minted issued = CertificateMint.server(MX).issuedBy(own).mint();
    mismatch(TrustPathMismatch.NoPkixPath.class, match(own.tlsa(0, 0, 0), issued, own));
    matched(match(own.tlsa(2, 0, 0), issued, own));
  }

  // RFC 7671 §5.4
  @Test
  void pkixTa_goesOnBeyondATrustedIntermediate() {
    PkixAnchors both = anchors(intermediate, root);
    MatchResult result =
        match(TlsaMatcher.forTls(both), List.of(root.tlsa(0, 1, 1)), server, intermediate);
    assertThat(matched(result).authentication().depth()).isEqualTo(2);
    PkixAnchors one = anchors(intermediate);
    mismatch(
        AssociationMismatch.CaNotFound.class,
        match(TlsaMatcher.forTls(one), List.of(root.tlsa(0, 1, 1)), server, intermediate));
    mismatch(
        TrustPathMismatch.NoPkixPath.class,
        match(TlsaMatcher.forTls(one), List.of(root.tlsa(0, 1, 1)), server, intermediate, root));
  }

  @Test
  void anAnchorNeedNotBeSelfSigned() {
    PkixAnchors one = anchors(intermediate);
    Authentication authentication =
        matched(match(TlsaMatcher.forTls(one), List.of(server.tlsa(1, 1, 1)), server))
            .authentication();
    assertThat(authentication.path())
        .containsExactly(certificate(server), certificate(intermediate));
  }

  @Test
  void aServerThatTheClientTrustsByItselfIsItsOwnAnchorButNoCa() {
    Minted own = CertificateMint.server(MX).mint();
    TlsaMatcher matcher = TlsaMatcher.forTls(anchors(own));
    Authentication authentication =
        matched(match(matcher, List.of(own.tlsa(1, 1, 1)), own)).authentication();
    assertThat(authentication.path()).containsExactly(certificate(own));
    mismatch(
        AssociationMismatch.CaNotFound.class, match(matcher, List.of(own.tlsa(0, 1, 1)), own, own));
  }

  @Test
  void aNamedCaThatCannotBeReadIsOnNoPath() {
    Octets junk = Octets.ofHex("300404020000");
    TlsaRecord digest =
        TlsaRecord.parse(
            "0 0 1 " + DigestAlgorithm.SHA2_256.digest(DerSlice.owning(junk.toByteArray())));
    PeerChain chain = PeerChain.ofDer(List.of(server.der(), junk, intermediate.der()));
    mismatch(TrustPathMismatch.NoPkixPath.class, Matches.match(tls(), rrset(digest), chain));
  }

  @Test
  void aLeafThatCannotBeReadIsOnNoPath() {
    PeerChain junk = PeerChain.ofDer(List.of(Octets.ofHex("3003020100"), root.der()));
    MatchResult result =
        Matches.match(tls(), rrset(server.tlsa(1, 1, 1), root.tlsa(0, 1, 1)), junk);
    mismatch(CertificateMismatch.Malformed.class, result);
    assertThat(result.outcomes()).hasOnlyElementsOfType(RecordOutcome.Refused.class);
  }

  @Test
  void aCaInFullMayStandInForOneThatWasNotSent() {
    List<TlsaRecord> records = List.of(server.tlsa(1, 1, 1), intermediate.tlsa(0, 0, 0));
    MatchResult.Matched matched = matched(match(tls(), records, server));
    assertThat(matched.record()).isEqualTo(server.tlsa(1, 1, 1));
    assertThat(matched.authentication().depth()).isZero();
  }

  @Test
  void namesAreCheckedWithBoth() {
    Minted elsewhere = CertificateMint.server("elsewhere.example").issuedBy(root).mint();
    for (TlsaRecord record : List.of(elsewhere.tlsa(1, 1, 1), root.tlsa(0, 1, 1))) {
      NameMismatch mismatch = mismatch(NameMismatch.class, match(record, elsewhere));
      assertThat(mismatch.path()).containsExactly(certificate(elsewhere), certificate(root));
    }
  }

  @Test
  void datesCountUpToTheAnchorWithBoth() {
    Minted old =
        CertificateMint.server(MX)
            .issuedBy(root)
            .valid(CertificateMint.NOT_BEFORE, CertificateMint.NOW.minusSeconds(1))
            .mint();
    Minted oldRoot =
        CertificateMint.ca("Root")
            .keys(root.keys())
            .valid(CertificateMint.NOT_BEFORE, CertificateMint.NOW.minusSeconds(1))
            .mint();
    for (TlsaRecord record : List.of(old.tlsa(1, 1, 1), root.tlsa(0, 1, 1))) {
      mismatch(CertificateMismatch.Expired.class, match(record, old));
    }
    TlsaMatcher expired = TlsaMatcher.forTls(anchors(oldRoot));
    for (TlsaRecord record : List.of(server.tlsa(1, 1, 1), oldRoot.tlsa(0, 1, 1))) {
      mismatch(
          CertificateMismatch.Expired.class, match(expired, List.of(record), server, intermediate));
    }
  }

  @Test
  void constraintsAndPurposesCountWithBoth() {
    Minted narrow = CertificateMint.ca("Narrow").pathLength(0).mint();
    Minted below = CertificateMint.ca("Below").issuedBy(narrow).mint();
    Minted leaf = CertificateMint.server(MX).issuedBy(below).mint();
    for (TlsaRecord record : List.of(leaf.tlsa(1, 1, 1), below.tlsa(0, 1, 1))) {
      mismatch(
          CertificateMismatch.PathLengthExceeded.class,
          match(TlsaMatcher.forTls(anchors(narrow)), List.of(record), leaf, below));
    }
    Minted client =
        CertificateMint.server(MX)
            .issuedBy(root)
            .extension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
            .mint();
    for (TlsaRecord record : List.of(client.tlsa(1, 1, 1), root.tlsa(0, 1, 1))) {
      mismatch(CertificateMismatch.ExtendedKeyUsageForbids.class, match(record, client));
    }
  }

  @Test
  void anImpostorOfTheAnchorIsNone() {
    Minted impostor = CertificateMint.ca("Root").mint();
    Minted victim = CertificateMint.server(MX).issuedBy(impostor).mint();
    mismatch(TrustPathMismatch.BadSignature.class, match(victim.tlsa(1, 1, 1), victim, impostor));
    mismatch(TrustPathMismatch.BadSignature.class, match(impostor.tlsa(0, 1, 1), victim, impostor));
  }

  // RFC 7671 §5.2: the trust anchor of a DANE-TA record comes from the server.
  @Test
  void daneTa_takesNoTrustAnchorFromTheClient() {
    List<TlsaRecord> records = List.of(root.tlsa(2, 0, 1), stranger.tlsa(0, 1, 1));
    RecordOutcome.Refused daneTa =
        (RecordOutcome.Refused) match(tls(), records, server, intermediate).outcomes().get(0);
    assertThat(daneTa.mismatch()).isInstanceOf(AssociationMismatch.NoAnchorInChain.class);
  }

  @Test
  void recordsAboutTheLeafComeFirstAndAnyOneIsEnough() {
    List<TlsaRecord> records =
        List.of(
            root.tlsa(0, 1, 1),
            intermediate.tlsa(2, 1, 1),
            server.tlsa(1, 1, 1),
            server.tlsa(3, 1, 1));
    assertThat(matched(match(tls(), records, server, intermediate)).record())
        .isEqualTo(server.tlsa(3, 1, 1));
    assertThat(matched(match(tls(), records.subList(0, 3), server, intermediate)).record())
        .isEqualTo(server.tlsa(1, 1, 1));
    assertThat(matched(match(tls(), records.subList(0, 2), server, intermediate)).record())
        .isEqualTo(intermediate.tlsa(2, 1, 1));
    assertThat(match(tls().tryingEveryRecord(), records, server, intermediate).outcomes())
        .hasOnlyElementsOfType(RecordOutcome.Accepted.class);
  }

  // RFC 7671 §4
  @Test
  void forPkix_insistsOnPublicCas() {
    TlsaMatcher pkix = TlsaMatcher.forPkix(anchors);
    matched(match(pkix, List.of(server.tlsa(1, 1, 1)), server, intermediate));
    MatchResult result =
        match(pkix, List.of(server.tlsa(3, 1, 1), root.tlsa(2, 1, 1)), server, intermediate, root);
    assertThat(result).isInstanceOf(MatchResult.NoUsableRecord.class);
    assertThat(result.explanation()).contains("DANE-EE(3)", "RFC 7671 §4");
  }

  // RFC 7672 §3.1.3
  @Test
  void forSmtp_neverTakesThemForTheDaneUsages() {
    TlsaMatcher smtp = TlsaMatcher.forSmtp();
    for (TlsaRecord record : List.of(server.tlsa(1, 1, 1), intermediate.tlsa(0, 1, 1))) {
      assertThat(smtp.usability(record)).isInstanceOf(Usability.Unusable.class);
      assertThat(tls().usability(record)).isInstanceOf(Usability.Usable.class);
    }
  }

  @Test
  void explanationsNameTheRule() {
    assertThat(match(server.tlsa(1, 1, 1), server, intermediate).explanation())
        .contains("RFC 7671 §5.3", "PKIX anchor CN=Root", "is for " + MX);
    assertThat(match(intermediate.tlsa(0, 1, 1), server, intermediate).explanation())
        .contains("RFC 7671 §5.4", "the CA CN=Intermediate", "at depth 1", "PKIX anchor CN=Root");
    assertThat(match(server.tlsa(1, 1, 1), server).explanation())
        .contains("RFC 6698 §2.1.1", "full chain");
  }

  @Test
  void anchorsThatCannotBeReadAreLeftOut() {
    PkixAnchors some = PkixAnchors.ofDer(List.of(Octets.ofHex("3000"), root.der()));
    assertThat(some).hasToString("1 PKIX anchors");
    assertThat(PkixAnchors.of(root.certificate(), stranger.certificate()))
        .hasToString("2 PKIX anchors");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PkixAnchors.ofDer(List.of(Octets.ofHex("3000"))))
        .withMessageContaining("trust store");
    assertThatIllegalArgumentException().isThrownBy(PkixAnchors::of);
  }

  @Test
  void aCaOnItsOwnIsNoPath() {
    ChainCertificate leaf = certificate(server);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Authentication.ByPkixTrustAnchor(List.of(leaf), leaf, NAME))
        .withMessageContaining("above");
  }

  private TlsaMatcher tls() {
    return TlsaMatcher.forTls(anchors);
  }

  private MatchResult match(TlsaRecord record, Minted... certificates) {
    return match(tls(), List.of(record), certificates);
  }

  private static MatchResult match(
      TlsaMatcher matcher, List<TlsaRecord> records, Minted... certificates) {
    return Matches.match(matcher, rrset(records.toArray(new TlsaRecord[0])), chain(certificates));
  }

  private static PkixAnchors anchors(Minted... certificates) {
    return PkixAnchors.ofDer(Arrays.stream(certificates).map(Minted::der).toList());
  }
}
