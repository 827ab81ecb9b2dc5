// SPDX-License-Identifier: Apache-2.0
package org.dane4j.tlsa;

/**
 * Whether a TLSA record can be held against a certificate at all (RFC 6698 §4.1, RFC 7671 §10.3).
 *
 * <p>An unusable record does not match anything, but it still says that the server speaks TLS: with
 * SMTP, a server all of whose records are unusable is used over unauthenticated TLS and never in
 * clear text (RFC 7672 §2.2).
 *
 * @since 0.1
 */
public sealed interface Usability {

  /** The record can be matched. */
  record Usable() implements Usability {}

  /**
   * The record cannot be matched.
   *
   * @param reason the kind of defect
   * @param explanation which defect, and what to publish instead
   */
  record Unusable(Reason reason, String explanation) implements Usability {}

  /** Why a record is unusable. */
  enum Reason {
    /** There is no certificate association data. */
    NO_ASSOCIATION_DATA,
    /** The certificate usage is unknown, private, or not for this protocol. */
    CERTIFICATE_USAGE,
    /** The selector is unknown or private. */
    SELECTOR,
    /** The matching type is unknown, private, or has no digest configured. */
    MATCHING_TYPE,
    /** The association data are not as long as the digest is. */
    DIGEST_LENGTH,
    /** The association data are not one certificate, or not one SubjectPublicKeyInfo. */
    MALFORMED_ASSOCIATION_DATA,
    /** The published key is weaker than local policy allows. */
    WEAK_ALGORITHM
  }
}
