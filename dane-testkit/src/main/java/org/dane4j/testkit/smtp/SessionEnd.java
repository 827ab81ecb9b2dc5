// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.smtp;

/** How a session ended. */
public enum SessionEnd {
  /** It is going on. */
  OPEN,
  /** The client said QUIT. */
  QUIT,
  /** The client closed the connection without a word. */
  CLOSED_BY_CLIENT,
  /** The server closed the connection, as it was told to or because it was closed itself. */
  CLOSED_BY_SERVER,
  /**
   * The handshake failed, or the client ended TLS with an alert, as when it refuses a certificate.
   */
  TLS_FAILED,
  /** The client said nothing for too long. */
  TIMED_OUT
}
