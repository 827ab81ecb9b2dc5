// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.dane4j.match.Matches.MX;
import static org.dane4j.match.Matches.match;
import static org.dane4j.match.Matches.matched;
import static org.dane4j.match.Matches.mismatch;
import static org.dane4j.match.Matches.records;

import java.io.IOException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.junit.jupiter.api.Test;

/** RFC 7671 §5.1, RFC 7672 §3.1.1 and §3.2.1. */
class DaneEeTest {

  private final Minted ca = CertificateMint.ca("CA").mint();
  private final Minted server = CertificateMint.server(MX).issuedBy(ca).mint();

  @Test
  void everySelectorAndMatchingTypeMatchesTheLeaf() {
    for (int selector = 0; selector <= 1; selector++) {
      for (int matchingType = 0; matchingType <= 2; matchingType++) {
        MatchResult.Matched matched =
            matched(match(server.tlsa(3, selector, matchingType), server, ca));
        assertThat(matched.authentication())
            .isEqualTo(new Authentication.ByEndEntity(Matches.certificate(server)));
        assertThat(matched.authentication().depth()).isZero();
      }
    }
  }

  @Test
  void daneEe_ignoresExpiryAndNames() {
    Minted old =
        CertificateMint.server("elsewhere.example")
            .valid(Instant.parse("2001-01-01T00:00:00Z"), Instant.parse("2002-01-01T00:00:00Z"))
            .mint();
    matched(match(old.tlsa(3, 1, 1), old));
    Minted future =
        CertificateMint.server(MX)
            .valid(Instant.parse("2048-01-01T00:00:00Z"), Instant.parse("2049-01-01T00:00:00Z"))
            .mint();
    matched(match(future.tlsa(3, 0, 1), future));
  }

  // Not what RFC 7671 §5.1 wants, but a client may insist.
  @Test
  void namesAreCheckedOnlyIfAskedForAndDatesNever() {
    Minted old =
        CertificateMint.server(MX, "other.example")
            .valid(CertificateMint.NOT_BEFORE, CertificateMint.NOW.minusSeconds(1))
            .mint();
    Minted elsewhere = CertificateMint.server("elsewhere.example").mint();
    TlsaMatcher usual = TlsaMatcher.forTls(PkixAnchors.of(ca.certificate()));
    TlsaMatcher strict = usual.checkingNamesWithDaneEe();
    matched(Matches.match(strict, Matches.rrset(old.tlsa(3, 1, 1)), Matches.chain(old)));
    TlsaRrset rrset = Matches.rrset(elsewhere.tlsa(3, 1, 1));
    matched(Matches.match(usual, rrset, Matches.chain(elsewhere)));
    NameMismatch mismatch =
        mismatch(NameMismatch.class, Matches.match(strict, rrset, Matches.chain(elsewhere)));
    assertThat(mismatch.path()).containsExactly(Matches.certificate(elsewhere));
    assertThat(mismatch.presented()).containsExactly("elsewhere.example");
  }

  @Test
  void namesThatCannotBeReadAreNotRightIfAskedFor() {
    Minted odd =
        CertificateMint.server(MX)
            .rawExtension(Extension.subjectAlternativeName, false, new byte[] {1, 2, 3})
            .mint();
    TlsaMatcher strict =
        TlsaMatcher.forTls(PkixAnchors.of(ca.certificate())).checkingNamesWithDaneEe();
    mismatch(
        CertificateMismatch.Malformed.class,
        Matches.match(strict, Matches.rrset(odd.tlsa(3, 1, 1)), Matches.chain(odd)));
  }

  // RFC 7672 §3.2.1
  @Test
  void namesAreNeverCheckedInSmtp() {
    assertThatIllegalStateException()
        .isThrownBy(() -> TlsaMatcher.forSmtp().checkingNamesWithDaneEe())
        .withMessageContaining("RFC 7672 §3.2.1");
    assertThatIllegalStateException()
        .isThrownBy(
            () -> TlsaMatcher.forPkix(PkixAnchors.of(ca.certificate())).checkingNamesWithDaneEe());
  }

  @Test
  void daneEe_ignoresExtensions() {
    Minted odd =
        CertificateMint.bare("CN=odd")
            .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign))
            .extension(
                Extension.extendedKeyUsage,
                true,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth))
            .extension(new ASN1ObjectIdentifier("1.2.3.4"), true, DERNull.INSTANCE)
            .rawExtension(Extension.basicConstraints, true, new byte[] {1, 2, 3})
            .mint();
    matched(match(odd.tlsa(3, 1, 1), odd));
  }

  @Test
  void daneEe_ignoresIssuersAndSignatures() {
    Minted stranger = CertificateMint.ca("Stranger").mint();
    matched(match(server.tlsa(3, 1, 1), server));
    matched(match(server.tlsa(3, 1, 1), server, stranger));
    Minted md5 =
        CertificateMint.server(MX)
            .keys(CertificateMint.keys("RSA", 2048))
            .signedWith("MD5withRSA")
            .mint();
    matched(match(md5.tlsa(3, 1, 1), md5));
  }

  @Test
  void daneEe_ignoresJunkAfterTheLeaf() {
    PeerChain padded =
        PeerChain.ofDer(List.of(server.der(), Octets.ofHex(""), Octets.ofHex("ffff")));
    matched(Matches.match(TlsaMatcher.forSmtp(), Matches.rrset(server.tlsa(3, 1, 1)), padded));
  }

  @Test
  void onlyTheLeafIsCompared() {
    AssociationMismatch.DataDiffers differs =
        mismatch(AssociationMismatch.DataDiffers.class, match(ca.tlsa(3, 1, 1), server, ca));
    assertThat(differs.published()).isEqualTo(ca.tlsa(3, 1, 1).associationData());
    assertThat(differs.presented()).isEqualTo(server.tlsa(3, 1, 1).associationData());
    assertThat(differs.certificate()).isEqualTo(Matches.certificate(server));
    assertThat(differs.tlsrptResultType()).hasToString("validation-failure");
  }

  // RFC 6698 §2.1.2: whoever encodes the key anew gets other octets.
  @Test
  void theKeyIsComparedAsItStandsInTheCertificate() {
    KeyPair keys = CertificateMint.keys("RSA", 2048);
    ASN1Encodable rsaKey =
        new RSAPublicKey(
            ((java.security.interfaces.RSAPublicKey) keys.getPublic()).getModulus(),
            ((java.security.interfaces.RSAPublicKey) keys.getPublic()).getPublicExponent());
    for (AlgorithmIdentifier algorithm :
        List.of(
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption),
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
            new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.3.4.5")))) {
      Minted minted =
          CertificateMint.server(MX)
              .keys(keys)
              .subjectPublicKeyInfo(info(algorithm, rsaKey))
              .mint();
      matched(match(minted.tlsa(3, 1, 1), minted));
      matched(match(minted.tlsa(3, 1, 0), minted));
    }
    Minted absent =
        CertificateMint.server(MX)
            .keys(keys)
            .subjectPublicKeyInfo(
                info(new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption), rsaKey))
            .mint();
    Minted usual = CertificateMint.server(MX).keys(keys).mint();
    mismatch(AssociationMismatch.DataDiffers.class, match(usual.tlsa(3, 1, 1), absent));
  }

  private static SubjectPublicKeyInfo info(AlgorithmIdentifier algorithm, ASN1Encodable key) {
    try {
      return new SubjectPublicKeyInfo(algorithm, key);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anyOneOfSeveralRecordsIsEnough() {
    TlsaRecord stale = TlsaRecord.parse("3 1 1 " + "ab".repeat(32));
    MatchResult.Matched matched = matched(match(records(stale, server.tlsa(3, 1, 1)), server, ca));
    assertThat(matched.record()).isEqualTo(server.tlsa(3, 1, 1));
    assertThat(matched.outcomes())
        .hasExactlyElementsOfTypes(RecordOutcome.Refused.class, RecordOutcome.Accepted.class);
  }

  @Test
  void aMatchWinsBesideTrustAnchorRecordsThatDoNotMatch() {
    Minted misnamed = CertificateMint.server("elsewhere.example").issuedBy(ca).mint();
    MatchResult.Matched matched =
        matched(match(records(ca.tlsa(2, 1, 1), misnamed.tlsa(3, 1, 1)), misnamed, ca));
    assertThat(matched.outcomes().get(0)).isEqualTo(new RecordOutcome.NotTried(ca.tlsa(2, 1, 1)));
  }

  // The scheme "current key and issuer": a new key is covered by the issuer's record.
  @Test
  void aMismatchLeavesTheTrustAnchorRecordsToBeTried() {
    TlsaRecord stale = TlsaRecord.parse("3 1 1 " + "ab".repeat(32));
    MatchResult.Matched matched = matched(match(records(stale, ca.tlsa(2, 1, 1)), server, ca));
    assertThat(matched.record()).isEqualTo(ca.tlsa(2, 1, 1));
    assertThat(matched.authentication().depth()).isOne();
  }

  @Test
  void aKeyThatAnybodyCanComputeAuthenticatesNobody() {
    Minted weak = CertificateMint.server(MX).keys(CertificateMint.keys("RSA", 768)).mint();
    CertificateMismatch.WeakKey mismatch =
        mismatch(CertificateMismatch.WeakKey.class, match(weak.tlsa(3, 1, 1), weak));
    assertThat(mismatch.key()).isEqualTo("RSA-768");
    assertThat(mismatch.minimum()).isEqualTo("RSA-1024");
  }

  @Test
  void aLeafThatIsNoCertificateMatchesNothing() {
    PeerChain junk = PeerChain.ofDer(List.of(Octets.ofHex("3003020100")));
    CertificateMismatch.Malformed mismatch =
        mismatch(
            CertificateMismatch.Malformed.class,
            Matches.match(TlsaMatcher.forSmtp(), Matches.rrset(server.tlsa(3, 1, 1)), junk));
    assertThat(mismatch.explanation()).contains("no certificate", "malformed");
  }
}
