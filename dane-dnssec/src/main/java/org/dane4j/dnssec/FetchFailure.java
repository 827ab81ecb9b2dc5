// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.util.OptionalInt;

/** Why a question has no usable response. None of these says anything about the data. */
public enum FetchFailure {
  /** No response came in time. */
  TIMEOUT("no response in time", 23),

  /** The transport failed: no route, connection refused or reset. */
  NETWORK("the name server cannot be reached", 23),

  /** The response is not a DNS message, or answers something else. */
  MALFORMED("the response is not usable", 23),

  /** The response is truncated and could not be had whole. */
  TRUNCATED("the response is truncated", 23),

  /** The name server answered with an error code other than NXDOMAIN. */
  ERROR_RESPONSE("the name server answered with an error", 22),

  /**
   * The upstream answered, but without the signatures that are certainly there: it does not do
   * DNSSEC, or something on the way strips it.
   */
  DNSSEC_STRIPPED("the upstream resolver gives no DNSSEC signatures: use one that does", 10),

  /**
   * The upstream answers, but not where it is asked not to validate by itself (CD), as RFC 4035
   * §3.2.2 wants.
   */
  CHECKING_DISABLED_REFUSED(
      "the upstream resolver answers no queries with the CD bit: use one that does", 22),

  /** The validation needed more questions than its limit allows. */
  TOO_MANY_QUESTIONS("the limits of questions and rounds for one lookup are reached", -1),

  /** Only saved evidence may be looked at, and it has nothing on the question. */
  NOT_IN_EVIDENCE("the evidence has no response to it", -1),

  /** The caller stopped waiting. */
  CANCELED("the lookup was canceled", -1);

  private final String text;
  private final int extendedError;

  FetchFailure(String text, int extendedError) {
    this.text = text;
    this.extendedError = extendedError;
  }

  /**
   * Returns the Extended DNS Error that fits (RFC 8914 §4).
   *
   * @return the INFO-CODE, empty if none fits
   */
  public OptionalInt extendedError() {
    return extendedError < 0 ? OptionalInt.empty() : OptionalInt.of(extendedError);
  }

  /**
   * Returns the failure in words.
   *
   * @return a clause without a full stop
   */
  public String text() {
    return text;
  }
}
