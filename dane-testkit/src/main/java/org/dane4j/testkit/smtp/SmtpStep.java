// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.smtp;

/** The moments of a session at which it is the server's turn. */
public enum SmtpStep {
  /** The connection is open. */
  GREETING,
  /** The client said EHLO in plain text. */
  EHLO,
  /** The client said HELO. */
  HELO,
  /** The client said STARTTLS. */
  STARTTLS,
  /** The handshake should begin. */
  TLS_HANDSHAKE,
  /** The client said EHLO under TLS. */
  EHLO_AFTER_TLS,
  /** The client said AUTH. */
  AUTH,
  /** The client said MAIL. */
  MAIL,
  /** The client said RCPT. */
  RCPT,
  /** The client said DATA. */
  DATA,
  /**
   * The client was told to go on, and is sending the message: nothing is said by honest servers.
   */
  MESSAGE,
  /** The client sent the message with its final dot. */
  CONTENT,
  /** The client said RSET. */
  RSET,
  /** The client said NOOP. */
  NOOP,
  /** The client said QUIT. */
  QUIT
}
