// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.bouncycastle.util.Arrays;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.dane4j.tlsa.Octets;
import org.junit.jupiter.api.Test;

/** Certificates, chains and signing requests. */
class ServerKeyReaderTest {

  private final Minted root = CertificateMint.ca("root").mint();
  private final Minted issuer = CertificateMint.ca("issuer").issuedBy(root).mint();
  private final Minted server = CertificateMint.server("mx.example.org").issuedBy(issuer).mint();
  private final Minted other = CertificateMint.server("mx.example.net").issuedBy(issuer).mint();

  @Test
  void signingRequest_givesItsKey() throws Exception {
    KeyPair keys = CertificateMint.ecKeys();
    byte[] request =
        new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=mx"), keys.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
            .getEncoded();
    assertThat(KeyFiles.read(KeyFiles.pem("CERTIFICATE REQUEST", request)))
        .isEqualTo(ServerKey.ofPublicKey(KeyFiles.publicKey(keys)));
    assertThat(ServerKeyReader.withoutPassword().read(Octets.of(request)))
        .isEqualTo(ServerKey.ofPublicKey(KeyFiles.publicKey(keys)));
  }

  @Test
  void chain_startsWithTheServersCertificate_whateverTheOrderOfTheFile() throws Exception {
    assertThat(KeyFiles.read(KeyFiles.pem(server, issuer, root)))
        .isEqualTo(KeyFiles.chain(server, issuer, root));
    assertThat(KeyFiles.read("text before\n" + KeyFiles.pem(issuer, server)))
        .isEqualTo(KeyFiles.chain(server, issuer));
    assertThat(ServerKeyReader.withoutPassword().read(server.der()))
        .isEqualTo(KeyFiles.chain(server));
  }

  @Test
  void singleCertificate_isTheServers_alsoIfWhoSignedItMadeItACas() throws Exception {
    assertThat(KeyFiles.read(KeyFiles.pem(server))).isEqualTo(KeyFiles.chain(server));
    assertThat(KeyFiles.read(KeyFiles.pem(root))).isEqualTo(KeyFiles.chain(root));
  }

  /** What ACME clients call chain.pem: 3 1 1 of it would be of a key that the server has not. */
  @Test
  void certificatesOfCasAlone_areNoServers() {
    for (String text :
        List.of(KeyFiles.pem(issuer), KeyFiles.pem(issuer, root), KeyFiles.pem(root, issuer))) {
      assertThatThrownBy(() -> KeyFiles.read(text))
          .isInstanceOf(UnusableKeyException.class)
          .hasMessageContaining("CAs alone; give the server's own");
    }
  }

  @Test
  void keyBesideCertificates_saysWhichIsTheServers_evenACas() throws Exception {
    assertThat(KeyFiles.read(KeyFiles.privateKey(issuer.keys()) + KeyFiles.pem(issuer, root)))
        .isEqualTo(KeyFiles.chain(issuer, root));
  }

  @Test
  void textFromOtherSystems_isReadToo() throws Exception {
    String text = KeyFiles.pem(server, issuer);
    byte[] mark = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    byte[] marked = Arrays.concatenate(mark, text.getBytes(StandardCharsets.US_ASCII));
    assertThat(ServerKeyReader.withoutPassword().read(Octets.of(marked)))
        .isEqualTo(KeyFiles.chain(server, issuer));
    assertThat(KeyFiles.read(text.replace("\n", "\r\n"))).isEqualTo(KeyFiles.chain(server, issuer));
    assertThat(KeyFiles.read(text.replace("\n", " \n"))).isEqualTo(KeyFiles.chain(server, issuer));
  }

  @Test
  void keyAndChain_belongTogether_andTheKeyPicksTheCertificate() throws Exception {
    String key = KeyFiles.privateKey(server.keys());
    assertThat(KeyFiles.read(key + KeyFiles.pem(server, issuer)))
        .isEqualTo(KeyFiles.chain(server, issuer));
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
                assertThatThrownBy(() -> KeyFiles.read(text))
                    .isInstanceOf(UnusableKeyException.class)
                    .hasNoCause()
                    .hasMessageContaining(message)
                    .message()
                    .hasLineCount(1));
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
