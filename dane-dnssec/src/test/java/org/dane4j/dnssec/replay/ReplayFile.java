// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.replay;

import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A replay file: the resolver's settings, a small internet that changes with the steps, and a
 * dialogue with the resolver.
 *
 * @param unread lines of entries that were passed over
 */
record ReplayFile(Settings settings, List<Range> ranges, List<Step> steps, List<String> unread) {

  /** The lines {@code name: value} of one clause, such as {@code stub-zone}. */
  record Clause(String kind, Map<String, List<String>> lines) {
    List<String> all(String name) {
      return lines.getOrDefault(name, Collections.emptyList());
    }

    String last(String name, String otherwise) {
      List<String> values = all(name);
      return values.isEmpty() ? otherwise : values.get(values.size() - 1);
    }
  }

  /** What a name server answers during some steps. */
  record Range(int from, int to, List<String> addresses, List<Entry> entries) {
    boolean contains(int step) {
      return from <= step && step <= to;
    }

    /** A range without an address stands for all of them. */
    boolean isAt(List<String> servers) {
      return addresses.isEmpty() || addresses.stream().anyMatch(servers::contains);
    }
  }

  /** A step of the dialogue: a query, or what its answer must be. */
  record Step(int number, Kind kind, Entry entry) {
    /** What happens in a step. */
    enum Kind {
      QUERY,
      CHECK
    }
  }

  Clause server() {
    return settings.server();
  }

  /** All clauses; those of the same kind {@code server} are one. */
  record Settings(Clause server, List<Clause> zones) {}
}
