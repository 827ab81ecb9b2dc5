// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

/**
 * A kind of sender. Senders differ in what they make of a domain; what this takes them to do is
 * from their documentation, and they may do otherwise tomorrow.
 */
public enum SenderProfile {
  /** Keeps to RFC 7672, with DANE where it applies. */
  RFC_7672("RFC 7672, opportunistic DANE"),
  /**
   * Postfix with the level {@code dane}: also uses TLSA records where the MX record is insecure.
   */
  POSTFIX_DANE("Postfix, dane"),
  /** Postfix with the level {@code dane-only}: delivers under DANE or not at all. */
  POSTFIX_DANE_ONLY("Postfix, dane-only"),
  /**
   * Exim with {@code hosts_try_dane}: no digest agility, names the host only, wants usable records.
   */
  EXIM("Exim, hosts_try_dane"),
  /** Exchange Online, DANE where it applies: also holds DANE-EE certificates to their dates. */
  EXCHANGE_OPPORTUNISTIC("Exchange Online, opportunistic"),
  /** Exchange Online with a connector that demands DANE. */
  EXCHANGE_MANDATORY("Exchange Online, mandatory"),
  /** A client that holds all digests to be as good (RFC 7671 §9 not done). */
  NO_DIGEST_AGILITY("a client without digest agility"),
  /** A client that knows usage 3 only. */
  NO_TRUST_ANCHORS("a client without DANE-TA");

  private final String title;

  SenderProfile(String title) {
    this.title = title;
  }

  /**
   * Returns how to call it.
   *
   * @return a name for a person
   */
  public String title() {
    return title;
  }
}
