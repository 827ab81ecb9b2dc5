// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dane4j.internal.MalformedDerException;
import org.dane4j.tlsa.Octets;

/**
 * The CAs that a client trusts without DANE. The usages PKIX-TA and PKIX-EE ask for a path to one
 * of them (RFC 6698 §2.1.1); the usages DANE-TA and DANE-EE ignore them.
 *
 * <p>An anchor is a certificate with its dates and constraints, which count like those of any other
 * certificate on the path. It need not be self-signed.
 *
 * <p>Instances are immutable and may be shared between threads.
 *
 * @since 0.1
 */
public final class PkixAnchors {

  /** For matchers that do not know the PKIX usages. */
  static final PkixAnchors NONE = new PkixAnchors(Map.of());

  private final Map<ChainCertificate, PathNode> nodes;

  private PkixAnchors(Map<ChainCertificate, PathNode> nodes) {
    this.nodes = nodes;
  }

  /**
   * Returns the anchors of a trust store, such as those that {@link
   * javax.net.ssl.X509TrustManager#getAcceptedIssuers()} returns.
   *
   * @param certificates the CAs' certificates, at least one
   * @return the anchors; a certificate that cannot be read is none
   * @throws IllegalArgumentException if there is none, or one has no encoding
   */
  public static PkixAnchors of(X509Certificate... certificates) {
    return of(PeerChain.certificates(certificates));
  }

  /**
   * Returns the anchors that a list holds in DER.
   *
   * @param certificates the CAs' certificates, at least one
   * @return the anchors; octets that cannot be read as a certificate are none
   * @throws IllegalArgumentException if there is none
   */
  public static PkixAnchors ofDer(List<Octets> certificates) {
    return of(
        certificates.stream().map(der -> ChainCertificate.owning(der.toByteArray())).toList());
  }

  private static PkixAnchors of(List<ChainCertificate> certificates) {
    Map<ChainCertificate, PathNode> nodes = new LinkedHashMap<>();
    for (ChainCertificate certificate : certificates) {
      try {
        nodes.put(certificate, PathNode.of(certificate));
      } catch (MalformedDerException e) {
        // Trust stores have odd certificates. What cannot be read must not be trusted.
      }
    }
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException(
          "without a CA that can be read no PKIX-TA or PKIX-EE record ever matches; pass those of a"
              + " trust store, or use a matcher that does without");
    }
    return new PkixAnchors(nodes);
  }

  boolean contains(PathNode node) {
    return nodes.containsKey(node.certificate());
  }

  Collection<PathNode> nodes() {
    return nodes.values();
  }

  /** Returns how many there are. */
  @Override
  public String toString() {
    return nodes.size() + " PKIX anchors";
  }
}
