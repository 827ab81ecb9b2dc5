// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

/** Who has to see to the reports that the envelope of a delivered mail asks for (RFC 3461 §5.2). */
public enum ReportDuty {
  /** The server: it offers DSN, and was told what is wanted. */
  SERVER,

  /**
   * The sender: the server does not know of such reports. If one of success was asked for, it is
   * now the time for one that says "relayed" (RFC 3461 §5.2.2).
   */
  SENDER
}
