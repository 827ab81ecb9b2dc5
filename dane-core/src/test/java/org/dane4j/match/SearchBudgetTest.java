// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.match.Matches.MX;
import static org.dane4j.match.Matches.match;
import static org.dane4j.match.Matches.matched;
import static org.dane4j.match.Matches.mismatch;

import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.junit.jupiter.api.Test;

class SearchBudgetTest {

  private final Minted stranger = CertificateMint.ca("Stranger").mint();

  @Test
  void signaturesAreLimited() {
    List<Minted> chain = new ArrayList<>();
    KeyPair keys = CertificateMint.ecKeys();
    Minted issuer = CertificateMint.ca("Issuer").keys(keys).claimingIssuer("CN=Root").mint();
    chain.add(CertificateMint.server(MX).issuedBy(issuer).mint());
    for (int i = 0; i < 30; i++) {
      chain.add(CertificateMint.ca("Issuer").keys(keys).claimingIssuer("CN=Root").mint());
      chain.add(CertificateMint.ca("Root").mint());
    }
    chain.add(stranger);
    TrustPathMismatch.SearchBudgetSpent spent =
        mismatch(
            TrustPathMismatch.SearchBudgetSpent.class,
            match(stranger.tlsa(2, 0, 1), chain.toArray(new Minted[0])));
    assertThat(spent.limit()).contains("100 signatures");
  }

  @Test
  void pathsAreLimited() {
    KeyPair keys = CertificateMint.ecKeys();
    Minted one = CertificateMint.ca("Loop").keys(keys).mint();
    List<Minted> chain = new ArrayList<>();
    chain.add(CertificateMint.server(MX).issuedBy(one).mint());
    for (int i = 0; i < 20; i++) {
      chain.add(CertificateMint.ca("Loop").keys(keys).mint());
    }
    chain.add(stranger);
    TrustPathMismatch.SearchBudgetSpent spent =
        mismatch(
            TrustPathMismatch.SearchBudgetSpent.class,
            match(stranger.tlsa(2, 0, 1), chain.toArray(new Minted[0])));
    assertThat(spent.limit()).contains("1000 paths");
    matched(match(one.tlsa(2, 1, 1), chain.toArray(new Minted[0])));
  }

  @Test
  void comparisonsWithNameConstraintsAreLimited() {
    GeneralSubtree[] subtrees =
        IntStream.range(0, 600)
            .mapToObj(i -> new GeneralSubtree(name("c" + i + ".example")))
            .toArray(GeneralSubtree[]::new);
    Minted ca =
        CertificateMint.ca("CA")
            .extension(Extension.nameConstraints, true, new NameConstraints(null, subtrees))
            .mint();
    Minted server =
        CertificateMint.server(MX)
            .alternativeNames(
                IntStream.range(0, 600)
                    .mapToObj(i -> name("s" + i + ".example.org"))
                    .toArray(GeneralName[]::new))
            .issuedBy(ca)
            .mint();
    TrustPathMismatch.SearchBudgetSpent spent =
        mismatch(TrustPathMismatch.SearchBudgetSpent.class, match(ca.tlsa(2, 0, 1), server, ca));
    assertThat(spent.limit()).contains("250000 names");
  }

  @Test
  void aChainOfAHundredCertificatesIsLookedAt() {
    List<Minted> chain = new ArrayList<>();
    Minted issuer = CertificateMint.ca("Root").mint();
    Minted root = issuer;
    for (int i = 0; i < PeerChain.MAX_CERTIFICATES - 2; i++) {
      chain.add(0, issuer);
      issuer = CertificateMint.ca("CA " + i).issuedBy(issuer).mint();
    }
    chain.add(0, issuer);
    chain.add(0, CertificateMint.server(MX).issuedBy(issuer).mint());
    assertThat(
            matched(match(root.tlsa(2, 0, 1), chain.toArray(new Minted[0])))
                .authentication()
                .depth())
        .isEqualTo(99);
  }

  private static GeneralName name(String host) {
    return new GeneralName(GeneralName.dNSName, host);
  }
}
