// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.dane4j.match.PeerChain;
import org.dane4j.tlsa.Octets;

/**
 * A server's public key, with the certificates that go with it if there are any yet.
 *
 * <p>There is never a private key in it. {@link ServerKeyReader} makes one of the files that
 * administrators have.
 *
 * @since 0.1
 */
public final class ServerKey {

  private final Octets subjectPublicKeyInfo;
  private final List<Octets> chain;

  private ServerKey(Octets subjectPublicKeyInfo, List<Octets> chain) {
    this.subjectPublicKeyInfo = subjectPublicKeyInfo;
    this.chain = List.copyOf(chain);
  }

  /**
   * Returns the key of a certificate chain.
   *
   * @param chain the DER of the certificates as the server sends them, its own first
   * @return the first certificate's key, with the chain
   * @throws IllegalArgumentException if there is none, or the first is not a certificate
   */
  public static ServerKey ofChain(List<Octets> chain) {
    Octets key =
        PeerChain.ofDer(chain)
            .leaf()
            .subjectPublicKeyInfo()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the first of the certificates is none that can be read; pass the DER of"
                            + " the server's own certificate first"));
    return new ServerKey(key, chain);
  }

  /**
   * Returns the key of a certificate chain.
   *
   * @param chain the certificates as the server sends them, its own first
   * @return the first certificate's key, with the chain
   * @throws IllegalArgumentException if there is none, or one has no encoding
   */
  public static ServerKey ofChain(X509Certificate... chain) {
    return ofChain(
        PeerChain.of(chain).certificates().stream().map(certificate -> certificate.der()).toList());
  }

  /**
   * Returns a key that has no certificate yet.
   *
   * @param subjectPublicKeyInfo the key with its algorithm, in DER
   * @return the key
   * @throws IllegalArgumentException if it is empty
   */
  public static ServerKey ofPublicKey(Octets subjectPublicKeyInfo) {
    if (subjectPublicKeyInfo.length() == 0) {
      throw new IllegalArgumentException("a key has octets; pass the DER of SubjectPublicKeyInfo");
    }
    return new ServerKey(subjectPublicKeyInfo, List.of());
  }

  /**
   * Returns the key.
   *
   * @return the key with its algorithm, as it stands in the certificate
   */
  public Octets subjectPublicKeyInfo() {
    return subjectPublicKeyInfo;
  }

  /**
   * Returns the certificates.
   *
   * @return the DER of each, the server's own first; empty if there is none yet
   */
  public List<Octets> chain() {
    return chain;
  }

  /**
   * Returns what the server shows a client in a TLS handshake.
   *
   * @return the certificates, or the raw public key if there are none
   */
  public PeerChain peerChain() {
    return chain.isEmpty()
        ? PeerChain.ofRawPublicKey(subjectPublicKeyInfo)
        : PeerChain.ofDer(chain);
  }

  /**
   * Returns whether another key is of the same kind: a server may have one of each, of RSA and of
   * ECDSA, and a client gets to see the one that it can take.
   *
   * @param other another key
   * @return whether both have the same algorithm; false if one of them cannot be read
   */
  public boolean isOfKindOf(ServerKey other) {
    Optional<ASN1ObjectIdentifier> algorithm = algorithm();
    return algorithm.isPresent() && algorithm.equals(other.algorithm());
  }

  private Optional<ASN1ObjectIdentifier> algorithm() {
    try {
      return Optional.of(
          SubjectPublicKeyInfo.getInstance(subjectPublicKeyInfo.toByteArray())
              .getAlgorithm()
              .getAlgorithm());
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Whether two are equal: the same key and the same certificates. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ServerKey that
        && subjectPublicKeyInfo.equals(that.subjectPublicKeyInfo)
        && chain.equals(that.chain);
  }

  @Override
  public int hashCode() {
    return 31 * subjectPublicKeyInfo.hashCode() + chain.hashCode();
  }

  /** Returns the certificates' names, or the digest of the key. */
  @Override
  public String toString() {
    return peerChain().toString();
  }
}
