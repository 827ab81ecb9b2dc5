// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.fixture.CertificateMint.NOT_AFTER;
import static org.dane4j.fixture.CertificateMint.NOT_BEFORE;
import static org.dane4j.match.Matches.MX;
import static org.dane4j.match.Matches.certificate;
import static org.dane4j.match.Matches.chain;
import static org.dane4j.match.Matches.match;
import static org.dane4j.match.Matches.matched;
import static org.dane4j.match.Matches.mismatch;
import static org.dane4j.match.Matches.rrset;

import java.time.Instant;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.X509ObjectIdentifiers;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.junit.jupiter.api.Test;

/** RFC 5280 §6.1, as far as DANE-TA needs it. */
class PathRulesTest {

  private final Minted root = CertificateMint.ca("Root").mint();
  private final Minted intermediate = CertificateMint.ca("Intermediate").issuedBy(root).mint();
  private final Minted server = CertificateMint.server(MX).issuedBy(intermediate).mint();

  @Test
  void validityIncludesBothEnds() {
    assertThat(at(NOT_BEFORE)).isInstanceOf(MatchResult.Matched.class);
    assertThat(at(NOT_AFTER)).isInstanceOf(MatchResult.Matched.class);
    mismatch(CertificateMismatch.NotYetValid.class, at(NOT_BEFORE.minusNanos(1)));
    mismatch(CertificateMismatch.Expired.class, at(NOT_AFTER.plusNanos(1)));
  }

  private MatchResult at(Instant instant) {
    return TlsaMatcher.forSmtp()
        .match(
            rrset(root.tlsa(2, 1, 1)),
            chain(server, intermediate, root),
            ReferenceIdentifiers.of(MX),
            instant);
  }

  @Test
  void theDatesOfEachCertificateUpToASelfSignedAnchorCount() {
    Instant past = CertificateMint.NOW.minusSeconds(1);
    Minted oldRoot = CertificateMint.ca("Old").valid(NOT_BEFORE, past).mint();
    Minted belowOld = CertificateMint.server(MX).issuedBy(oldRoot).mint();
    CertificateMismatch.Expired expired =
        mismatch(
            CertificateMismatch.Expired.class, match(oldRoot.tlsa(2, 1, 1), belowOld, oldRoot));
    assertThat(expired.certificate()).isEqualTo(certificate(oldRoot));
    assertThat(expired.notAfter()).isEqualTo(past);
    assertThat(expired.at()).isEqualTo(CertificateMint.NOW);
    assertThat(expired.tlsrptResultType()).hasToString("certificate-expired");
    mismatch(CertificateMismatch.Expired.class, match(oldRoot.tlsa(2, 0, 0), belowOld));

    Minted future =
        CertificateMint.ca("Future")
            .issuedBy(root)
            .valid(CertificateMint.NOW.plusSeconds(1), NOT_AFTER)
            .mint();
    Minted belowFuture = CertificateMint.server(MX).issuedBy(future).mint();
    CertificateMismatch.NotYetValid notYet =
        mismatch(
            CertificateMismatch.NotYetValid.class,
            match(root.tlsa(2, 1, 1), belowFuture, future, root));
    assertThat(notYet.certificate()).isEqualTo(certificate(future));
    assertThat(notYet.tlsrptResultType()).hasToString("certificate-expired");
  }

  @Test
  void theDatesOfAnIntermediateThatIsTheAnchorDoNotCount() {
    Instant past = CertificateMint.NOW.minusSeconds(1);
    Minted old = CertificateMint.ca("Old").issuedBy(root).valid(NOT_BEFORE, past).mint();
    Minted belowOld = CertificateMint.server(MX).issuedBy(old).mint();
    matched(match(old.tlsa(2, 1, 1), belowOld, old));
    matched(match(old.tlsa(2, 0, 1), belowOld, old, root));
    matched(match(old.tlsa(2, 0, 0), belowOld));
    // Below the anchor they do, and where the anchor is a key, those of what it signed.
    mismatch(CertificateMismatch.Expired.class, match(root.tlsa(2, 1, 1), belowOld, old, root));
    mismatch(CertificateMismatch.Expired.class, match(root.tlsa(2, 1, 0), belowOld, old));
  }

  @Test
  void theDatesAboveTheAnchorDoNotCountAndABareKeyHasNone() {
    Minted oldRoot =
        CertificateMint.ca("Old").valid(NOT_BEFORE, CertificateMint.NOW.minusSeconds(1)).mint();
    Minted young = CertificateMint.ca("Young").issuedBy(oldRoot).mint();
    Minted leaf = CertificateMint.server(MX).issuedBy(young).mint();
    matched(match(young.tlsa(2, 1, 1), leaf, young, oldRoot));
    matched(match(oldRoot.tlsa(2, 1, 0), leaf, young));
  }

  @Test
  void anIssuerMustBeACa() {
    Minted notCa = CertificateMint.server("ca.example").issuedBy(root).mint();
    Minted leaf = CertificateMint.server(MX).issuedBy(notCa).mint();
    CertificateMismatch.NotCa mismatch =
        mismatch(CertificateMismatch.NotCa.class, match(root.tlsa(2, 1, 1), leaf, notCa, root));
    assertThat(mismatch.certificate()).isEqualTo(certificate(notCa));
    mismatch(CertificateMismatch.NotCa.class, match(notCa.tlsa(2, 0, 1), leaf, notCa));
    Minted without =
        CertificateMint.ca("Without").issuedBy(root).without(Extension.basicConstraints).mint();
    Minted below = CertificateMint.server(MX).issuedBy(without).mint();
    mismatch(CertificateMismatch.NotCa.class, match(root.tlsa(2, 1, 1), below, without, root));
  }

  @Test
  void aSelfIssuedRootOfVersion1MayBeTheAnchorButNotAnIntermediate() {
    Minted old = CertificateMint.bare("CN=Version 1").mintVersion1();
    Minted leaf = CertificateMint.server(MX).issuedBy(old).mint();
    matched(match(old.tlsa(2, 0, 1), leaf, old));
    Minted oldIntermediate = CertificateMint.bare("CN=Middle").issuedBy(root).mintVersion1();
    Minted below = CertificateMint.server(MX).issuedBy(oldIntermediate).mint();
    mismatch(
        CertificateMismatch.NotCa.class, match(root.tlsa(2, 0, 1), below, oldIntermediate, root));
  }

  @Test
  void pathLengthIsThatOfTheAnchorToo() {
    Minted narrow = CertificateMint.ca("Narrow").pathLength(0).mint();
    Minted below = CertificateMint.ca("Below").issuedBy(narrow).mint();
    Minted leaf = CertificateMint.server(MX).issuedBy(below).mint();
    CertificateMismatch.PathLengthExceeded exceeded =
        mismatch(
            CertificateMismatch.PathLengthExceeded.class,
            match(narrow.tlsa(2, 0, 1), leaf, below, narrow));
    assertThat(exceeded.certificate()).isEqualTo(certificate(narrow));
    assertThat(exceeded.allowed()).isZero();
    assertThat(exceeded.actual()).isOne();
    matched(match(below.tlsa(2, 0, 1), leaf, below, narrow));
    Minted direct = CertificateMint.server(MX).issuedBy(narrow).mint();
    matched(match(narrow.tlsa(2, 0, 1), direct, narrow));
  }

  @Test
  void aCaIsNotCountedAgainstItsOwnPathLength() {
    Minted narrow = CertificateMint.ca("Narrow").issuedBy(root).pathLength(0).mint();
    Minted leaf = CertificateMint.server(MX).issuedBy(narrow).mint();
    matched(match(root.tlsa(2, 0, 1), leaf, narrow, root));
  }

  @Test
  void selfIssuedIntermediatesAreNotCounted() {
    Minted narrow = CertificateMint.ca("Narrow").pathLength(0).mint();
    Minted renewed = CertificateMint.ca("Narrow").issuedBy(narrow).mint();
    Minted leaf = CertificateMint.server(MX).issuedBy(renewed).mint();
    matched(match(narrow.tlsa(2, 0, 1), leaf, renewed, narrow));
  }

  @Test
  void anIssuersKeyMustBeForSigningCertificates() {
    Minted other =
        CertificateMint.ca("Other")
            .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign))
            .mint();
    Minted leaf = CertificateMint.server(MX).issuedBy(other).mint();
    CertificateMismatch.KeyUsageForbids mismatch =
        mismatch(
            CertificateMismatch.KeyUsageForbids.class, match(other.tlsa(2, 1, 1), leaf, other));
    assertThat(mismatch.required()).isEqualTo("keyCertSign");
    Minted unsaid = CertificateMint.ca("Unsaid").without(Extension.keyUsage).mint();
    Minted below = CertificateMint.server(MX).issuedBy(unsaid).mint();
    matched(match(unsaid.tlsa(2, 1, 1), below, unsaid));
  }

  @Test
  void theServersKeyMustBeForTls() {
    for (int usage :
        new int[] {KeyUsage.digitalSignature, KeyUsage.keyEncipherment, KeyUsage.keyAgreement}) {
      matched(match(root.tlsa(2, 1, 1), withKeyUsage(usage), root));
    }
    mismatch(
        CertificateMismatch.KeyUsageForbids.class,
        match(root.tlsa(2, 1, 1), withKeyUsage(KeyUsage.keyCertSign), root));
  }

  private Minted withKeyUsage(int usage) {
    return CertificateMint.server(MX)
        .issuedBy(root)
        .extension(Extension.keyUsage, true, new KeyUsage(usage))
        .mint();
  }

  @Test
  void extendedKeyUsageIfPresentMustAllowServers() {
    mismatch(
        CertificateMismatch.ExtendedKeyUsageForbids.class,
        match(root.tlsa(2, 1, 1), withPurpose(KeyPurposeId.id_kp_clientAuth), root));
    matched(match(root.tlsa(2, 1, 1), withPurpose(KeyPurposeId.anyExtendedKeyUsage), root));
    Minted unsaid =
        CertificateMint.server(MX).issuedBy(root).without(Extension.extendedKeyUsage).mint();
    matched(match(root.tlsa(2, 1, 1), unsaid, root));
    Minted mailCa =
        CertificateMint.ca("Mail")
            .issuedBy(root)
            .extension(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_emailProtection))
            .mint();
    Minted leaf = CertificateMint.server(MX).issuedBy(mailCa).mint();
    CertificateMismatch.ExtendedKeyUsageForbids mismatch =
        mismatch(
            CertificateMismatch.ExtendedKeyUsageForbids.class,
            match(root.tlsa(2, 1, 1), leaf, mailCa, root));
    assertThat(mismatch.certificate()).isEqualTo(certificate(mailCa));
    assertThat(mismatch.purposes()).containsExactly("1.3.6.1.5.5.7.3.4");
  }

  private Minted withPurpose(KeyPurposeId purpose) {
    return CertificateMint.server(MX)
        .issuedBy(root)
        .extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))
        .mint();
  }

  @Test
  void unknownCriticalExtensionsAreRefusedOnEachCertificate() {
    ASN1ObjectIdentifier unknown = new ASN1ObjectIdentifier("1.2.3.4");
    Minted oddRoot = CertificateMint.ca("Odd").extension(unknown, true, DERNull.INSTANCE).mint();
    Minted leaf = CertificateMint.server(MX).issuedBy(oddRoot).mint();
    CertificateMismatch.UnknownCriticalExtension mismatch =
        mismatch(
            CertificateMismatch.UnknownCriticalExtension.class,
            match(oddRoot.tlsa(2, 0, 1), leaf, oddRoot));
    assertThat(mismatch.oid()).isEqualTo("1.2.3.4");
    Minted oddLeaf =
        CertificateMint.server(MX).issuedBy(root).extension(unknown, true, DERNull.INSTANCE).mint();
    mismatch(
        CertificateMismatch.UnknownCriticalExtension.class,
        match(root.tlsa(2, 0, 1), oddLeaf, root));
    Minted lenient =
        CertificateMint.server(MX)
            .issuedBy(root)
            .extension(unknown, false, DERNull.INSTANCE)
            .mint();
    matched(match(root.tlsa(2, 0, 1), lenient, root));
  }

  // RFC 7672 §4, RFC 7671 §4.2: no CRL, no OCSP, no Certificate Transparency
  @Test
  void revocationAndTransparencyAreNotAskedFor() {
    DERSequence mustStaple = new DERSequence(new ASN1Integer(5));
    GeneralName nobody =
        new GeneralName(GeneralName.uniformResourceIdentifier, "http://192.0.2.66/");
    CRLDistPoint crl =
        new CRLDistPoint(
            new DistributionPoint[] {
              new DistributionPoint(new DistributionPointName(new GeneralNames(nobody)), null, null)
            });
    Minted leaf =
        CertificateMint.server(MX)
            .issuedBy(root)
            .extension(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.24"), false, mustStaple)
            .extension(Extension.cRLDistributionPoints, false, crl)
            .extension(
                Extension.authorityInfoAccess,
                false,
                new AuthorityInformationAccess(X509ObjectIdentifiers.ocspAccessMethod, nobody))
            .mint();
    matched(match(root.tlsa(2, 1, 1), leaf, root));
  }

  // requireExplicitPolicy 0: what RFC 5280 §6.1.5 then asks for is not done here.
  @Test
  void criticalPolicyConstraintsAreNotProcessedAndHenceRefused() {
    Minted strict =
        CertificateMint.ca("Strict")
            .extension(
                Extension.policyConstraints,
                true,
                new DERSequence(new DERTaggedObject(false, 0, new ASN1Integer(0))))
            .mint();
    Minted leaf = CertificateMint.server(MX).issuedBy(strict).mint();
    mismatch(
        CertificateMismatch.UnknownCriticalExtension.class,
        match(strict.tlsa(2, 0, 1), leaf, strict));
  }

  @Test
  void malformedExtensionsAreRefused() {
    for (ASN1ObjectIdentifier oid :
        new ASN1ObjectIdentifier[] {
          Extension.basicConstraints,
          Extension.keyUsage,
          Extension.extendedKeyUsage,
          Extension.nameConstraints
        }) {
      Minted broken =
          CertificateMint.ca("Broken").rawExtension(oid, true, new byte[] {0x30, 0x7f}).mint();
      Minted leaf = CertificateMint.server(MX).issuedBy(broken).mint();
      CertificateMismatch.Malformed mismatch =
          mismatch(CertificateMismatch.Malformed.class, match(broken.tlsa(2, 0, 1), leaf, broken));
      assertThat(mismatch.certificate()).isEqualTo(certificate(broken));
    }
    Minted brokenNames =
        CertificateMint.server(MX)
            .issuedBy(root)
            .rawExtension(Extension.subjectAlternativeName, false, new byte[] {0x04, 0x00})
            .mint();
    mismatch(CertificateMismatch.Malformed.class, match(root.tlsa(2, 0, 1), brokenNames, root));
  }

  @Test
  void aNegativePathLengthIsMalformedAndAHugeOneIsNoLimit() {
    Minted negative =
        CertificateMint.ca("Negative")
            .rawExtension(
                Extension.basicConstraints,
                true,
                new byte[] {0x30, 0x06, 0x01, 0x01, (byte) 0xff, 0x02, 0x01, (byte) 0xff})
            .mint();
    Minted leaf = CertificateMint.server(MX).issuedBy(negative).mint();
    mismatch(CertificateMismatch.Malformed.class, match(negative.tlsa(2, 0, 1), leaf, negative));
    Minted huge =
        CertificateMint.ca("Huge")
            .extension(Extension.basicConstraints, true, new BasicConstraints(Integer.MAX_VALUE))
            .mint();
    Minted below = CertificateMint.server(MX).issuedBy(huge).mint();
    matched(match(huge.tlsa(2, 0, 1), below, huge));
  }
}
