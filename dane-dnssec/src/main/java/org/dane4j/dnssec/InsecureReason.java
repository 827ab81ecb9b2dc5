// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.util.OptionalInt;

/** Why data are proven to be without signatures that count (RFC 4033 §5, "Insecure"). */
public enum InsecureReason {
  /** No trust anchor is configured at or above the name (RFC 7672 §2.1.1). */
  NO_TRUST_ANCHOR("no trust anchor covers the name", -1),

  /** A negative trust anchor covers the name (RFC 7646). */
  NEGATIVE_TRUST_ANCHOR("a negative trust anchor covers the name", -1),

  /** The parent zone proves that the delegation has no DS RRset (RFC 4035 §5.2). */
  UNSIGNED_DELEGATION("the parent zone proves that the delegation is not signed", -1),

  /** The parent zone leaves unsigned delegations out of its NSEC3 chain here (RFC 5155 §6). */
  OPT_OUT("the zone does not say which unsigned delegations it has here (NSEC3 opt-out)", -1),

  /** All usable DS records are for algorithms that are not supported (RFC 4035 §5.2). */
  UNSUPPORTED_ALGORITHM("the zone is signed with unsupported algorithms only", 1),

  /** All DS records have digest types that are not supported (RFC 6840 §5.2). */
  UNSUPPORTED_DIGEST("the delegation has unsupported DS digest types only", 2),

  /** The denial asks for too many NSEC3 iterations (RFC 9276 §3.2). */
  NSEC3_ITERATIONS("the zone uses more NSEC3 iterations than validators accept", 27);

  private final String text;
  private final int extendedError;

  InsecureReason(String text, int extendedError) {
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
   * @return the INFO-CODE, empty if none fits
   */
  public OptionalInt extendedError() {
    return extendedError < 0 ? OptionalInt.empty() : OptionalInt.of(extendedError);
  }
}
