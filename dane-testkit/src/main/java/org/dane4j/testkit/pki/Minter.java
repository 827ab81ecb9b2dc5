// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes a certificate (RFC 5280 §4) out of a specification and the issuer's name and key. */
final class Minter {

  /** Serial numbers differ within a JVM, RFC 5280 §4.1.2.2, and say nothing else. */
  private static final AtomicLong SERIAL = new AtomicLong(1000);

  private final X500Name issuer;
  private final KeyPair issuerKey;
  private final Instant at;

  Minter(X500Name issuer, KeyPair issuerKey, Instant at) {
    this.issuer = issuer;
    this.issuerKey = issuerKey;
    this.at = at;
  }

  static X500Name subject(CertificateSpec spec) {
    X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);
    if (!spec.commonName().isEmpty()) {
      name.addRDN(BCStyle.CN, spec.commonName());
    }
    return name.build();
  }

  X509Certificate mint(CertificateSpec spec, KeyPair key) {
    try {
      X509v3CertificateBuilder certificate =
          new X509v3CertificateBuilder(
              issuer,
              BigInteger.valueOf(SERIAL.incrementAndGet()),
              Date.from(at.plus(spec.notBefore())),
              Date.from(at.plus(spec.notAfter())),
              subject(spec),
              SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()));
      addKeyIdentifiers(certificate, key);
      addUses(certificate, spec);
      addNames(certificate, spec);
      String algorithm = KeyType.signatureAlgorithm(issuerKey.getPrivate());
      var signer =
          new JcaContentSignerBuilder(algorithm)
              .setProvider(KeyType.BOUNCY_CASTLE)
              .build(issuerKey.getPrivate());
      return parsed(certificate.build(signer).getEncoded());
    } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot make the certificate", e);
    }
  }

  private void addKeyIdentifiers(X509v3CertificateBuilder certificate, KeyPair key)
      throws IOException, GeneralSecurityException {
    JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
    certificate.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        extensions.createSubjectKeyIdentifier(key.getPublic()));
    certificate.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        extensions.createAuthorityKeyIdentifier(issuerKey.getPublic()));
  }

  private static void addUses(X509v3CertificateBuilder certificate, CertificateSpec spec)
      throws IOException {
    BasicConstraints constraints =
        spec.pathLength().isPresent()
            ? new BasicConstraints(spec.pathLength().get())
            : new BasicConstraints(spec.authority());
    certificate.addExtension(Extension.basicConstraints, true, constraints);
    certificate.addExtension(Extension.keyUsage, true, new KeyUsage(spec.keyUsage()));
    if (!spec.purposes().isEmpty()) {
      certificate.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(spec.purposes().toArray(KeyPurposeId[]::new)));
    }
  }

  private static void addNames(X509v3CertificateBuilder certificate, CertificateSpec spec)
      throws IOException {
    if (!spec.dnsNames().isEmpty()) {
      GeneralName[] names =
          spec.dnsNames().stream().map(Minter::dnsName).toArray(GeneralName[]::new);
      certificate.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }
    if (!spec.permittedNames().isEmpty() || !spec.excludedNames().isEmpty()) {
      certificate.addExtension(
          Extension.nameConstraints,
          true,
          new NameConstraints(subtrees(spec.permittedNames()), subtrees(spec.excludedNames())));
    }
  }

  private static GeneralSubtree[] subtrees(List<String> domains) {
    return domains.stream()
        .map(Minter::dnsName)
        .map(GeneralSubtree::new)
        .toArray(GeneralSubtree[]::new);
  }

  private static GeneralName dnsName(String name) {
    return new GeneralName(GeneralName.dNSName, name);
  }

  private static X509Certificate parsed(byte[] der) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }
}
