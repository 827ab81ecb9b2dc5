// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.dane4j.tlsa.Octets;
import org.junit.jupiter.api.Test;

class PeerChainTest {

  private final Minted ca = CertificateMint.ca("CA").mint();
  private final Minted server = CertificateMint.server("mx.example.org").issuedBy(ca).mint();

  @Test
  void certificatesOfJavaAndTheirOctetsAreTheSameChain() {
    PeerChain chain = PeerChain.of(server.certificate(), ca.certificate());
    assertThat(chain)
        .isEqualTo(PeerChain.ofDer(List.of(server.der(), ca.der())))
        .hasSameHashCodeAs(PeerChain.ofDer(List.of(server.der(), ca.der())));
    assertThat(chain.leaf().der()).isEqualTo(server.der());
    assertThat(chain.certificates()).hasSize(2);
    assertThat(chain).isNotEqualTo(PeerChain.of(server.certificate()));
  }

  @Test
  void certificatesBeyondTheLimitAreIgnored() {
    PeerChain chain = PeerChain.ofDer(Collections.nCopies(1000, server.der()));
    assertThat(chain.certificates()).hasSize(PeerChain.MAX_CERTIFICATES);
  }

  @Test
  void keysAreThoseOfTheOctets() {
    ChainCertificate certificate = PeerChain.of(server.certificate()).leaf();
    assertThat(certificate.subjectPublicKeyInfo())
        .contains(Octets.of(server.keys().getPublic().getEncoded()));
    assertThat(certificate.spkiSha256()).contains(server.tlsa(3, 1, 1).associationData());
  }

  @Test
  void octetsThatAreNoCertificateAreHeldAllTheSame() {
    ChainCertificate junk = PeerChain.ofDer(List.of(Octets.ofHex("0102"))).leaf();
    assertThat(junk.der()).isEqualTo(Octets.ofHex("0102"));
    assertThat(junk.subjectPublicKeyInfo()).isEmpty();
    assertThat(junk.spkiSha256()).isEmpty();
    assertThat(junk.toString()).contains("2 octets that are no certificate");
  }

  @Test
  void whatAPeerWritesIntoItsNameIsMadePrintable() {
    Minted nasty = CertificateMint.bare("CN=a\n\u001b[31mred").mint();
    assertThat(Matches.certificate(nasty).toString())
        .contains("\\u000a", "\\u001b")
        .doesNotContain("\n", "\u001b");
    Minted endless = CertificateMint.bare("OU=a" + ",OU=a".repeat(1000)).mint();
    assertThat(Matches.certificate(endless).toString()).hasSizeLessThan(500);
  }
}
