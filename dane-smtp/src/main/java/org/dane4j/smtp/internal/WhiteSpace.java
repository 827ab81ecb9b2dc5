// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.internal;

/** WSP: a space or a tab, and nothing else (RFC 5234 appendix B.1). */
public final class WhiteSpace {

  private WhiteSpace() {}

  /**
   * Returns a text without the white space around it.
   *
   * @param text the text
   * @return what is between
   */
  public static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
