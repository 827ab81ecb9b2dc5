// SPDX-License-Identifier: Apache-2.0
package org.dane4j.internal;

/**
 * Octets that are not what the DER of a certificate must be. It is checked, so that each caller
 * turns it into a verdict, and it has no stack trace, since a peer decides how often it is thrown.
 */
public final class MalformedDerException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Names what is wrong.
   *
   * @param problem the defect, in words that complete "the certificate is malformed: …"
   */
  public MalformedDerException(String problem) {
    super(problem, null, false, false);
  }

  /**
   * Returns what is wrong.
   *
   * @return the defect, in words
   */
  public String problem() {
    return String.valueOf(getMessage());
  }
}
