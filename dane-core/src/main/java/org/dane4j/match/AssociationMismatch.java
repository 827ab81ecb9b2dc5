// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.List;
import org.dane4j.tlsa.MatchingType;
import org.dane4j.tlsa.Octets;

/**
 * What the record says is not what the peer sent, or does not count.
 *
 * @since 0.1
 */
public sealed interface AssociationMismatch extends Mismatch {

  /** Returns {@code validation-failure}: there is no result type for it. */
  @Override
  default TlsrptResultType tlsrptResultType() {
    return TlsrptResultType.VALIDATION_FAILURE;
  }

  /**
   * A DANE-EE or PKIX-EE record names another certificate or key than the peer's own.
   *
   * @param published the record's association data
   * @param presented the same part of the peer's certificate
   * @param certificate the peer's certificate
   */
  record DataDiffers(Octets published, Octets presented, ChainCertificate certificate)
      implements AssociationMismatch {

    @Override
    public Rank rank() {
      return Rank.ASSOCIATION_DATA;
    }

    @Override
    public String explanation() {
      return "it says %s, but the server's certificate %s gives %s (RFC 6698 §2.1.1)."
          .formatted(Wording.octets(published), certificate, Wording.octets(presented));
    }
  }

  /**
   * The peer sent a raw public key, and the record is about something else.
   *
   * @param key the raw public key
   */
  record RawPublicKey(ChainCertificate key) implements AssociationMismatch {

    @Override
    public Rank rank() {
      return Rank.ASSOCIATION_DATA;
    }

    @Override
    public String explanation() {
      return ("it needs a certificate, and the server sent none but a %s (RFC 7250), which only records"
              + " with usage 3 and selector 1 match (RFC 7671 §5.1): publish 3 1 1 besides.")
          .formatted(key);
    }
  }

  /**
   * A DANE-TA record names a certificate or key that is none of the issuers' the peer sent.
   *
   * @param published the record's association data
   * @param presented the same part of each certificate after the peer's own
   */
  record NoAnchorInChain(Octets published, List<Octets> presented) implements AssociationMismatch {

    /**
     * Copies the list.
     *
     * @param published the record's association data
     * @param presented the same part of each certificate after the peer's own
     */
    public NoAnchorInChain {
      presented = List.copyOf(presented);
    }

    @Override
    public Rank rank() {
      return Rank.ASSOCIATION_DATA;
    }

    @Override
    public String explanation() {
      return ("it says %s, but the %s issuer certificates that the server sent give %s. A trust"
              + " anchor is never the server's own certificate, and the server must send the"
              + " anchor's, even a self-signed one (RFC 7672 §3.1.2, RFC 7671 §5.2.2): configure"
              + " the full chain, or publish a DANE-EE record.")
          .formatted(
              Wording.octets(published),
              presented.size(),
              Wording.names(presented.stream().map(Wording::octets).toList()));
    }
  }

  /**
   * A PKIX-TA record names a certificate or key that is that of no CA here: neither one that the
   * peer sent nor a PKIX anchor.
   *
   * @param published the record's association data
   * @param presented the same part of each certificate after the peer's own
   */
  record CaNotFound(Octets published, List<Octets> presented) implements AssociationMismatch {

    /**
     * Copies the list.
     *
     * @param published the record's association data
     * @param presented the same part of each certificate after the peer's own
     */
    public CaNotFound {
      presented = List.copyOf(presented);
    }

    @Override
    public Rank rank() {
      return Rank.ASSOCIATION_DATA;
    }

    @Override
    public String explanation() {
      return ("it says %s, but the %s issuer certificates that the server sent give %s, and no PKIX"
              + " anchor of this client is that CA (RFC 6698 §2.1.1, usage 0): configure the full"
              + " chain, or publish the CA that issued the certificate.")
          .formatted(
              Wording.octets(published),
              presented.size(),
              Wording.names(presented.stream().map(Wording::octets).toList()));
    }
  }

  /**
   * The record's digest is weaker than another one that is published with the same usage and
   * selector.
   *
   * @param stronger the matching type that counts
   */
  record Shadowed(MatchingType stronger) implements AssociationMismatch {

    @Override
    public Rank rank() {
      return Rank.SHADOWED;
    }

    @Override
    public String explanation() {
      return "it does not count beside the records with %s (RFC 7671 §9).".formatted(stronger);
    }
  }

  /**
   * The record's data are the peer's, but its digest is weaker than another one that is published
   * with the same usage and selector, and whose data are not: half of the records were forgotten.
   *
   * @param stronger the matching type that counts
   * @param certificate the certificate whose data they are
   */
  record ShadowedMatch(MatchingType stronger, ChainCertificate certificate)
      implements AssociationMismatch {

    @Override
    public Rank rank() {
      return Rank.SHADOWED_MATCH;
    }

    @Override
    public String explanation() {
      return ("its data are those of %s, but it does not count beside the records with %s, which"
              + " must be published for the same certificates (RFC 7671 §9, §8.3): update or"
              + " remove the records with %s.")
          .formatted(certificate, stronger, stronger);
    }
  }
}
