// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

/**
 * Says why octets are not saved evidence, and where. It is about data that somebody handed over,
 * and never about what such data prove.
 */
public final class MalformedEvidenceException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What is wrong, without the place. */
  private final String reason;

  /** The number of octets before the place. */
  private final int offset;

  /**
   * Makes the exception, without a stack trace: it reports on data, not on code.
   *
   * @param reason what is wrong, and with what, a clause without a full stop
   */
  public MalformedEvidenceException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
    this.offset = 0;
  }

  /** Names the place too, as the number of octets before it. */
  MalformedEvidenceException(String reason, int offset) {
    super("octet " + offset + ": " + reason, null, false, false);
    this.reason = reason;
    this.offset = offset;
  }

  /** Returns the same about octets that stand inside of others. */
  MalformedEvidenceException inside(String what, int start) {
    return new MalformedEvidenceException(reason + " (in " + what + ")", start + offset);
  }
}
