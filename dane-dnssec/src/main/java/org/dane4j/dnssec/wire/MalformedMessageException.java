// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.wire;

/** Says why octets are not a DNS message. */
public final class MalformedMessageException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the exception, without a stack trace: it reports on data, not on code.
   *
   * @param reason what is wrong with the octets
   */
  public MalformedMessageException(String reason) {
    super(reason, null, false, false);
  }
}
