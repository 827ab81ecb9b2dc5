// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

/** What becomes of a body with octets above 127 at a server that does not offer 8BITMIME. */
public enum EightBitMail {
  /**
   * The server does not get it, as RFC 6152 §3 has it; if no host of the destination can take it,
   * the mail is rejected with 5.6.3. The default.
   */
  REFUSE,

  /**
   * It is sent as it is, as many mail systems do. Most servers take it; one that does not may
   * destroy it without a word.
   */
  SEND
}
