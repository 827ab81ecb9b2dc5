// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.match.Matches.MX;
import static org.dane4j.match.Matches.matched;
import static org.dane4j.match.Matches.mismatch;
import static org.dane4j.match.Matches.rrset;

import java.util.List;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaRecord;
import org.junit.jupiter.api.Test;

/** RFC 7671 §5.1: a key without a certificate (RFC 7250). */
class RawPublicKeyTest {

  private final Minted ca = CertificateMint.ca("CA").mint();
  private final Minted server = CertificateMint.server(MX).issuedBy(ca).mint();
  private final PeerChain raw = raw(server);
  private final TlsaMatcher tls = TlsaMatcher.forTls(PkixAnchors.of(ca.certificate()));

  private static PeerChain raw(Minted minted) {
    return PeerChain.ofRawPublicKey(Octets.of(minted.keys().getPublic().getEncoded()));
  }

  @Test
  void theRecordsForAServersKeyMatchWithAndWithoutItsCertificate() {
    for (int matchingType = 0; matchingType <= 2; matchingType++) {
      MatchResult.Matched matched = matched(match(raw, server.tlsa(3, 1, matchingType)));
      assertThat(matched.authentication()).isEqualTo(new Authentication.ByEndEntity(raw.leaf()));
      assertThat(matched.explanation()).contains("raw public key (SPKI SHA-256 ");
    }
  }

  // RFC 7671 §9 prints a key and its digests.
  @Test
  void theKeyOfRfc7671MatchesItsStrongestRecords() {
    Octets key =
        Octets.ofHex(
            "3059301306072A8648CE3D020106082A8648CE3D0301070342000471CB1F504F"
                + "9E4B33971376C005445DACD33CD79A2881C3DED1981F18E7AAA76609DD0E4EF2"
                + "8265C82703030AD60C5DBA6FB8A9397AC0FCF06D424C885D484887");
    TlsaRecord sha256 =
        TlsaRecord.parse("3 1 1 3FE246A848798236DD2AB78D39F0651D6B6E7CA8E2984012EB0A2E1AC8A87B72");
    TlsaRecord sha512 =
        TlsaRecord.parse(
            "3 1 2 D4F5AF015B46C5057B841C7E7BAB759CBF029526D29520C5BE6A32C67475439E"
                + "54AB3A945D80C743347C9BD4DADC9D8D57FAB78EAA835362F3CA07CCC19A3214");
    TlsaRecord full = TlsaRecord.parse("3 1 0 " + key);
    MatchResult result =
        Matches.match(
            TlsaMatcher.forSmtp().tryingEveryRecord(),
            rrset(sha256, sha512, full),
            PeerChain.ofRawPublicKey(key));
    assertThat(result.outcomes())
        .hasExactlyElementsOfTypes(
            RecordOutcome.Refused.class,
            RecordOutcome.Accepted.class,
            RecordOutcome.Accepted.class);
  }

  @Test
  void anotherKeyIsNoMatch() {
    AssociationMismatch.DataDiffers differs =
        mismatch(AssociationMismatch.DataDiffers.class, match(raw, ca.tlsa(3, 1, 1)));
    assertThat(differs.presented()).isEqualTo(server.tlsa(3, 1, 1).associationData());
  }

  @Test
  void recordsForACertificateOrAnIssuerNeverMatchAndSayWhy() {
    for (TlsaRecord record :
        List.of(
            server.tlsa(3, 0, 0),
            server.tlsa(3, 0, 1),
            server.tlsa(2, 1, 0),
            server.tlsa(2, 1, 1),
            server.tlsa(1, 1, 1),
            server.tlsa(0, 1, 1))) {
      AssociationMismatch.RawPublicKey mismatch =
          mismatch(AssociationMismatch.RawPublicKey.class, Matches.match(tls, rrset(record), raw));
      assertThat(mismatch.key()).isEqualTo(raw.leaf());
      assertThat(mismatch.explanation()).contains("RFC 7250", "publish 3 1 1");
    }
  }

  // The octets of the key are no certificate, whatever their digest.
  @Test
  void aDigestOfTheKeyDoesNotPassForOneOfACertificate() {
    TlsaRecord digest = TlsaRecord.parse("3 0 1 " + server.tlsa(3, 1, 1).associationData().toHex());
    mismatch(AssociationMismatch.RawPublicKey.class, match(raw, digest));
  }

  @Test
  void otherRecordsDoNotGetInTheWay() {
    MatchResult.Matched matched =
        matched(
            Matches.match(
                tls.tryingEveryRecord(),
                rrset(server.tlsa(3, 0, 1), ca.tlsa(2, 1, 1), server.tlsa(3, 1, 1)),
                raw));
    assertThat(matched.record()).isEqualTo(server.tlsa(3, 1, 1));
    assertThat(matched.outcomes().subList(0, 2)).hasOnlyElementsOfType(RecordOutcome.Refused.class);
  }

  @Test
  void digestAgilityAppliesToKeysToo() {
    TlsaRecord stale = TlsaRecord.parse("3 1 2 " + "ab".repeat(64));
    AssociationMismatch.ShadowedMatch hint =
        mismatch(
            AssociationMismatch.ShadowedMatch.class,
            Matches.match(tls, rrset(stale, server.tlsa(3, 1, 1)), raw));
    assertThat(hint.certificate()).isEqualTo(raw.leaf());
  }

  @Test
  void aKeyThatAnybodyCanComputeAuthenticatesNobody() {
    Minted weak = CertificateMint.server(MX).keys(CertificateMint.keys("RSA", 768)).mint();
    mismatch(CertificateMismatch.WeakKey.class, match(raw(weak), weak.tlsa(3, 1, 1)));
  }

  @Test
  void octetsThatAreNoKeyAuthenticateNobody() {
    Octets junk = Octets.ofHex("3003020100");
    PeerChain chain = PeerChain.ofRawPublicKey(junk);
    TlsaRecord digest =
        TlsaRecord.parse(
            "3 1 1 " + PeerChain.ofRawPublicKey(junk).leaf().spkiSha256().orElseThrow());
    CertificateMismatch.Malformed malformed =
        mismatch(CertificateMismatch.Malformed.class, match(chain, digest));
    assertThat(malformed.explanation()).contains("raw public key");
  }

  @Test
  void aKeyHasNoNamesForAClientThatInsistsOnThem() {
    NameMismatch mismatch =
        mismatch(
            NameMismatch.class,
            Matches.match(tls.checkingNamesWithDaneEe(), rrset(server.tlsa(3, 1, 1)), raw));
    assertThat(mismatch.presented()).isEmpty();
  }

  @Test
  void aMismatchSaysWhatToPublish() {
    assertThat(match(raw, server.tlsa(3, 0, 1)).explanation())
        .contains("If the key of raw public key", "IN TLSA " + server.tlsa(3, 1, 1));
  }

  @Test
  void keysAndCertificatesAreToldApart() {
    assertThat(raw.leaf().isRawPublicKey()).isTrue();
    assertThat(raw.leaf().subjectPublicKeyInfo()).contains(raw.leaf().der());
    PeerChain sameOctets = PeerChain.ofDer(List.of(raw.leaf().der()));
    assertThat(sameOctets.leaf().isRawPublicKey()).isFalse();
    assertThat(sameOctets).isNotEqualTo(raw);
    assertThat(raw(server)).isEqualTo(raw).hasSameHashCodeAs(raw);
  }

  private static MatchResult match(PeerChain chain, TlsaRecord record) {
    return Matches.match(TlsaMatcher.forSmtp(), rrset(record), chain);
  }
}
