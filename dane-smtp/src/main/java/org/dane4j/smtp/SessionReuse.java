// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.time.Duration;

/**
 * Whether sessions are kept open after a mail, for further mails to the same server.
 *
 * <p>A session is used again only for the same host at the same address and port, with an equal
 * {@link org.dane4j.smtp.policy.TlsRequirement}: the same TLSA records at the same base domain, and
 * the same names to match them with. What has changed in the DNS needs a new connection. A session
 * in which anything failed is not used again.
 *
 * @param messages the most messages for one session; 1 for no reuse
 * @param idle how long a session may wait for the next one; servers wait for 5 minutes and more
 */
public record SessionReuse(int messages, Duration idle) {

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException if one is not more than zero
   */
  public SessionReuse {
    if (messages < 1 || idle.isZero() || idle.isNegative()) {
      throw new IllegalArgumentException(
          "a session is for one message or more, and waits for more than no time");
    }
  }

  /**
   * Returns a session for each mail.
   *
   * @return the default of {@link SmtpClient}
   */
  public static SessionReuse none() {
    return new SessionReuse(1, Duration.ofSeconds(1));
  }

  /**
   * Returns sessions that are used for several mails and wait half a minute for each.
   *
   * @param messages the most messages for one session
   * @return the choice
   */
  public static SessionReuse upTo(int messages) {
    return new SessionReuse(messages, Duration.ofSeconds(30));
  }
}
