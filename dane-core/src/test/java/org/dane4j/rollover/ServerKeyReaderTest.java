// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.bouncycastle.util.Arrays;
import org.bouncycastle.util.io.pem.PemObject;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.dane4j.tlsa.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerKeyReaderTest {

  private static final char[] PASSWORD = "correct horse".toCharArray();

  private final Minted root = CertificateMint.ca("root").mint();
  private final Minted issuer = CertificateMint.ca("issuer").issuedBy(root).mint();
  private final Minted server = CertificateMint.server("mx.example.org").issuedBy(issuer).mint();
  private final Minted other = CertificateMint.server("mx.example.net").issuedBy(issuer).mint();

  private static ServerKey read(String text) throws UnusableKeyException {
    return ServerKeyReader.withoutPassword().read(KeyFiles.octets(text));
  }

  private static Octets publicKey(KeyPair keys) {
    return Octets.of(keys.getPublic().getEncoded());
  }

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
    assertThat(read(KeyFiles.privateKey(keys))).isEqualTo(ServerKey.ofPublicKey(publicKey(keys)));
    assertThat(ServerKeyReader.withoutPassword().read(Octets.of(pkcs8)).subjectPublicKeyInfo())
        .isEqualTo(publicKey(keys));
    assertThat(read(KeyFiles.pem("PUBLIC KEY", keys.getPublic().getEncoded())))
        .isEqualTo(read(KeyFiles.privateKey(keys)));
  }

  @Test
  void rsaAndEcKeysInTheirOwnFormats_areReadToo() throws Exception {
    KeyPair rsa = CertificateMint.keys("RSA", 2048);
    byte[] pkcs1 = inner(rsa);
    assertThat(read(KeyFiles.pem("RSA PRIVATE KEY", pkcs1)).subjectPublicKeyInfo())
        .isEqualTo(publicKey(rsa));
    assertThat(ServerKeyReader.withoutPassword().read(Octets.of(pkcs1)).subjectPublicKeyInfo())
        .isEqualTo(publicKey(rsa));
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
    assertThat(read(parameters + KeyFiles.pem("EC PRIVATE KEY", sec1)).subjectPublicKeyInfo())
        .isEqualTo(publicKey(ec));
    assertThat(ServerKeyReader.withoutPassword().read(Octets.of(sec1)).subjectPublicKeyInfo())
        .isEqualTo(publicKey(ec));
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
    assertThat(read(KeyFiles.pem("RSA PUBLIC KEY", pkcs1)).subjectPublicKeyInfo())
        .isEqualTo(publicKey(rsa));
  }

  @Test
  void signingRequest_givesItsKey() throws Exception {
    KeyPair keys = CertificateMint.ecKeys();
    byte[] request =
        new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=mx"), keys.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
            .getEncoded();
    assertThat(read(KeyFiles.pem("CERTIFICATE REQUEST", request)))
        .isEqualTo(ServerKey.ofPublicKey(publicKey(keys)));
    assertThat(ServerKeyReader.withoutPassword().read(Octets.of(request)))
        .isEqualTo(ServerKey.ofPublicKey(publicKey(keys)));
  }

  @Test
  void chain_startsWithTheServersCertificate_whateverTheOrderOfTheFile() throws Exception {
    assertThat(read(KeyFiles.pem(server, issuer, root)))
        .isEqualTo(KeyFiles.chain(server, issuer, root));
    assertThat(read("text before\n" + KeyFiles.pem(issuer, server)))
        .isEqualTo(KeyFiles.chain(server, issuer));
    assertThat(ServerKeyReader.withoutPassword().read(server.der()))
        .isEqualTo(KeyFiles.chain(server));
  }

  @Test
  void singleCertificate_isTheServers_alsoIfWhoSignedItMadeItACas() throws Exception {
    assertThat(read(KeyFiles.pem(server))).isEqualTo(KeyFiles.chain(server));
    assertThat(read(KeyFiles.pem(root))).isEqualTo(KeyFiles.chain(root));
  }

  /** What ACME clients call chain.pem: 3 1 1 of it would be of a key that the server has not. */
  @Test
  void certificatesOfCasAlone_areNoServers() {
    for (String text :
        List.of(KeyFiles.pem(issuer), KeyFiles.pem(issuer, root), KeyFiles.pem(root, issuer))) {
      assertThatThrownBy(() -> read(text))
          .isInstanceOf(UnusableKeyException.class)
          .hasMessageContaining("CAs alone; give the server's own");
    }
  }

  @Test
  void keyBesideCertificates_saysWhichIsTheServers_evenACas() throws Exception {
    assertThat(read(KeyFiles.privateKey(issuer.keys()) + KeyFiles.pem(issuer, root)))
        .isEqualTo(KeyFiles.chain(issuer, root));
  }

  @Test
  void textFromOtherSystems_isReadToo() throws Exception {
    String text = KeyFiles.pem(server, issuer);
    byte[] mark = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    byte[] marked = Arrays.concatenate(mark, text.getBytes(StandardCharsets.US_ASCII));
    assertThat(ServerKeyReader.withoutPassword().read(Octets.of(marked)))
        .isEqualTo(KeyFiles.chain(server, issuer));
    assertThat(read(text.replace("\n", "\r\n"))).isEqualTo(KeyFiles.chain(server, issuer));
    assertThat(read(text.replace("\n", " \n"))).isEqualTo(KeyFiles.chain(server, issuer));
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
    assertThat(read(KeyFiles.pem("PRIVATE KEY", bare)))
        .isEqualTo(ServerKey.ofPublicKey(publicKey(rsa)));
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
    assertThat(read(KeyFiles.pem("EC PRIVATE KEY", sec1)))
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
    assertThatThrownBy(() -> read(KeyFiles.pem("EC PRIVATE KEY", sec1)))
        .hasMessageContaining("damaged EC private key");
  }

  @Test
  void keysThatNoServerHas_areRefused() throws Exception {
    for (KeyPair keys :
        List.of(CertificateMint.keys("X25519", 0), CertificateMint.keys("DSA", 2048))) {
      assertThatThrownBy(() -> read(KeyFiles.pem("PUBLIC KEY", keys.getPublic().getEncoded())))
          .hasMessageContaining("mail servers have not");
      assertThatThrownBy(() -> read(KeyFiles.privateKey(keys)))
          .hasMessageContaining("mail servers have not");
    }
  }

  @Test
  void pkcs12WithAnothersCertificate_isRefused() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "a", other.keys().getPrivate(), PASSWORD, new Certificate[] {server.certificate()});
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, PASSWORD);
    assertThatThrownBy(
            () -> ServerKeyReader.withPassword(PASSWORD).read(Octets.of(out.toByteArray())))
        .hasMessageContaining("do not belong together");
  }

  /** PKCS #8 as OpenSSL encrypted it before its version 1.1. */
  @Test
  void keyThatIsEncryptedInAnOlderWay_isReadToo() throws Exception {
    String algorithm = "PBEWithSHA1AndDESede";
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(PASSWORD)),
        new PBEParameterSpec(new byte[8], 2048));
    byte[] encrypted =
        new EncryptedPrivateKeyInfo(
                cipher.getParameters(), cipher.doFinal(server.keys().getPrivate().getEncoded()))
            .getEncoded();
    assertThat(
            ServerKeyReader.withPassword(PASSWORD)
                .read(KeyFiles.octets(KeyFiles.pem("ENCRYPTED PRIVATE KEY", encrypted))))
        .isEqualTo(ServerKey.ofPublicKey(publicKey(server.keys())));
  }

  @Test
  void pkcs12WithoutAKey_isRefused() throws Exception {
    assertThatThrownBy(() -> ServerKeyReader.withPassword(PASSWORD).read(pkcs12(Map.of())))
        .hasMessageContaining("0 keys; give");
  }

  @Test
  void keyAndChain_belongTogether_andTheKeyPicksTheCertificate() throws Exception {
    String key = KeyFiles.privateKey(server.keys());
    assertThat(read(key + KeyFiles.pem(server, issuer))).isEqualTo(KeyFiles.chain(server, issuer));
  }

  @Test
  void whatIsAmbiguous_isRefused_withTheRemedy() {
    String key = KeyFiles.privateKey(server.keys());
    Map.of(
            KeyFiles.pem(server, other),
            "2 server certificates; give",
            key + KeyFiles.pem(other),
            "do not belong together; give",
            key + KeyFiles.privateKey(other.keys()),
            "2 different keys; give",
            KeyFiles.pem("CERTIFICATE", new byte[] {0x30, 0}),
            "damaged certificate; copy",
            KeyFiles.pem("OPENSSH PRIVATE KEY", new byte[9]),
            "another kind",
            "-----BEGIN CERTIFICATE-----\nAAAA\n",
            "PEM block",
            "",
            "no certificate, certificate signing request, key",
            "hello",
            "no certificate, certificate signing request, key")
        .forEach(
            (text, message) ->
                assertThatThrownBy(() -> read(text))
                    .isInstanceOf(UnusableKeyException.class)
                    .hasNoCause()
                    .hasMessageContaining(message)
                    .message()
                    .hasLineCount(1));
  }

  @Test
  void encryptedKey_needsItsPassword() throws Exception {
    String pem = KeyFiles.pem("ENCRYPTED PRIVATE KEY", encrypted(server.keys()));
    assertThat(ServerKeyReader.withPassword(PASSWORD).read(KeyFiles.octets(pem)))
        .isEqualTo(ServerKey.ofPublicKey(publicKey(server.keys())));
    assertThat(ServerKeyReader.withPassword(PASSWORD).read(Octets.of(encrypted(server.keys()))))
        .isEqualTo(ServerKey.ofPublicKey(publicKey(server.keys())));
    assertThatThrownBy(() -> read(pem)).hasMessageContaining("encrypted private key; give");
    assertThatThrownBy(
            () -> ServerKeyReader.withPassword("x".toCharArray()).read(KeyFiles.octets(pem)))
        .hasMessageContaining("the password is another one");
    assertThatThrownBy(
            () ->
                read(
                    """
                    -----BEGIN RSA PRIVATE KEY-----
                    Proc-Type: 4,ENCRYPTED
                    DEK-Info: AES-128-CBC,00

                    AAAA
                    -----END RSA PRIVATE KEY-----
                    """))
        .hasMessageContaining("openssl pkey");
  }

  private static byte[] encrypted(KeyPair keys) throws Exception {
    PemObject block =
        new JcaPKCS8Generator(
                keys.getPrivate(),
                new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                    .setProvider(new BouncyCastleProvider())
                    .setPRF(PKCS8Generator.PRF_HMACSHA256)
                    .setPassword(PASSWORD)
                    .build())
            .generate();
    return block.getContent();
  }

  @Test
  void pkcs12_givesTheChainOfItsOneKey() throws Exception {
    Octets store = pkcs12(Map.of("a", server));
    assertThat(ServerKeyReader.withPassword(PASSWORD).read(store))
        .isEqualTo(KeyFiles.chain(server, issuer));
    assertThatThrownBy(() -> ServerKeyReader.withoutPassword().read(store))
        .hasMessageContaining("encrypted PKCS #12 file; give its password");
    assertThatThrownBy(() -> ServerKeyReader.withPassword("no".toCharArray()).read(store))
        .hasMessageContaining("the password is another one");
    assertThatThrownBy(
            () ->
                ServerKeyReader.withPassword(PASSWORD)
                    .read(pkcs12(Map.of("a", server, "b", other))))
        .hasMessageContaining("2 keys; give");
  }

  private Octets pkcs12(Map<String, Minted> entries) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (Map.Entry<String, Minted> entry : entries.entrySet()) {
      Certificate[] chain = {entry.getValue().certificate(), issuer.certificate()};
      store.setKeyEntry(entry.getKey(), entry.getValue().keys().getPrivate(), PASSWORD, chain);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, PASSWORD);
    return Octets.of(out.toByteArray());
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
        ServerKey key = read(text);
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
    ServerKey key = read(KeyFiles.privateKey(keys));
    byte[] scalar =
        ((java.security.interfaces.ECPrivateKey) keys.getPrivate()).getS().toByteArray();
    String hex = HexFormat.of().formatHex(scalar);
    assertThat(key.subjectPublicKeyInfo().toHex()).doesNotContain(hex.substring(2));
    assertThat(key.toString()).doesNotContain(hex.substring(2, 22));
    assertThat(key.chain()).isEmpty();
    assertThat(new Password(PASSWORD).toString()).doesNotContain("correct");
  }

  @Test
  void certificatesOfCas_areReadWithoutAServer() throws Exception {
    ServerKeyReader reader = ServerKeyReader.withoutPassword();
    assertThat(reader.readCertificates(KeyFiles.octets(KeyFiles.pem(root, issuer))))
        .containsExactly(root.der(), issuer.der());
    assertThatThrownBy(
            () -> reader.readCertificates(KeyFiles.octets(KeyFiles.privateKey(root.keys()))))
        .hasMessageContaining("certificates, and nothing else");
  }
}
