// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A line of the table: what each subject takes for the same work, in one unit.
 *
 * @param name the work and the unit
 * @param values what it takes, by subject: {@code ours}, {@code limit}, {@code dnsjava}, {@code
 *     minidns}
 * @param bytes what we allocate for it; negative if that was not measured
 */
record Line(String name, Map<String, Double> values, double bytes) {

  static final List<String> HEADER =
      List.of(
          "benchmark",
          "ours",
          "limit",
          "ratio to limit",
          "dnsjava",
          "dnsjava/ours",
          "minidns",
          "minidns/ours",
          "B/op");

  /** Returns the cells, {@code -} where there is nothing. */
  List<String> cells() {
    List<String> cells = new ArrayList<>();
    cells.add(name);
    cells.add(number("ours"));
    cells.add(number("limit"));
    cells.add(ratio("ours", "limit"));
    for (String peer : List.of("dnsjava", "minidns")) {
      cells.add(number(peer));
      cells.add(ratio(peer, "ours"));
    }
    cells.add(bytes < 0 ? "-" : String.format(Locale.ROOT, "%.0f", bytes));
    return cells;
  }

  private String number(String subject) {
    Double value = values.get(subject);
    return value == null ? "-" : digits(value);
  }

  private String ratio(String one, String other) {
    Double dividend = values.get(one);
    Double divisor = values.get(other);
    return dividend != null && divisor != null
        ? String.format(Locale.ROOT, "%.2f", dividend / divisor)
        : "-";
  }

  private static String digits(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.3f" : value < 100 ? "%.1f" : "%.0f", value);
  }
}
