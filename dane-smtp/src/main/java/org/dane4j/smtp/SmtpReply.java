// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's reply to a command (RFC 5321 §4.2).
 *
 * @param code the three digits
 * @param lines the texts behind the code, one or more; printable characters only
 */
public record SmtpReply(int code, List<String> lines) {

  private static final Pattern ENHANCED = Pattern.compile("([245]\\.\\d{1,3}\\.\\d{1,3})(?: .*)?");

  /** Copies the lines. */
  public SmtpReply {
    lines = List.copyOf(lines);
  }

  /** Whether the command succeeded. */
  boolean isPositive() {
    return code >= 200 && code < 300;
  }

  /** Whether trying again is of no use. */
  boolean isPermanent() {
    return code >= 500;
  }

  /**
   * Returns the enhanced status code (RFC 3463), if the reply has one of its own class.
   *
   * @return a code such as {@code 5.7.1}
   */
  public Optional<String> enhancedStatus() {
    Matcher matcher = ENHANCED.matcher(lines.get(0));
    // RFC 2034 §4: the class of both codes is the same, or the text only looks like a code.
    return matcher.matches() && matcher.group(1).charAt(0) == '0' + code / 100
        ? Optional.of(matcher.group(1))
        : Optional.empty();
  }

  /** Returns code and texts in one line. */
  @Override
  public String toString() {
    return code + " " + String.join(" / ", lines);
  }
}
