// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.match.Matches.MX;
import static org.dane4j.match.Matches.certificate;
import static org.dane4j.match.Matches.match;
import static org.dane4j.match.Matches.matched;
import static org.dane4j.match.Matches.mismatch;

import java.math.BigInteger;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.fixture.Minted;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** RFC 5280 §4.2.1.10; the trust anchor's count too (RFC 7672 §3.1.2). */
class NameConstraintsTest {

  private static final int EMAIL = GeneralName.rfc822Name;
  private static final int DNS = GeneralName.dNSName;
  private static final int DIRECTORY = GeneralName.directoryName;
  private static final int URI = GeneralName.uniformResourceIdentifier;
  private static final int IP = GeneralName.iPAddress;

  @Test
  void dnsNamesMustBeWithinWhatIsPermitted() {
    allowed(permitted(DNS, "example.org"));
    allowed(permitted(DNS, "mx.example.org"));
    allowed(permitted(DNS, "EXAMPLE.ORG"));
    allowed(permitted(DNS, ".example.org"));
    allowed(permitted(DNS, ""));
    refused(permitted(DNS, "ample.org"));
    refused(permitted(DNS, "a.mx.example.org"));
    refused(permitted(DNS, ".mx.example.org"));
    refused(permitted(DNS, "example.com"));
  }

  @Test
  void dnsNamesMustNotBeWithinWhatIsExcluded() {
    refused(excluded(DNS, "example.org"));
    refused(excluded(DNS, "org"));
    refused(excluded(DNS, ".example.org"));
    allowed(excluded(DNS, "example.com"));
    allowed(excluded(DNS, "xmx.example.org"));
  }

  // How the CA/Browser Forum has a CA say "no host names at all"
  @Test
  void theEmptyDnsNameExcludesAllHosts() {
    refused(excluded(DNS, ""));
  }

  @Test
  void theViolationNamesBothCertificatesAndTheName() {
    Minted ca = constrained(permitted(DNS, "example.com"));
    Minted server = CertificateMint.server(MX).issuedBy(ca).mint();
    CertificateMismatch.NameConstraintViolated violated =
        mismatch(
            CertificateMismatch.NameConstraintViolated.class, match(ca.tlsa(2, 0, 1), server, ca));
    assertThat(violated.certificate()).isEqualTo(certificate(server));
    assertThat(violated.constraining()).isEqualTo(certificate(ca));
    assertThat(violated.name()).isEqualTo(MX);
    assertThat(violated.tlsrptResultType()).hasToString("certificate-not-trusted");
  }

  @Test
  void everyNameOfTheCertificateCountsNotOnlyTheOneThatMatches() {
    Minted ca = constrained(permitted(DNS, "example.org"));
    Minted server = CertificateMint.server(MX, "mx.example.com").issuedBy(ca).mint();
    assertThat(violation(ca, server).name()).isEqualTo("mx.example.com");
  }

  @Test
  void aCommonNameThatIsUsedAsHostNameIsConstrainedLikeOne() {
    Minted ca = constrained(permitted(DNS, "example.com"));
    Minted server = CertificateMint.bare("CN=" + MX).issuedBy(ca).mint();
    assertThat(violation(ca, server).name()).isEqualTo(MX);
  }

  @Test
  void aWildcardDoesNotReachAnExcludedHost() {
    Minted ca = constrained(excluded(DNS, MX));
    Minted server = CertificateMint.server("*.example.org").issuedBy(ca).mint();
    assertThat(violation(ca, server).name()).isEqualTo(MX);
  }

  @Test
  void constraintsOfEachCaOnThePathCount() {
    Minted root = constrained(permitted(DNS, "example.com"));
    Minted wide = CertificateMint.ca("Wide").issuedBy(root).mint();
    Minted server = CertificateMint.server(MX).issuedBy(wide).mint();
    CertificateMismatch.NameConstraintViolated violated =
        mismatch(
            CertificateMismatch.NameConstraintViolated.class,
            match(root.tlsa(2, 1, 1), server, wide, root));
    assertThat(violated.constraining()).isEqualTo(certificate(root));
    matched(match(wide.tlsa(2, 1, 1), server, wide, root));
    Minted narrow =
        CertificateMint.ca("Narrow")
            .issuedBy(CertificateMint.ca("Root").mint())
            .extension(Extension.nameConstraints, true, permitted(DNS, "example.com"))
            .mint();
    violation(narrow, CertificateMint.server(MX).issuedBy(narrow).mint());
  }

  @Test
  void intermediatesAreConstrainedUnlessSelfIssued() {
    Minted root = constrained(permitted(DIRECTORY, "CN=Constrained"));
    Minted other = CertificateMint.ca("Other").issuedBy(root).mint();
    Minted nameless = CertificateMint.bare("").dnsNames(MX).issuedBy(other).mint();
    assertThat(
            mismatch(
                    CertificateMismatch.NameConstraintViolated.class,
                    match(root.tlsa(2, 1, 1), nameless, other, root))
                .certificate())
        .isEqualTo(certificate(other));

    Minted elsewhere =
        CertificateMint.ca("Constrained")
            .extension(Extension.nameConstraints, true, excluded(DIRECTORY, "CN=Constrained"))
            .mint();
    Minted renewed = CertificateMint.ca("Constrained").issuedBy(elsewhere).mint();
    Minted below = CertificateMint.bare("").dnsNames(MX).issuedBy(renewed).mint();
    matched(match(elsewhere.tlsa(2, 0, 1), below, renewed, elsewhere));
  }

  @Test
  void directoryNamesAreSubtrees() {
    Minted ca = constrained(permitted(DIRECTORY, "C=DE,O=Example"));
    String inside = "C=DE,O=EXAMPLE,CN=" + MX;
    matched(
        match(ca.tlsa(2, 0, 1), CertificateMint.bare(inside).dnsNames(MX).issuedBy(ca).mint(), ca));
    violation(ca, CertificateMint.bare("C=DE,O=Other").dnsNames(MX).issuedBy(ca).mint());
    Minted nobody = constrained(excluded(DIRECTORY, ""));
    violation(nobody, CertificateMint.server(MX).issuedBy(nobody).mint());
  }

  @Test
  void otherFormsAreConstrainedWhereTheyOccur() {
    allowed(permitted(EMAIL, "example.com"));
    refusedWith(permitted(EMAIL, "example.com"), new GeneralName(EMAIL, "a@example.org"));
    refusedWith(excluded(EMAIL, ""), new GeneralName(EMAIL, "a@example.org"));
    refusedWith(excluded(EMAIL, "example.org"), new GeneralName(EMAIL, "a@example.org"));
    allowedWith(permitted(EMAIL, "example.org"), new GeneralName(EMAIL, "a@example.org"));
    refusedWith(permitted(IP, "192.0.2.0/24"), new GeneralName(IP, "198.51.100.1"));
    allowedWith(permitted(IP, "192.0.2.0/24"), new GeneralName(IP, "192.0.2.1"));
    refusedWith(excluded(IP, "0.0.0.0/0"), new GeneralName(IP, "192.0.2.1"));
  }

  @Test
  void urisAreConstrainedByTheirHost() {
    allowedWith(permitted(URI, ".example.org"), uri("https://u:p@A.Example.org:8443/p?q"));
    allowedWith(permitted(URI, "a.example.org"), uri("https://a.example.org"));
    refusedWith(permitted(URI, ".example.org"), uri("https://example.org/"));
    refusedWith(permitted(URI, "example.org"), uri("https://a.example.org/"));
    refusedWith(excluded(URI, ".example.org"), uri("https://a.example.org"));
    refusedWith(excluded(URI, ""), uri("https://a.example.org"));
    // RFC 5280 §4.2.1.10: without a host name they are rejected wherever URIs are constrained.
    refusedWith(excluded(URI, "example.com"), uri("urn:example:org"));
    refusedWith(excluded(URI, "example.com"), uri("https://192.0.2.1/"));
    refusedWith(excluded(URI, "example.com"), uri("https://[2001:db8::1]/"));
    refusedWith(permitted(URI, "example.com"), uri("https://"));
  }

  @Test
  void anAddressInTheSubjectCountsWithoutAlternativeNames() {
    Minted ca = constrained(permitted(EMAIL, "example.com"));
    Minted server = CertificateMint.bare("CN=" + MX + ",E=a@example.org").issuedBy(ca).mint();
    assertThat(violation(ca, server).name()).isEqualTo("a@example.org");
  }

  @Test
  void formsThatAreNotProcessedAreRefusedWhereTheyOccur() {
    DERSequence value =
        new DERSequence(
            new ASN1Encodable[] {
              new ASN1ObjectIdentifier("1.2.3"),
              new DERTaggedObject(true, 0, new DERUTF8String("x"))
            });
    GeneralName otherName = new GeneralName(GeneralName.otherName, value);
    NameConstraints constraints = permitted(new GeneralSubtree(otherName));
    allowed(constraints);
    refusedWith(constraints, otherName);
    GeneralName registered = new GeneralName(GeneralName.registeredID, "1.2.3");
    refusedWith(new NameConstraints(null, subtrees(new GeneralSubtree(registered))), registered);
  }

  @Test
  void distancesAreNotProcessedAndHenceRefused() {
    GeneralSubtree deep =
        new GeneralSubtree(new GeneralName(DNS, "example.org"), BigInteger.ONE, null);
    Minted ca = constrained(permitted(deep));
    mismatch(
        CertificateMismatch.Malformed.class,
        match(ca.tlsa(2, 0, 1), CertificateMint.server(MX).issuedBy(ca).mint(), ca));
  }

  @Test
  void whatIsNestedTooDeeplyIsRefusedBeforeItIsParsed() {
    String deep = "";
    for (int i = 0; i < 20; i++) {
      deep = element("a0", deep);
    }
    String names =
        element("30", element("82", HexFormat.of().formatHex(MX.getBytes(UTF_8))) + deep);
    Minted ca = constrained(permitted(DNS, "example.org"));
    assertThat(malformed(ca, names, Extension.subjectAlternativeName)).contains("too deeply");
    assertThat(malformed(null, element("30", deep), Extension.nameConstraints))
        .contains("too deeply");
  }

  @Test
  void constraintsThatAreNoneAreRefused() {
    for (String extension :
        new String[] {"300000", "30028400", "30048000a100", "3002a000", "3002a100"}) {
      assertThat(malformed(null, extension, Extension.nameConstraints)).isNotEmpty();
    }
  }

  /**
   * The problem of a certificate with a raw extension: a server's, or without a CA the CA's own.
   */
  private static String malformed(@Nullable Minted issuer, String hex, ASN1ObjectIdentifier oid) {
    byte[] value = HexFormat.of().parseHex(hex);
    Minted ca =
        issuer != null ? issuer : CertificateMint.ca("CA").rawExtension(oid, true, value).mint();
    CertificateMint server = CertificateMint.server(MX).issuedBy(ca);
    Minted leaf = (issuer != null ? server.rawExtension(oid, false, value) : server).mint();
    return mismatch(CertificateMismatch.Malformed.class, match(ca.tlsa(2, 0, 1), leaf, ca))
        .problem();
  }

  private static String element(String tag, String content) {
    return tag + "%02x".formatted(content.length() / 2) + content;
  }

  @Test
  void aBareKeyHasNoConstraints() {
    Minted ca = constrained(permitted(DNS, "example.com"));
    matched(match(ca.tlsa(2, 1, 0), CertificateMint.server(MX).issuedBy(ca).mint()));
  }

  private static GeneralName uri(String text) {
    return new GeneralName(URI, text);
  }

  private static NameConstraints permitted(int form, String name) {
    return permitted(subtree(form, name));
  }

  private static NameConstraints permitted(GeneralSubtree subtree) {
    return new NameConstraints(subtrees(subtree), null);
  }

  private static NameConstraints excluded(int form, String name) {
    return new NameConstraints(null, subtrees(subtree(form, name)));
  }

  private static GeneralSubtree[] subtrees(GeneralSubtree subtree) {
    return new GeneralSubtree[] {subtree};
  }

  private static GeneralSubtree subtree(int form, String name) {
    return new GeneralSubtree(
        form == DIRECTORY ? new GeneralName(new X500Name(name)) : new GeneralName(form, name));
  }

  private static Minted constrained(NameConstraints constraints) {
    return CertificateMint.ca("Constrained")
        .extension(Extension.nameConstraints, true, constraints)
        .mint();
  }

  private static void allowed(NameConstraints constraints) {
    Minted ca = constrained(constraints);
    matched(match(ca.tlsa(2, 0, 1), CertificateMint.server(MX).issuedBy(ca).mint(), ca));
  }

  private static void refused(NameConstraints constraints) {
    Minted ca = constrained(constraints);
    assertThat(violation(ca, CertificateMint.server(MX).issuedBy(ca).mint()).name()).isEqualTo(MX);
  }

  private static void allowedWith(NameConstraints constraints, GeneralName name) {
    Minted ca = constrained(constraints);
    matched(match(ca.tlsa(2, 0, 1), serverWith(name, ca), ca));
  }

  private static void refusedWith(NameConstraints constraints, GeneralName name) {
    Minted ca = constrained(constraints);
    violation(ca, serverWith(name, ca));
  }

  private static Minted serverWith(GeneralName name, Minted ca) {
    return CertificateMint.server(MX)
        .alternativeNames(new GeneralName(DNS, MX), name)
        .issuedBy(ca)
        .mint();
  }

  private static CertificateMismatch.NameConstraintViolated violation(Minted ca, Minted server) {
    return mismatch(
        CertificateMismatch.NameConstraintViolated.class, match(ca.tlsa(2, 0, 1), server, ca));
  }
}
