// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.dane4j.tlsa.Octets;

/**
 * The certificates of a TLS handshake in the order the peer sent them, its own first.
 *
 * <p>Nothing is expected of them: they may be in any order, belong to somebody else, or be no
 * certificates at all; or there is a raw public key in their place. Only the first {@value
 * #MAX_CERTIFICATES} are looked at, which is how long a path OpenSSL verifies by default; JSSE
 * passes on no more than 10 by default.
 *
 * @since 0.1
 */
public final class PeerChain {

  /** How many certificates are looked at; any after them are ignored. */
  public static final int MAX_CERTIFICATES = 100;

  private final List<ChainCertificate> certificates;

  private PeerChain(List<ChainCertificate> certificates) {
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException(
          "a peer that is authenticated by certificate sends at least one; without one there is"
              + " nothing to match");
    }
    this.certificates = List.copyOf(certificates);
  }

  /**
   * Returns the chain of a handshake, as a trust manager gets it.
   *
   * @param certificates at least one, the peer's own first
   * @return the chain
   * @throws IllegalArgumentException if there is none, or one has no encoding
   */
  public static PeerChain of(X509Certificate... certificates) {
    List<ChainCertificate> chain = certificates(certificates);
    return new PeerChain(chain.subList(0, Math.min(chain.size(), MAX_CERTIFICATES)));
  }

  static List<ChainCertificate> certificates(X509Certificate... certificates) {
    List<ChainCertificate> list = new ArrayList<>();
    for (X509Certificate certificate : certificates) {
      list.add(ChainCertificate.owning(encoded(certificate)));
    }
    return list;
  }

  /**
   * Returns the chain of a handshake from its octets. No content is refused.
   *
   * @param certificates the DER of each certificate as received, at least one, the peer's own first
   * @return the chain
   * @throws IllegalArgumentException if there is none
   */
  public static PeerChain ofDer(List<Octets> certificates) {
    return new PeerChain(
        certificates.stream()
            .limit(MAX_CERTIFICATES)
            .map(der -> ChainCertificate.owning(der.toByteArray()))
            .toList());
  }

  /**
   * Returns what stands for the chain if a raw public key was negotiated (RFC 7250). Only records
   * with usage DANE-EE and selector SPKI match one, and a client should not negotiate it unless
   * there are some (RFC 7671 §5.1).
   *
   * @param subjectPublicKeyInfo the key with its algorithm, in DER as received; no content is
   *     refused
   * @return a chain of that key alone
   */
  public static PeerChain ofRawPublicKey(Octets subjectPublicKeyInfo) {
    return new PeerChain(List.of(ChainCertificate.owningKey(subjectPublicKeyInfo.toByteArray())));
  }

  /**
   * Returns the peer's own certificate, the end entity's.
   *
   * @return the first certificate
   */
  public ChainCertificate leaf() {
    return certificates.get(0);
  }

  /**
   * Returns the certificates that are looked at.
   *
   * @return from one to {@value #MAX_CERTIFICATES} certificates in the order they were sent
   */
  public List<ChainCertificate> certificates() {
    return certificates;
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException(
          "a certificate has no encoding; pass those of the handshake, or use ofDer", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PeerChain that && certificates.equals(that.certificates);
  }

  @Override
  public int hashCode() {
    return certificates.hashCode();
  }

  /** Returns the certificates, one after the other. */
  @Override
  public String toString() {
    return certificates.toString();
  }
}
