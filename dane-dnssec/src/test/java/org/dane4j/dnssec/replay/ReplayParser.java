// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.dane4j.dnssec.replay.ReplayFile.Clause;
import org.dane4j.dnssec.replay.ReplayFile.Range;
import org.dane4j.dnssec.replay.ReplayFile.Settings;
import org.dane4j.dnssec.replay.ReplayFile.Step;

/** Reads replay files. What it does not know it passes over, and notes if it is in an entry. */
final class ReplayParser {

  private final Lines lines;
  private final EntryParser entries;
  private final List<Range> ranges = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Entry> replies = new ArrayList<>();

  private ReplayParser(List<String> text) {
    this.lines = new Lines(text);
    this.entries = new EntryParser(lines);
  }

  static ReplayFile parse(List<String> lines) {
    return new ReplayParser(lines).file();
  }

  private ReplayFile file() {
    Settings settings = settings();
    while (lines.hasNext()) {
      List<String> words = lines.words();
      if (isWord(words, 0, "RANGE_BEGIN")) {
        ranges.add(range(words));
      } else if (isWord(words, 0, "STEP")) {
        step(words);
      } else if (isWord(words, 0, "AUTOTRUST_FILE")) {
        anchors(settings.server());
      }
    }
    // What servers answer in steps of their own counts at any time, behind what the ranges say.
    ranges.add(new Range(0, Integer.MAX_VALUE, List.of(), replies));
    return new ReplayFile(settings, ranges, steps, lines.unread());
  }

  private Settings settings() {
    Clause server = new Clause("server", new HashMap<>());
    List<Clause> zones = new ArrayList<>();
    Clause current = server;
    boolean hasConfig = lines.have("CONFIG_END");
    while (hasConfig && lines.hasNext()) {
      String line = lines.next().trim();
      if (line.startsWith("CONFIG_END")) {
        break;
      }
      int colon = line.indexOf(':');
      if (colon < 0 || line.startsWith(";") || line.startsWith("#")) {
        continue;
      }
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      String value = value(line.substring(colon + 1));
      if (value.isEmpty() && !line.matches(".*[\"'].*")) {
        current = name.equals("server") ? server : new Clause(name, new HashMap<>());
        zones.add(current);
      } else {
        current.lines().computeIfAbsent(name, key -> new ArrayList<>()).add(value);
      }
    }
    return new Settings(server, zones);
  }

  /** Takes quotes and comments away; a semicolon within quotes may begin a comment of its own. */
  private static String value(String text) {
    String trimmed = text.trim();
    if (trimmed.startsWith("\"") || trimmed.startsWith("'")) {
      int end = trimmed.indexOf(trimmed.charAt(0), 1);
      return trimmed.substring(1, end < 0 ? trimmed.length() : end).trim();
    }
    return trimmed.replaceFirst("[#;].*", "").trim();
  }

  /** Takes the keys of a trust anchor file that are in use; RFC 5011 calls that "Valid". */
  private void anchors(Clause server) {
    while (lines.hasNext() && !isWord(lines.words(), 0, "AUTOTRUST_END")) {
      String line = lines.last();
      if (!line.contains("state=") || line.contains("state=2")) {
        server.lines().computeIfAbsent("trust-anchor", key -> new ArrayList<>()).add(line);
      }
    }
  }

  private Range range(List<String> words) {
    List<String> addresses = new ArrayList<>();
    List<Entry> found = new ArrayList<>();
    while (lines.hasNext()) {
      List<String> line = lines.words();
      if (isWord(line, 0, "RANGE_END")) {
        break;
      }
      if (isWord(line, 0, "ADDRESS") && line.size() > 1) {
        addresses.add(Servers.canonical(line.get(1)));
      } else if (isWord(line, 0, "ENTRY_BEGIN")) {
        found.add(entries.entry());
      }
    }
    return new Range(number(words, 1, 0), number(words, 2, Integer.MAX_VALUE), addresses, found);
  }

  private void step(List<String> words) {
    boolean isQuery = isWord(words, 2, "QUERY");
    boolean isReply = isWord(words, 2, "REPLY");
    if (!isQuery && !isReply && !isWord(words, 2, "CHECK_ANSWER")) {
      return;
    }
    while (lines.hasNext() && !isWord(lines.words(), 0, "ENTRY_BEGIN")) {
      // The entry may come after comments and empty lines.
    }
    Entry entry = entries.entry();
    if (isReply) {
      replies.add(entry);
    } else {
      Step.Kind kind = isQuery ? Step.Kind.QUERY : Step.Kind.CHECK;
      steps.add(new Step(number(words, 1, 0), kind, entry));
    }
  }

  private static boolean isWord(List<String> words, int index, String word) {
    return words.size() > index && words.get(index).equals(word);
  }

  static int number(List<String> words, int index, int otherwise) {
    try {
      return words.size() > index ? Integer.parseInt(words.get(index)) : otherwise;
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
