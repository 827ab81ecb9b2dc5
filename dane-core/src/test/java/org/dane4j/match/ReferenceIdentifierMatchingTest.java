// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.match.Matches.chain;
import static org.dane4j.match.Matches.matched;
import static org.dane4j.match.Matches.mismatch;
import static org.dane4j.match.Matches.rrset;

import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.junit.jupiter.api.Test;

/** RFC 7672 §3.2.2, §3.2.3. */
class ReferenceIdentifierMatchingTest {

  private final Minted ca = CertificateMint.ca("CA").mint();

  @Test
  void theTlsaBaseDomainOrAnyFurtherNameIsEnough() {
    ReferenceIdentifiers identifiers =
        ReferenceIdentifiers.of("mx10.example.com", "exchange.example.org", "example.com");
    assertThat(name(identifiers, server("mx10.example.com")))
        .isEqualTo(new MatchedName("mx10.example.com", "mx10.example.com"));
    assertThat(name(identifiers, server("other.example", "exchange.example.org")).reference())
        .isEqualTo("exchange.example.org");
    assertThat(name(identifiers, server("example.com")).reference()).isEqualTo("example.com");
    refused(identifiers, server("mx15.example.com"));
  }

  @Test
  void aWrongNameIsReportedWithBothSidesAndOnlyIfAllElseIsRight() {
    ReferenceIdentifiers identifiers = ReferenceIdentifiers.of("mx.example.org", "example.org");
    NameMismatch mismatch = refused(identifiers, server("a.example", "b.example"));
    assertThat(mismatch.identifiers()).isEqualTo(identifiers);
    assertThat(mismatch.presented()).containsExactly("a.example", "b.example");
    assertThat(mismatch.tlsrptResultType()).hasToString("certificate-host-mismatch");
    assertThat(mismatch.explanation())
        .contains("a.example, b.example", "mx.example.org or example.org", "RFC 7672 §3.2.2");
  }

  @Test
  void commonNamesCountOnlyWithoutDnsIds() {
    ReferenceIdentifiers mx = ReferenceIdentifiers.of("mx.example.org");
    Minted commonName = ca(CertificateMint.bare("CN=mx.example.org,O=Example"));
    assertThat(name(mx, commonName).presented()).isEqualTo("mx.example.org");
    refused(mx, ca(CertificateMint.bare("CN=mx.example.org").dnsNames("other.example")));
    refused(mx, ca(CertificateMint.bare("CN=mx.example.org").dnsNames("no host name")));
    Minted withAddress =
        ca(
            CertificateMint.bare("CN=mx.example.org")
                .alternativeNames(
                    new GeneralName(GeneralName.iPAddress, "192.0.2.1"),
                    new GeneralName(GeneralName.rfc822Name, "a@example.org")));
    matched(match(mx, withAddress));
  }

  // RFC 6125 §1.8: an RDN with one and only one attribute
  @Test
  void aCommonNameMustBeAloneInItsRdn() {
    ReferenceIdentifiers mx = ReferenceIdentifiers.of("mx.example.org");
    matched(match(mx, ca(CertificateMint.bare("O=Example,CN=mx.example.org,CN=Example Mail"))));
    refused(mx, ca(CertificateMint.bare("CN=mx.example.org+OU=Mail")));
    refused(mx, ca(CertificateMint.bare("OU=mx.example.org")));
  }

  @Test
  void aWildcardIsTheWholeFirstLabelAndStandsForOne() {
    ReferenceIdentifiers mx = ReferenceIdentifiers.of("mx1.dane.test");
    assertThat(name(mx, server("*.dane.test")).presented()).isEqualTo("*.dane.test");
    refused(mx, server("mx*.dane.test"));
    refused(mx, server("*1.dane.test"));
    refused(mx, server("*.*.test"));
    refused(mx, server("*.test"));
    refused(mx, server("mx1.*.test"));
    refused(mx, server("*"));
    refused(mx, server("*."));
    refused(ReferenceIdentifiers.of("dane.test"), server("*.dane.test"));
    refused(ReferenceIdentifiers.of("localhost"), server("*.localhost"));
    refused(ReferenceIdentifiers.of("a.mx1.dane.test"), server("*.dane.test"));
    matched(match(mx, ca(CertificateMint.bare("CN=*.dane.test"))));
  }

  @Test
  void caseDoesNotCount() {
    matched(match(ReferenceIdentifiers.of("MX.Example.ORG."), server("mX.eXample.orG")));
    matched(match(ReferenceIdentifiers.of("mx.example.org"), server("*.EXAMPLE.org")));
  }

  @Test
  void namesWithJunkMatchNothing() {
    ReferenceIdentifiers mx = ReferenceIdentifiers.of("mx.example.org");
    refused(mx, server("mx.example.org\0.attacker.example"));
    refused(mx, server("mx.example.org."));
    refused(mx, server("mx.example.org "));
    refused(mx, server(".mx.example.org"));
    refused(mx, server(""));
    matched(match(mx, server("\0", "mx.example.org")));
  }

  @Test
  void addressesAndUrisNeverMatch() {
    ReferenceIdentifiers mx = ReferenceIdentifiers.of("mx.example.org");
    Minted uri =
        ca(
            CertificateMint.bare("O=Example")
                .alternativeNames(
                    new GeneralName(GeneralName.uniformResourceIdentifier, "smtp://mx.example.org"),
                    new GeneralName(GeneralName.rfc822Name, "postmaster@mx.example.org")));
    refused(mx, uri);
  }

  @Test
  void aCertificateWithoutNamesMatchesNothing() {
    NameMismatch mismatch =
        refused(
            ReferenceIdentifiers.of("mx.example.org"),
            ca(CertificateMint.bare("O=Example").without(Extension.subjectAlternativeName)));
    assertThat(mismatch.presented()).isEmpty();
    assertThat(mismatch.explanation()).contains("is for none");
  }

  private Minted server(String... names) {
    return ca(CertificateMint.bare("CN=x").dnsNames(names));
  }

  private Minted ca(CertificateMint mint) {
    return mint.issuedBy(ca).mint();
  }

  private MatchResult match(ReferenceIdentifiers identifiers, Minted server) {
    return TlsaMatcher.forSmtp()
        .match(rrset(ca.tlsa(2, 1, 1)), chain(server, ca), identifiers, CertificateMint.NOW);
  }

  private MatchedName name(ReferenceIdentifiers identifiers, Minted server) {
    Authentication authentication = matched(match(identifiers, server)).authentication();
    MatchedName name = ((Authentication.ByTrustAnchor) authentication).name();
    assertThat(identifiers.in(chain(server).leaf())).hasValue(name);
    return name;
  }

  private NameMismatch refused(ReferenceIdentifiers identifiers, Minted server) {
    assertThat(identifiers.in(chain(server).leaf())).isEmpty();
    return mismatch(NameMismatch.class, match(identifiers, server));
  }
}
