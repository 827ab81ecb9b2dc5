// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.regex.Pattern;

/** Text that names, certificates, policies and servers may have had a hand in. */
final class Printable {

  /** Nobody reads more in one line. */
  private static final int LONGEST = 4000;

  /** What moves a terminal's cursor, or turns the direction of writing around. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\u2028\\u2029]");

  private Printable() {}

  /** Returns a text as it may be shown: in one line, and not longer than somebody reads. */
  static String text(String text) {
    String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    return UNPRINTABLE.matcher(cut).replaceAll("?");
  }
}
