// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.List;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaRecord;

/**
 * How explanations write what a peer sent: in full where it helps, never more than a line or two.
 */
final class Wording {

  /** A SHA-512 digest is still written in full. */
  private static final int MAX_OCTETS = 64;

  private static final int MAX_TEXT = 256;
  private static final int MAX_NAMES = 20;

  static final String DATES_COUNT =
      "the dates up to the trust anchor count (RFC 5280 §6.1.3(a)(2))";

  static final String OR_IGNORE_DATES = "or publish a DANE-EE record, which ignores dates.";

  private Wording() {}

  static String octets(Octets octets) {
    if (octets.length() <= MAX_OCTETS) {
      return octets.toHex();
    }
    return "%s… (%s octets)".formatted(octets.toHex().substring(0, MAX_OCTETS), octets.length());
  }

  static String record(TlsaRecord record) {
    return "%s %s %s %s"
        .formatted(
            record.usage().value(),
            record.selector().value(),
            record.matchingType().value(),
            octets(record.associationData()))
        .strip();
  }

  /** A peer's text without control characters, and without an end nobody reads. */
  static String printable(String text) {
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < text.length() && i < MAX_TEXT; i++) {
      char c = text.charAt(i);
      if (Character.isLetterOrDigit(c) || (c >= ' ' && c < 0x7f)) {
        safe.append(c);
      } else {
        safe.append("\\u%04x".formatted((int) c));
      }
    }
    return text.length() > MAX_TEXT ? safe.append('…').toString() : safe.toString();
  }

  static String names(List<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    String some =
        String.join(", ", names.stream().limit(MAX_NAMES).map(Wording::printable).toList());
    return names.size() > MAX_NAMES
        ? "%s and %s more".formatted(some, names.size() - MAX_NAMES)
        : some;
  }
}
