// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.match.Matches.MX;
import static org.dane4j.match.Matches.certificate;
import static org.dane4j.match.Matches.chain;
import static org.dane4j.match.Matches.match;
import static org.dane4j.match.Matches.matched;
import static org.dane4j.match.Matches.mismatch;
import static org.dane4j.match.Matches.rrset;

import java.security.KeyPair;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which signatures and keys a DANE-TA path may have. */
class SignatureTest {

  private static final KeyPair RSA = CertificateMint.keys("RSA", 2048);
  private static final KeyPair OTHER_RSA = CertificateMint.keys("RSA", 2048);

  @ParameterizedTest
  @CsvSource({
    "EC, 256, SHA256withECDSA",
    "EC, 384, SHA384withECDSA",
    "EC, 521, SHA512withECDSA",
    "RSA, 2048, SHA256withRSA",
    "RSA, 2048, SHA384withRSA",
    "RSA, 2048, SHA512withRSA",
    "RSA, 2048, SHA256withRSAandMGF1",
    "RSA, 2048, SHA384withRSAandMGF1",
    "RSA, 2048, SHA512withRSAandMGF1",
    "Ed25519, 0, Ed25519",
    "Ed448, 0, Ed448"
  })
  void signaturesInUseAreVerified(String key, int bits, String algorithm) {
    KeyPair keys = key.equals("RSA") ? RSA : CertificateMint.keys(key, bits);
    Minted ca = CertificateMint.ca("CA").keys(keys).signedWith(algorithm).mint();
    Minted server = CertificateMint.server(MX).issuedBy(ca).signedWith(algorithm).mint();
    assertThat(matched(match(ca.tlsa(2, 1, 1), server, ca)).authentication().depth()).isOne();

    KeyPair otherKeys = key.equals("RSA") ? OTHER_RSA : CertificateMint.keys(key, bits);
    Minted impostor = CertificateMint.ca("CA").keys(otherKeys).signedWith(algorithm).mint();
    mismatch(TrustPathMismatch.BadSignature.class, match(impostor.tlsa(2, 1, 1), server, impostor));
  }

  @Test
  void aKeyOfAnotherKindDidNotSign() {
    Minted ca = CertificateMint.ca("CA").mint();
    Minted server = CertificateMint.server(MX).issuedBy(ca).mint();
    Minted impostor = CertificateMint.ca("CA").keys(RSA).mint();
    mismatch(TrustPathMismatch.BadSignature.class, match(impostor.tlsa(2, 1, 1), server, impostor));
  }

  @ParameterizedTest
  @CsvSource({
    "SHA1withRSA, SHA-1 with RSA",
    "MD5withRSA, MD5 with RSA",
    "MD2withRSA, MD2 with RSA"
  })
  void brokenDigestsAreRefused(String algorithm, String name) {
    Minted ca = CertificateMint.ca("CA").keys(RSA).mint();
    Minted server = CertificateMint.server(MX).issuedBy(ca).signedWith(algorithm).mint();
    CertificateMismatch.WeakSignature weak =
        mismatch(CertificateMismatch.WeakSignature.class, match(ca.tlsa(2, 1, 1), server, ca));
    assertThat(weak.certificate()).isEqualTo(certificate(server));
    assertThat(weak.algorithm()).isEqualTo(name);
    mismatch(CertificateMismatch.WeakSignature.class, match(ca.tlsa(2, 1, 0), server));
  }

  @Test
  void sha1MayBeAllowedAndMd5MayNot() {
    TlsaMatcher lenient = TlsaMatcher.forSmtp().allowingSha1Signatures();
    Minted ca = CertificateMint.ca("CA").keys(RSA).mint();
    Minted sha1 = CertificateMint.server(MX).issuedBy(ca).signedWith("SHA1withRSA").mint();
    matched(Matches.match(lenient, rrset(ca.tlsa(2, 1, 1)), chain(sha1, ca)));
    Minted md5 = CertificateMint.server(MX).issuedBy(ca).signedWith("MD5withRSA").mint();
    mismatch(
        CertificateMismatch.WeakSignature.class,
        Matches.match(lenient, rrset(ca.tlsa(2, 1, 1)), chain(md5, ca)));
    Minted ecCa = CertificateMint.ca("EC").mint();
    Minted ecSha1 = CertificateMint.server(MX).issuedBy(ecCa).signedWith("SHA1withECDSA").mint();
    matched(Matches.match(lenient, rrset(ecCa.tlsa(2, 1, 1)), chain(ecSha1, ecCa)));
  }

  @Test
  void theAnchorsOwnSignatureDoesNotCount() {
    Minted ca = CertificateMint.ca("CA").keys(RSA).signedWith("MD5withRSA").mint();
    Minted server = CertificateMint.server(MX).issuedBy(ca).mint();
    matched(match(ca.tlsa(2, 0, 1), server, ca));
  }

  @Test
  void unknownSignaturesAreUnsupportedAndNamed() {
    Minted ca = CertificateMint.ca("CA").keys(RSA).mint();
    Minted server = CertificateMint.server(MX).issuedBy(ca).signedWith("SHA224withRSA").mint();
    CertificateMismatch.UnsupportedAlgorithm unsupported =
        mismatch(
            CertificateMismatch.UnsupportedAlgorithm.class, match(ca.tlsa(2, 1, 1), server, ca));
    assertThat(unsupported.algorithm()).contains("1.2.840.113549.1.1.14").contains("RSA-2048");
  }

  @Test
  void signaturesByUnknownKeysAreUnsupportedAndNamed() {
    AlgorithmIdentifier unknown = new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.3.4"));
    Minted ca =
        CertificateMint.ca("CA")
            .subjectPublicKeyInfo(new SubjectPublicKeyInfo(unknown, new byte[] {1}))
            .mint();
    Minted server = CertificateMint.server(MX).issuedBy(ca).mint();
    CertificateMismatch.UnsupportedAlgorithm unsupported =
        mismatch(
            CertificateMismatch.UnsupportedAlgorithm.class, match(ca.tlsa(2, 1, 1), server, ca));
    assertThat(unsupported.algorithm()).contains("ECDSA with SHA-256, by key algorithm 1.2.3.4");
  }

  @Test
  void weakKeysAreRefusedAnywhereOnThePath() {
    Minted weakCa = CertificateMint.ca("Weak").keys(CertificateMint.keys("RSA", 768)).mint();
    Minted server = CertificateMint.server(MX).issuedBy(weakCa).mint();
    CertificateMismatch.WeakKey weak =
        mismatch(CertificateMismatch.WeakKey.class, match(weakCa.tlsa(2, 1, 1), server, weakCa));
    assertThat(weak.certificate()).isEqualTo(certificate(weakCa));

    Minted ca = CertificateMint.ca("CA").mint();
    Minted weakServer =
        CertificateMint.server(MX).issuedBy(ca).keys(CertificateMint.keys("RSA", 512)).mint();
    mismatch(CertificateMismatch.WeakKey.class, match(ca.tlsa(2, 1, 1), weakServer, ca));
  }
}
