// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.List;

/**
 * How a record authenticates a server.
 *
 * <p>It holds for the holder of the peer's key, so only once the TLS handshake has proved that the
 * peer is the holder.
 *
 * @since 0.1
 */
public sealed interface Authentication {

  /**
   * Returns the certificate that matched.
   *
   * @return the peer's own, the trust anchor's, or the one that a published key signed
   */
  ChainCertificate certificate();

  /**
   * Returns how far that certificate is from the peer's own on the path, as OpenSSL counts.
   *
   * @return zero for the peer's own, one for its issuer, and so on
   */
  int depth();

  /**
   * Returns the certificates from the peer's own to the one that matched; with the PKIX usages, on
   * to the PKIX anchor.
   *
   * @return at least one
   */
  List<ChainCertificate> path();

  /**
   * Explains by which rule the server is authenticated.
   *
   * @return one or two sentences in English
   */
  String explanation();

  /**
   * The record is that of the peer's own certificate or key. Its dates, issuer and extensions were
   * not looked at, and its names only if the matcher was told to (RFC 7671 §5.1).
   *
   * @param certificate the peer's certificate
   */
  record ByEndEntity(ChainCertificate certificate) implements Authentication {

    @Override
    public int depth() {
      return 0;
    }

    @Override
    public List<ChainCertificate> path() {
      return List.of(certificate);
    }

    @Override
    public String explanation() {
      return "it is the server's own, %s, and neither names nor dates say so (RFC 7671 §5.1)."
          .formatted(certificate);
    }
  }

  /**
   * The record is that of an issuer's certificate, from which a sound path leads to a certificate
   * for the right name.
   *
   * @param path from the peer's own certificate to the trust anchor's
   * @param name the name that is right
   */
  record ByTrustAnchor(List<ChainCertificate> path, MatchedName name) implements Authentication {

    /**
     * Copies the path.
     *
     * @param path from the peer's own certificate to the trust anchor's
     * @param name the name that is right
     */
    public ByTrustAnchor {
      path = List.copyOf(path);
    }

    @Override
    public ChainCertificate certificate() {
      return path.get(path.size() - 1);
    }

    @Override
    public int depth() {
      return path.size() - 1;
    }

    @Override
    public String explanation() {
      return ("it is the trust anchor %s at depth %s of the path from %s, which is for %s (RFC 7671"
              + " §5.2, RFC 7672 §3.2.2).")
          .formatted(certificate(), depth(), path.get(0), Wording.printable(name.presented()));
    }
  }

  /**
   * The record is that of a key alone, whose certificate the peer did not send, but which signed
   * the last certificate of a sound path to a certificate for the right name (RFC 7671 §5.2.3).
   *
   * @param path from the peer's own certificate to the one the key signed
   * @param name the name that is right
   */
  record ByTrustAnchorKey(List<ChainCertificate> path, MatchedName name) implements Authentication {

    /**
     * Copies the path.
     *
     * @param path from the peer's own certificate to the one the key signed
     * @param name the name that is right
     */
    public ByTrustAnchorKey {
      path = List.copyOf(path);
    }

    @Override
    public ChainCertificate certificate() {
      return path.get(path.size() - 1);
    }

    @Override
    public int depth() {
      return path.size() - 1;
    }

    @Override
    public String explanation() {
      return ("its key signed %s at depth %s of the path from %s, which is for %s (RFC 7671 §5.2.3,"
              + " RFC 7672 §3.2.2).")
          .formatted(certificate(), depth(), path.get(0), Wording.printable(name.presented()));
    }
  }

  /**
   * The record is that of the peer's own certificate or key, from which a sound path leads to a
   * PKIX anchor, and which is for the right name (RFC 7671 §5.3).
   *
   * @param path from the peer's own certificate to the PKIX anchor's
   * @param name the name that is right
   */
  record ByPkixEndEntity(List<ChainCertificate> path, MatchedName name) implements Authentication {

    /**
     * Copies the path.
     *
     * @param path from the peer's own certificate to the PKIX anchor's
     * @param name the name that is right
     */
    public ByPkixEndEntity {
      path = List.copyOf(path);
    }

    @Override
    public ChainCertificate certificate() {
      return path.get(0);
    }

    @Override
    public int depth() {
      return 0;
    }

    @Override
    public String explanation() {
      return ("it is the server's own certificate, %s, which is for %s and leads to the PKIX anchor %s"
              + " (RFC 7671 §5.3).")
          .formatted(certificate(), Wording.printable(name.presented()), path.get(path.size() - 1));
    }
  }

  /**
   * The record is that of a CA on a sound path from a certificate for the right name to a PKIX
   * anchor (RFC 7671 §5.4).
   *
   * @param path from the peer's own certificate to the PKIX anchor's
   * @param certificate the CA's, one of those above the peer's own
   * @param name the name that is right
   */
  record ByPkixTrustAnchor(
      List<ChainCertificate> path, ChainCertificate certificate, MatchedName name)
      implements Authentication {

    /**
     * Copies the path.
     *
     * @param path from the peer's own certificate to the PKIX anchor's
     * @param certificate the CA's, one of those above the peer's own
     * @param name the name that is right
     * @throws IllegalArgumentException if the CA is not above the peer's own certificate
     */
    public ByPkixTrustAnchor {
      path = List.copyOf(path);
      if (path.indexOf(certificate) < 1) {
        throw new IllegalArgumentException(
            "the CA of a PKIX-TA record stands above the server's certificate on the path");
      }
    }

    @Override
    public int depth() {
      return path.indexOf(certificate);
    }

    @Override
    public String explanation() {
      return ("it is the CA %s at depth %s of the path from %s, which is for %s, to the PKIX anchor %s"
              + " (RFC 7671 §5.4).")
          .formatted(
              certificate,
              depth(),
              path.get(0),
              Wording.printable(name.presented()),
              path.get(path.size() - 1));
    }
  }
}
