// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.nio.charset.StandardCharsets;

/** What may stand in the commands of a mail transaction. */
final class MailAddress {

  /** The most octets of a path (RFC 5321 §4.5.3.1.3), less its angle brackets. */
  private static final int MAX_PATH = 254;

  private MailAddress() {}

  /** Throws if a text is no address. */
  static void check(String address) {
    int at = address.lastIndexOf('@');
    // What stands between the angle brackets of a command must not end it (RFC 5321 §4.1.2).
    boolean clean =
        address
            .codePoints()
            .noneMatch(
                c -> c == ' ' || c == '<' || c == '>' || Character.isISOControl(c) || isHalf(c));
    boolean fits = address.getBytes(StandardCharsets.UTF_8).length <= MAX_PATH;
    if (at < 1 || at == address.length() - 1 || !clean || !fits) {
      throw new IllegalArgumentException(
          "'" + printable(address) + "' is not a mail address: write local-part@domain");
    }
  }

  /** Half a character would become something else in UTF-8. */
  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /** Returns the part of an address behind the last at sign. */
  static String domain(String address) {
    return address.substring(address.lastIndexOf('@') + 1);
  }

  /** Whether a server has to offer SMTPUTF8 for an address (RFC 6531 §3.3). */
  static boolean needsUtf8(String address) {
    return address.chars().anyMatch(c -> c > 0x7f);
  }

  /** Encodes printable ASCII so that it can be a parameter (RFC 3461 §4). */
  static String xtext(String text) {
    StringBuilder encoded = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > ' ' && c < 0x7f && c != '+' && c != '=') {
        encoded.append(c);
      } else {
        encoded.append('+').append(String.format("%02X", (int) c));
      }
    }
    return encoded.toString();
  }

  /** Returns a text that can be shown, whatever is in it. */
  static String printable(String text) {
    String cut = text.length() > 80 ? text.substring(0, 80) + "..." : text;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
