// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.security.KeyPair;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.internal.DerSlice;
import org.dane4j.internal.MalformedDerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyKindTest {

  @ParameterizedTest
  @CsvSource({
    "RSA, 512, RSA-512",
    "RSA, 1024, RSA-1024",
    "EC, 256, EC-256",
    "EC, 384, EC-384",
    "EC, 521, EC-521",
    "Ed25519, 0, Ed25519",
    "Ed448, 0, Ed448"
  })
  void kindsAndLengthsAreReadFromTheDer(String algorithm, int bits, String name) throws Exception {
    assertThat(kind(CertificateMint.keys(algorithm, bits)).name()).isEqualTo(name);
  }

  @Test
  void anythingElseIsNamedByItsIdentifier() throws Exception {
    AlgorithmIdentifier unknown = new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.3.4"));
    KeyKind kind = kind(new SubjectPublicKeyInfo(unknown, new byte[] {1}).getEncoded());
    assertThat(kind.family()).isEqualTo(KeyKind.Family.OTHER);
    assertThat(kind.name()).contains("1.2.3.4");
  }

  // RFC 5480 §2.1.1: a curve of one's own makes any signature verify (CVE-2020-0601).
  @Test
  void curvesWithoutNameAreNotSupported() throws Exception {
    AlgorithmIdentifier specified =
        new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.840.10045.2.1"), new DERSequence());
    KeyKind kind = kind(new SubjectPublicKeyInfo(specified, new byte[] {4}).getEncoded());
    assertThat(SignatureCheck.supports(kind)).isFalse();
  }

  @Test
  void curvesThatAreNotInUseAreNamedAndNotSupported() throws Exception {
    AlgorithmIdentifier brainpool =
        new AlgorithmIdentifier(
            new ASN1ObjectIdentifier("1.2.840.10045.2.1"),
            new ASN1ObjectIdentifier("1.3.36.3.3.2.8.1.1.7"));
    KeyKind kind = kind(new SubjectPublicKeyInfo(brainpool, new byte[] {4}).getEncoded());
    assertThat(kind.name()).isEqualTo("EC curve 1.3.36.3.3.2.8.1.1.7");
    assertThat(SignatureCheck.supports(kind)).isFalse();
  }

  // RFC 5480 §2.2
  @Test
  void compressedPointsAreAllowed() throws Exception {
    AlgorithmIdentifier p256 =
        new AlgorithmIdentifier(
            new ASN1ObjectIdentifier("1.2.840.10045.2.1"),
            new ASN1ObjectIdentifier("1.2.840.10045.3.1.7"));
    for (byte form : new byte[] {2, 3}) {
      byte[] point = new byte[33];
      point[0] = form;
      assertThat(kind(new SubjectPublicKeyInfo(p256, point).getEncoded()).name())
          .isEqualTo("EC-256");
    }
  }

  @Test
  void whatFollowsAKeyIsMalformed() {
    AlgorithmIdentifier rsa =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    ASN1Integer two = new ASN1Integer(2);
    DERSequence three = new DERSequence(new ASN1Encodable[] {two, two, two});
    byte[] padded = {0x30, 6, 2, 1, 2, 2, 1, 2, 5, 0};
    assertThatExceptionOfType(MalformedDerException.class)
        .isThrownBy(() -> kind(new SubjectPublicKeyInfo(rsa, three).getEncoded()))
        .withMessageContaining("after the end of the RSA key");
    assertThatExceptionOfType(MalformedDerException.class)
        .isThrownBy(() -> kind(new SubjectPublicKeyInfo(rsa, padded).getEncoded()))
        .withMessageContaining("after the end of the RSA key");
    DERSequence more =
        new DERSequence(
            new ASN1Encodable[] {rsa, new DERBitString(new byte[] {1}), DERNull.INSTANCE});
    assertThatExceptionOfType(MalformedDerException.class)
        .isThrownBy(() -> kind(more.getEncoded()))
        .withMessageContaining("after the end of the public key");
  }

  // RFC 4055 §1.2: RSA keys all the same
  @Test
  void keysForPssAloneMustBeAsLongAsOthers() throws Exception {
    AlgorithmIdentifier pss = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS);
    ASN1Encodable[] numbers = {
      new ASN1Integer(BigInteger.ONE.shiftLeft(767)), new ASN1Integer(65537)
    };
    KeyKind kind = kind(new SubjectPublicKeyInfo(pss, new DERSequence(numbers)).getEncoded());
    assertThat(kind.name()).isEqualTo("RSA-768");
    assertThat(StrengthPolicy.DEFAULT.missedMinimum(kind)).contains("RSA-1024");
  }

  @Test
  void lengthsAreCountedFromTheTopmostBit() throws Exception {
    assertThat(rsa(BigInteger.valueOf(0x7f), BigInteger.TWO).name()).isEqualTo("RSA-7");
    assertThat(rsa(BigInteger.valueOf(0x80), BigInteger.TWO).name()).isEqualTo("RSA-8");
    assertThat(rsa(BigInteger.valueOf(0x100), BigInteger.TWO).name()).isEqualTo("RSA-9");
  }

  // RFC 5480 §2.2
  @Test
  void pointsInHybridFormAreMalformed() {
    byte[] spki = CertificateMint.ecKeys().getPublic().getEncoded();
    int point = spki.length - 65;
    assertThat(spki[point]).isEqualTo((byte) 4);
    for (byte form : new byte[] {0, 1, 5, 6, 7}) {
      spki[point] = form;
      assertThatExceptionOfType(MalformedDerException.class).isThrownBy(() -> kind(spki));
    }
  }

  @Test
  void rsaKeysThatCostTooMuchAreNotSupported() throws Exception {
    BigInteger modulus = BigInteger.ONE.shiftLeft(2047).setBit(0);
    BigInteger exponent = BigInteger.ONE.shiftLeft(33).setBit(0);
    assertThat(SignatureCheck.supports(rsa(modulus, BigInteger.valueOf(65537)))).isTrue();
    assertThat(SignatureCheck.supports(rsa(modulus, exponent))).isFalse();
    assertThat(
            SignatureCheck.supports(
                rsa(BigInteger.ONE.shiftLeft(16384), BigInteger.valueOf(65537))))
        .isFalse();
  }

  @Test
  void numbersThatAreNotPositiveAreMalformed() {
    assertThatExceptionOfType(MalformedDerException.class)
        .isThrownBy(() -> rsa(BigInteger.ZERO, BigInteger.TWO));
    assertThatExceptionOfType(MalformedDerException.class)
        .isThrownBy(() -> rsa(BigInteger.TWO, BigInteger.TWO.negate()));
  }

  private static KeyKind rsa(BigInteger modulus, BigInteger exponent) throws Exception {
    AlgorithmIdentifier rsa =
        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
    DERSequence key =
        new DERSequence(new ASN1Encodable[] {new ASN1Integer(modulus), new ASN1Integer(exponent)});
    return kind(new SubjectPublicKeyInfo(rsa, key).getEncoded());
  }

  private static KeyKind kind(KeyPair keys) throws MalformedDerException {
    return kind(keys.getPublic().getEncoded());
  }

  private static KeyKind kind(byte[] spki) throws MalformedDerException {
    return KeyKind.of(DerSlice.owning(spki));
  }
}
