// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

/**
 * The trust anchor of a DANE-TA record was found, but nothing leads from the peer's certificate to
 * it.
 *
 * @since 0.1
 */
public sealed interface TrustPathMismatch extends Mismatch {

  /** Returns {@code certificate-not-trusted}, which stands for chain errors. */
  @Override
  default TlsrptResultType tlsrptResultType() {
    return TlsrptResultType.CERTIFICATE_NOT_TRUSTED;
  }

  /**
   * No chain of issuers leads to the anchor.
   *
   * @param leaf the peer's certificate
   * @param anchor the certificate that the record names
   */
  record NoPath(ChainCertificate leaf, ChainCertificate anchor) implements TrustPathMismatch {

    @Override
    public Rank rank() {
      return Rank.NO_PATH;
    }

    @Override
    public String explanation() {
      return ("it names %s, but that one did not issue %s, nor did any issuer between them that"
              + " the server sent (RFC 6698 §2.1.1, usage 2): configure the chain that belongs to"
              + " the certificate.")
          .formatted(anchor, leaf);
    }
  }

  /**
   * A certificate names an issuer that did not sign it.
   *
   * @param certificate the certificate
   * @param issuer the certificate with its issuer's name
   */
  record BadSignature(ChainCertificate certificate, ChainCertificate issuer)
      implements TrustPathMismatch {

    @Override
    public Rank rank() {
      return Rank.SIGNATURE;
    }

    @Override
    public String explanation() {
      return ("%s names %s as its issuer, but is not signed with that key (RFC 5280"
              + " §6.1.3(a)(1)): configure the issuer's certificate with the right key.")
          .formatted(certificate, issuer);
    }
  }

  /**
   * The chain is so intricate that the search was given up.
   *
   * @param limit the limit that was reached
   */
  record SearchBudgetSpent(String limit) implements TrustPathMismatch {

    @Override
    public Rank rank() {
      return Rank.BUDGET;
    }

    @Override
    public String explanation() {
      return ("no path to the trust anchor was found before %s: configure the server's certificate"
              + " and its issuers, and nothing else.")
          .formatted(limit);
    }
  }
}
