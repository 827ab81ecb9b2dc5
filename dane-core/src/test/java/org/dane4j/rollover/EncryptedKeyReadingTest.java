// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.dane4j.tlsa.Octets;
import org.junit.jupiter.api.Test;

/** What needs a password: encrypted private keys and PKCS #12. */
class EncryptedKeyReadingTest {

  private static final char[] PASSWORD = "correct horse".toCharArray();
  private final Minted root = CertificateMint.ca("root").mint();
  private final Minted issuer = CertificateMint.ca("issuer").issuedBy(root).mint();
  private final Minted server = CertificateMint.server("mx.example.org").issuedBy(issuer).mint();
  private final Minted other = CertificateMint.server("mx.example.net").issuedBy(issuer).mint();

  @Test
  void encryptedKey_needsItsPassword() throws Exception {
    String pem = KeyFiles.pem("ENCRYPTED PRIVATE KEY", encrypted(server.keys()));
    assertThat(ServerKeyReader.withPassword(PASSWORD).read(KeyFiles.octets(pem)))
        .isEqualTo(ServerKey.ofPublicKey(KeyFiles.publicKey(server.keys())));
    assertThat(ServerKeyReader.withPassword(PASSWORD).read(Octets.of(encrypted(server.keys()))))
        .isEqualTo(ServerKey.ofPublicKey(KeyFiles.publicKey(server.keys())));
    assertThatThrownBy(() -> KeyFiles.read(pem))
        .hasMessageContaining("encrypted private key; give");
    assertThatThrownBy(
            () -> ServerKeyReader.withPassword("x".toCharArray()).read(KeyFiles.octets(pem)))
        .hasMessageContaining("the password is another one");
    assertThatThrownBy(
            () ->
                KeyFiles.read(
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
        .isEqualTo(ServerKey.ofPublicKey(KeyFiles.publicKey(server.keys())));
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

  @Test
  void pkcs12WithoutAKey_isRefused() throws Exception {
    assertThatThrownBy(() -> ServerKeyReader.withPassword(PASSWORD).read(pkcs12(Map.of())))
        .hasMessageContaining("0 keys; give");
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
}
