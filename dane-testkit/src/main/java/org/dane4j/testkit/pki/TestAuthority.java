// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.pki;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;

/** A certificate authority, which issues whatever it is asked for. */
public final class TestAuthority {

  private final Instant at;
  private final KeyPair keyPair;
  private final X509Certificate certificate;
  private final X500Name subject;
  private final List<X509Certificate> issuers;

  private TestAuthority(
      Instant at, KeyPair keyPair, X509Certificate certificate, List<X509Certificate> issuers) {
    this.at = at;
    this.keyPair = keyPair;
    this.certificate = certificate;
    this.subject = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    this.issuers = List.copyOf(issuers);
  }

  /**
   * Makes an authority that nobody vouches for.
   *
   * @param commonName its name
   * @param at the instant around which certificates are valid, here and below
   * @return a new root
   */
  public static TestAuthority root(String commonName, Instant at) {
    return root(CertificateSpec.forAuthority(commonName), at);
  }

  /**
   * Makes an authority that nobody vouches for.
   *
   * @param spec its own certificate, best begun with {@link CertificateSpec#forAuthority}
   * @param at the instant around which certificates are valid, here and below
   * @return a new root
   */
  public static TestAuthority root(CertificateSpec spec, Instant at) {
    KeyPair keyPair = spec.keyPair();
    X509Certificate certificate = new Minter(Minter.subject(spec), keyPair, at).mint(spec, keyPair);
    return new TestAuthority(at, keyPair, certificate, List.of());
  }

  /**
   * Makes an authority below this one.
   *
   * @param commonName its name
   * @return a new authority
   */
  public TestAuthority intermediate(String commonName) {
    return intermediate(CertificateSpec.forAuthority(commonName));
  }

  /**
   * Makes an authority below this one.
   *
   * @param spec its certificate, best begun with {@link CertificateSpec#forAuthority}
   * @return a new authority
   */
  public TestAuthority intermediate(CertificateSpec spec) {
    KeyPair pair = spec.keyPair();
    return new TestAuthority(at, pair, minter().mint(spec, pair), withIssuers());
  }

  /**
   * Issues a certificate for a server.
   *
   * @param dnsNames the names of the server
   * @return the server's identity
   */
  public TestIdentity issue(String... dnsNames) {
    return issue(CertificateSpec.forNames(dnsNames));
  }

  /**
   * Issues a certificate.
   *
   * @param spec what it says
   * @return the identity, which sends the certificate and those of all authorities but the root
   */
  public TestIdentity issue(CertificateSpec spec) {
    KeyPair pair = spec.keyPair();
    return new TestIdentity(pair, minter().mint(spec, pair), withIssuers());
  }

  /**
   * Returns the certificate of this authority.
   *
   * @return the certificate
   */
  public X509Certificate certificate() {
    return certificate;
  }

  /**
   * Returns the key of this authority.
   *
   * @return the key pair
   */
  public KeyPair keyPair() {
    return keyPair;
  }

  private Minter minter() {
    return new Minter(subject, keyPair, at);
  }

  private List<X509Certificate> withIssuers() {
    List<X509Certificate> path = new ArrayList<>();
    path.add(certificate);
    path.addAll(issuers);
    return path;
  }
}
