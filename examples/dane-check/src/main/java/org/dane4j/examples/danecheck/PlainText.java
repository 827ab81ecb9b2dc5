// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

/** Text that somebody else may have written, as it goes to a terminal. */
final class PlainText {

  private PlainText() {}

  /** Returns it without what terminals obey: controls, and what turns the direction of writing. */
  static String of(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\n]]", "?");
  }
}
