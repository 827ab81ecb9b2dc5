// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

/**
 * Why a usable record does not authenticate a server.
 *
 * <p>Each kind carries both sides of the comparison that failed. If several records or several
 * paths fail, the one that came closest to a match tells most, so kinds are ranked.
 *
 * @since 0.1
 */
public sealed interface Mismatch
    permits AssociationMismatch, CertificateMismatch, TrustPathMismatch, NameMismatch {

  /** How close a record came to a match, from not at all to all but the name. */
  enum Rank {
    /** The record does not count beside a stronger digest. */
    SHADOWED,
    /** Nothing the peer sent is what the record says. */
    ASSOCIATION_DATA,
    /** The record would match, if it counted beside a stronger digest. */
    SHADOWED_MATCH,
    /** The trust anchor is there, but nothing leads to it. */
    NO_PATH,
    /** Something leads to it by name, but not by signature. */
    SIGNATURE,
    /** The search had to be given up. */
    BUDGET,
    /** A certificate that matters cannot be read. */
    MALFORMED,
    /** A signature or key is unknown or too weak. */
    ALGORITHM,
    /** A certificate on the path must not be used like that. */
    CONSTRAINT,
    /** The path is sound but not at this instant. */
    VALIDITY,
    /** The path is sound, and it is somebody else's. */
    NAME
  }

  /**
   * Returns how close the record came to a match.
   *
   * @return the rank; a later one is more specific
   */
  Rank rank();

  /**
   * Returns the closest result type of a TLS report (RFC 8460 §4.3).
   *
   * @return the result type
   */
  TlsrptResultType tlsrptResultType();

  /**
   * Explains what does not match, by which rule, and what would help.
   *
   * @return some sentences in English, for logs and operators
   */
  String explanation();
}
