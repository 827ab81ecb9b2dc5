// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

/**
 * Why data must be taken for forged (RFC 4033 §5, "Bogus"). Later constants are more specific:
 * where several reasons apply, the last one is reported.
 */
public enum BogusReason {
  /** Data that must be signed are not. */
  SIGNATURE_MISSING("there is no signature", 10),

  /** No denial-of-existence records prove the answer. */
  DENIAL_MISSING("there is no proof that the data do not exist", 12),

  /** There are denial-of-existence records, and they do not prove the answer. */
  DENIAL_WRONG("the proof that the data do not exist is incomplete", 6),

  /** Data come from a wildcard, and nothing proves that no closer name exists (RFC 4035 §5.3.4). */
  WILDCARD_UNPROVEN("nothing proves that the wildcard stands for the name", 6),

  /** A signature is wrong. */
  SIGNATURE_WRONG("the signature is wrong", 6),

  /** Not all algorithms have signed, and it was asked that they do (RFC 6840 §5.11). */
  ALGORITHM_MISSING("an algorithm that must have signed has not", 6),

  /** A chain of aliases is contradictory, too long, or runs in a circle. */
  ALIASES("the aliases do not end", 6),

  /** Records do not have the form of their type. */
  MALFORMED("the records are malformed", 6),

  /** The limits of one validation were reached. */
  LIMITS("the data need more work than one validation may take", 6),

  /** No DNSKEY is there, or none that the DS RRset or the signature names. */
  KEY_MISSING("no DNSKEY fits", 9),

  /** The key that signed must not sign zone data (RFC 4034 §2.1.1). */
  NO_ZONE_KEY("the DNSKEY is not a zone key", 11),

  /** All signatures end before they begin. */
  VALIDITY_EMPTY("the signature expires before it begins", 25),

  /** All signatures begin in the future. */
  NOT_YET_VALID("the signature is not yet valid", 8),

  /** All signatures have expired. */
  EXPIRED("the signature has expired", 7);

  private final String text;
  private final int extendedError;

  BogusReason(String text, int extendedError) {
    this.text = text;
    this.extendedError = extendedError;
  }

  /**
   * Returns the reason in words.
   *
   * @return a clause without a full stop
   */
  public String text() {
    return text;
  }

  /**
   * Returns the Extended DNS Error that fits (RFC 8914 §4).
   *
   * @return the INFO-CODE
   */
  public int extendedError() {
    return extendedError;
  }
}
