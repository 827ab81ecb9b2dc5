// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.KeyPair;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.tlsa.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Public and private keys without certificates, in whatever form. */
class BareKeyReadingTest {

  private static final char[] PASSWORD = "correct horse".toCharArray();

  static Stream<KeyPair> keyPairs() {
    return Stream.of(
        CertificateMint.ecKeys(),
        CertificateMint.keys("EC", 384),
        CertificateMint.keys("RSA", 2048),
        CertificateMint.keys("RSASSA-PSS", 2048),
        CertificateMint.keys("Ed25519", 0),
        CertificateMint.keys("Ed448", 0));
  }

  @ParameterizedTest
  @MethodSource("keyPairs")
  void privateKey_givesThePublicHalf_asItStandsInCertificates(KeyPair keys) throws Exception {
    byte[] pkcs8 = keys.getPrivate().getEncoded();
    assertThat(KeyFiles.read(KeyFiles.privateKey(keys)))
        .isEqualTo(ServerKey.ofPublicKey(KeyFiles.publicKey(keys)));
    assertThat(ServerKeyReader.withoutPassword().read(Octets.of(pkcs8)).subjectPublicKeyInfo())
        .isEqualTo(KeyFiles.publicKey(keys));
    assertThat(KeyFiles.read(KeyFiles.pem("PUBLIC KEY", keys.getPublic().getEncoded())))
        .isEqualTo(KeyFiles.read(KeyFiles.privateKey(keys)));
  }

  @Test
  void rsaAndEcKeysInTheirOwnFormats_areReadToo() throws Exception {
    KeyPair rsa = CertificateMint.keys("RSA", 2048);
    byte[] pkcs1 = inner(rsa);
    assertThat(KeyFiles.read(KeyFiles.pem("RSA PRIVATE KEY", pkcs1)).subjectPublicKeyInfo())
        .isEqualTo(KeyFiles.publicKey(rsa));
    assertThat(ServerKeyReader.withoutPassword().read(Octets.of(pkcs1)).subjectPublicKeyInfo())
        .isEqualTo(KeyFiles.publicKey(rsa));
    KeyPair ec = CertificateMint.ecKeys();
    byte[] sec1 =
        new ECPrivateKey(
                256,
                new BigInteger(
                    1,
                    ((java.security.interfaces.ECPrivateKey) ec.getPrivate()).getS().toByteArray()),
                SECObjectIdentifiers.secp256r1)
            .getEncoded();
    String parameters = KeyFiles.pem("EC PARAMETERS", SECObjectIdentifiers.secp256r1.getEncoded());
    assertThat(
            KeyFiles.read(parameters + KeyFiles.pem("EC PRIVATE KEY", sec1)).subjectPublicKeyInfo())
        .isEqualTo(KeyFiles.publicKey(ec));
    assertThat(ServerKeyReader.withoutPassword().read(Octets.of(sec1)).subjectPublicKeyInfo())
        .isEqualTo(KeyFiles.publicKey(ec));
  }

  private static byte[] inner(KeyPair keys) throws Exception {
    return PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded())
        .parsePrivateKey()
        .toASN1Primitive()
        .getEncoded();
  }

  @Test
  void rsaPublicKeyOfPkcs1_isTheSameKey() throws Exception {
    KeyPair rsa = CertificateMint.keys("RSA", 2048);
    byte[] pkcs1 =
        SubjectPublicKeyInfo.getInstance(rsa.getPublic().getEncoded())
            .parsePublicKey()
            .getEncoded();
    assertThat(KeyFiles.read(KeyFiles.pem("RSA PUBLIC KEY", pkcs1)).subjectPublicKeyInfo())
        .isEqualTo(KeyFiles.publicKey(rsa));
  }

  /** RFC 3279 §2.3.1: certificates have NULL there, whatever the private key has. */
  @Test
  void rsaKeyWithoutParameters_isAsInCertificates() throws Exception {
    KeyPair rsa = CertificateMint.keys("RSA", 2048);
    PrivateKeyInfo info = PrivateKeyInfo.getInstance(rsa.getPrivate().getEncoded());
    byte[] bare =
        new PrivateKeyInfo(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption),
                info.parsePrivateKey())
            .getEncoded();
    assertThat(KeyFiles.read(KeyFiles.pem("PRIVATE KEY", bare)))
        .isEqualTo(ServerKey.ofPublicKey(KeyFiles.publicKey(rsa)));
  }

  /** RFC 5480 §2.2: the point may be compressed; the certificate then has it so too. */
  @Test
  void pointThatTheKeyHasCompressed_isCompressed() throws Exception {
    X9ECParameters curve = SECNamedCurves.getByName("secp256r1");
    BigInteger scalar = BigInteger.valueOf(123456789);
    byte[] point = curve.getG().multiply(scalar).normalize().getEncoded(true);
    byte[] sec1 =
        new ECPrivateKey(256, scalar, new DERBitString(point), SECObjectIdentifiers.secp256r1)
            .getEncoded();
    Octets expected =
        Octets.of(
            new SubjectPublicKeyInfo(
                    new AlgorithmIdentifier(
                        X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1),
                    point)
                .getEncoded());
    assertThat(KeyFiles.read(KeyFiles.pem("EC PRIVATE KEY", sec1)))
        .isEqualTo(ServerKey.ofPublicKey(expected));
  }

  @Test
  void privateKeyWithAnotherKeysPoint_isDamaged() throws Exception {
    X9ECParameters curve = SECNamedCurves.getByName("secp256r1");
    byte[] point = curve.getG().multiply(BigInteger.TWO).normalize().getEncoded(false);
    byte[] sec1 =
        new ECPrivateKey(
                256, BigInteger.TEN, new DERBitString(point), SECObjectIdentifiers.secp256r1)
            .getEncoded();
    assertThatThrownBy(() -> KeyFiles.read(KeyFiles.pem("EC PRIVATE KEY", sec1)))
        .hasMessageContaining("damaged EC private key");
  }

  @Test
  void keysThatNoServerHas_areRefused() throws Exception {
    for (KeyPair keys :
        List.of(CertificateMint.keys("X25519", 0), CertificateMint.keys("DSA", 2048))) {
      assertThatThrownBy(
              () -> KeyFiles.read(KeyFiles.pem("PUBLIC KEY", keys.getPublic().getEncoded())))
          .hasMessageContaining("mail servers have not");
      assertThatThrownBy(() -> KeyFiles.read(KeyFiles.privateKey(keys)))
          .hasMessageContaining("mail servers have not");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "OPENSSH PRIVATE KEY"})
  void damagedPrivateKey_isNeverInTheMessage(String type) {
    byte[] secret = CertificateMint.keys("RSA", 2048).getPrivate().getEncoded();
    for (int at = 0; at < secret.length; at += 31) {
      byte[] damaged = secret.clone();
      damaged[at] ^= 0x15;
      String text = KeyFiles.pem(type, damaged);
      try {
        // Some damage makes another key of it; of that, the private half is not kept either.
        ServerKey key = KeyFiles.read(text);
        assertThat(List.of(key.toString(), key.subjectPublicKeyInfo().toHex()))
            .noneMatch(shown -> shown.contains(privateExponent(secret)));
      } catch (UnusableKeyException e) {
        assertThat(e).hasNoCause();
        String message = String.valueOf(e.getMessage());
        assertThat(message.length()).isLessThan(200);
        assertThat(text.lines().skip(1).filter(line -> line.length() > 20))
            .noneMatch(line -> message.contains(line.substring(0, 20)));
      }
    }
  }

  private static String privateExponent(byte[] pkcs8) {
    try {
      byte[] key =
          PrivateKeyInfo.getInstance(pkcs8).parsePrivateKey().toASN1Primitive().getEncoded();
      BigInteger exponent =
          org.bouncycastle.asn1.pkcs.RSAPrivateKey.getInstance(key).getPrivateExponent();
      return HexFormat.of().formatHex(exponent.toByteArray()).substring(0, 40);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void nothingOfAPrivateKeyIsKept() throws Exception {
    KeyPair keys = CertificateMint.ecKeys();
    ServerKey key = KeyFiles.read(KeyFiles.privateKey(keys));
    byte[] scalar =
        ((java.security.interfaces.ECPrivateKey) keys.getPrivate()).getS().toByteArray();
    String hex = HexFormat.of().formatHex(scalar);
    assertThat(key.subjectPublicKeyInfo().toHex()).doesNotContain(hex.substring(2));
    assertThat(key.toString()).doesNotContain(hex.substring(2, 22));
    assertThat(key.chain()).isEmpty();
    assertThat(new Password(PASSWORD).toString()).doesNotContain("correct");
  }
}
