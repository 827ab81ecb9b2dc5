// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long a server may take for each step. Each is an absolute bound for the whole step, however
 * the server spreads its octets over it.
 *
 * @param connect until the TCP connection stands
 * @param greeting until the whole greeting is there
 * @param command until the whole reply to a command is there; for QUIT, 5 seconds if that is less
 * @param handshake until TLS stands
 * @param dataBlock until 64 KiB of the message are sent
 * @param dataEnd until the reply to the final dot is there; the server may be delivering meanwhile
 */
public record SmtpTimeouts(
    Duration connect,
    Duration greeting,
    Duration command,
    Duration handshake,
    Duration dataBlock,
    Duration dataEnd) {

  /**
   * Checks the durations.
   *
   * @throws IllegalArgumentException if one is not more than zero
   */
  public SmtpTimeouts {
    boolean positive =
        Stream.of(connect, greeting, command, handshake, dataBlock, dataEnd)
            .noneMatch(duration -> duration.isZero() || duration.isNegative());
    if (!positive) {
      throw new IllegalArgumentException("a timeout is more than zero");
    }
  }

  /**
   * Returns the times that RFC 5321 §4.5.3.2 asks senders to grant, and 30 seconds to connect.
   *
   * @return 30 s, 5 min, 5 min, 1 min, 3 min, 10 min
   */
  public static SmtpTimeouts rfc5321() {
    return new SmtpTimeouts(
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        Duration.ofMinutes(5),
        Duration.ofMinutes(1),
        Duration.ofMinutes(3),
        Duration.ofMinutes(10));
  }

  /**
   * Returns one time for every step, for checks and tests.
   *
   * @param duration the time
   * @return the timeouts
   */
  public static SmtpTimeouts of(Duration duration) {
    return new SmtpTimeouts(duration, duration, duration, duration, duration, duration);
  }
}
