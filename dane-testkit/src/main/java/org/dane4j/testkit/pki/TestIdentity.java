// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.pki;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** What a server shows of itself: a private key, and the certificates that it sends. */
public final class TestIdentity {

  private final KeyPair keyPair;
  private final X509Certificate certificate;
  private final List<X509Certificate> issuers;
  private final List<X509Certificate> chain;

  /** Makes an identity that sends all issuers but the last, which is the root. */
  TestIdentity(KeyPair keyPair, X509Certificate certificate, List<X509Certificate> issuers) {
    this(keyPair, certificate, issuers, withoutRoot(certificate, issuers));
  }

  private TestIdentity(
      KeyPair keyPair,
      X509Certificate certificate,
      List<X509Certificate> issuers,
      List<X509Certificate> chain) {
    this.keyPair = keyPair;
    this.certificate = certificate;
    this.issuers = List.copyOf(issuers);
    this.chain = List.copyOf(chain);
  }

  private static List<X509Certificate> withoutRoot(
      X509Certificate certificate, List<X509Certificate> issuers) {
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(certificate);
    chain.addAll(issuers.subList(0, Math.max(0, issuers.size() - 1)));
    return chain;
  }

  /**
   * Makes an identity whose certificate is signed with its own key.
   *
   * @param spec what the certificate says
   * @param at the instant around which it is valid
   * @return a new identity
   */
  public static TestIdentity selfSigned(CertificateSpec spec, Instant at) {
    KeyPair keyPair = spec.keyPair();
    X509Certificate certificate = new Minter(Minter.subject(spec), keyPair, at).mint(spec, keyPair);
    return new TestIdentity(keyPair, certificate, List.of());
  }

  /**
   * Returns the same identity that sends the root certificate too.
   *
   * @return an identity whose chain is complete
   */
  public TestIdentity sendingRoot() {
    List<X509Certificate> complete = new ArrayList<>();
    complete.add(certificate);
    complete.addAll(issuers);
    return sending(complete);
  }

  /**
   * Returns the same identity that sends its own certificate alone.
   *
   * @return an identity with a chain of one
   */
  public TestIdentity sendingLeafOnly() {
    return sending(List.of(certificate));
  }

  /**
   * Returns the same identity that sends one certificate more, whether it belongs there or not.
   *
   * @param last the certificate to append
   * @return an identity with a longer chain
   */
  public TestIdentity appending(X509Certificate last) {
    List<X509Certificate> longer = new ArrayList<>(chain);
    longer.add(last);
    return sending(longer);
  }

  /**
   * Returns the same identity that sends the issuers in the wrong order.
   *
   * @return an identity whose chain is turned round behind the leaf
   */
  public TestIdentity sendingIssuersReversed() {
    List<X509Certificate> reversed = new ArrayList<>(chain);
    Collections.reverse(reversed.subList(1, reversed.size()));
    return sending(reversed);
  }

  private TestIdentity sending(List<X509Certificate> certificates) {
    return new TestIdentity(keyPair, certificate, issuers, certificates);
  }

  /**
   * Returns the certificate of the server itself.
   *
   * @return the leaf
   */
  public X509Certificate certificate() {
    return certificate;
  }

  /**
   * Returns the certificates in the order in which they are sent.
   *
   * @return the leaf and what follows it
   */
  public List<X509Certificate> chain() {
    return chain;
  }

  /**
   * Returns the certificates of the authorities above, sent or not.
   *
   * @return the issuer first, the root last; empty if the certificate is self-signed
   */
  public List<X509Certificate> issuers() {
    return issuers;
  }

  /**
   * Returns the key of the server.
   *
   * @return the private key
   */
  public PrivateKey privateKey() {
    return keyPair.getPrivate();
  }

  /**
   * Returns both halves of the key, to certify it once more.
   *
   * @return the key pair
   */
  public KeyPair keyPair() {
    return keyPair;
  }

  /**
   * Makes a context for a server that has this identity, whatever name the client asks for.
   *
   * @return a new context
   */
  public SSLContext serverContext() {
    return serverContext(name -> List.of(this));
  }

  /**
   * Makes a context for a server that has several identities.
   *
   * @param byServerName from the name that the client asks for, if it does, to the identities that
   *     the server has, one for each kind of key; without one there is no cipher suite in common
   * @return a new context
   */
  public static SSLContext serverContext(
      Function<Optional<String>, List<TestIdentity>> byServerName) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {new IdentityKeyManager(byServerName)}, new TrustManager[0], null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot make a TLS context", e);
    }
  }
}
