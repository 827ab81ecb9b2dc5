// SPDX-License-Identifier: Apache-2.0
package org.dane4j.tlsa;

/**
 * The third field of a TLSA record: how the selected part is given (RFC 6698 §2.1.3).
 *
 * <p>The registry is open, so any octet is a value; those that have an acronym (RFC 7218 §2.3) are
 * constants.
 *
 * @param value the number on the wire, 0–255
 * @since 0.1
 */
public record MatchingType(int value) {

  /** Full(0): the part itself, no digest. */
  public static final MatchingType FULL = new MatchingType(0);

  /** SHA2-256(1): its SHA-256 digest, which every implementation supports (RFC 7671 §2). */
  public static final MatchingType SHA2_256 = new MatchingType(1);

  /** SHA2-512(2): its SHA-512 digest. */
  public static final MatchingType SHA2_512 = new MatchingType(2);

  /** PrivMatch(255): private use; no meaning when it comes from DNS. */
  public static final MatchingType PRIV_MATCH = new MatchingType(255);

  /**
   * Checks the range.
   *
   * @param value the number on the wire
   * @throws IllegalArgumentException if it is not an octet
   */
  public MatchingType {
    Field.MATCHING_TYPE.requireOctet(value);
  }

  /** Returns the acronym and the number, such as {@code SHA2-256(1)} or {@code unassigned(77)}. */
  @Override
  public String toString() {
    return Field.MATCHING_TYPE.describe(value);
  }
}
