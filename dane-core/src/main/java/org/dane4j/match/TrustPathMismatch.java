// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

/**
 * The certificate that a record names was found, but nothing leads from the peer's certificate to
 * the trust anchor.
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
   * No chain of issuers leads to a PKIX anchor by way of the certificate that the record names.
   *
   * @param leaf the peer's certificate
   * @param named the certificate that the record names: with PKIX-EE the peer's own
   */
  record NoPkixPath(ChainCertificate leaf, ChainCertificate named) implements TrustPathMismatch {

    @Override
    public Rank rank() {
      return Rank.NO_PATH;
    }

    @Override
    public String explanation() {
      return ("it names %s, but no chain of issuers leads from %s by way of that one to a CA that"
              + " this client trusts (RFC 6698 §2.1.1, usages 0 and 1): configure the full chain, or"
              + " publish a DANE-TA or DANE-EE record, which needs no such CA.")
          .formatted(named, leaf);
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
