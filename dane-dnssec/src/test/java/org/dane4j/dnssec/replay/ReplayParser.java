// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.dane4j.dnssec.replay.Entry.Query;
import org.dane4j.dnssec.replay.Entry.Sections;
import org.dane4j.dnssec.replay.ReplayFile.Clause;
import org.dane4j.dnssec.replay.ReplayFile.Range;
import org.dane4j.dnssec.replay.ReplayFile.Settings;
import org.dane4j.dnssec.replay.ReplayFile.Step;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Reads replay files. Whatever it does not know it passes over. */
final class ReplayParser {

  private final List<String> lines;
  private final List<Range> ranges = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Entry> replies = new ArrayList<>();
  private int at;

  private ReplayParser(List<String> lines) {
    this.lines = lines;
  }

  static ReplayFile parse(List<String> lines) {
    return new ReplayParser(lines).file();
  }

  private ReplayFile file() {
    Settings settings = settings();
    while (at < lines.size()) {
      List<String> words = next();
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
    return new ReplayFile(settings, ranges, steps);
  }

  private Settings settings() {
    Clause server = new Clause("server", new HashMap<>());
    List<Clause> zones = new ArrayList<>();
    Clause current = server;
    boolean hasConfig = lines.stream().anyMatch(line -> line.trim().startsWith("CONFIG_END"));
    while (hasConfig && at < lines.size()) {
      String line = lines.get(at++).trim();
      if (line.startsWith("CONFIG_END")) {
        break;
      }
      int colon = line.indexOf(':');
      if (colon < 0 || line.startsWith(";") || line.startsWith("#")) {
        continue;
      }
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      String value = value(line.substring(colon + 1));
      if (value.isEmpty() && !line.contains("\"")) {
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
    if (trimmed.startsWith("\"")) {
      int end = trimmed.indexOf('"', 1);
      return trimmed.substring(1, end < 0 ? trimmed.length() : end).trim();
    }
    return trimmed.replaceFirst("[#;].*", "").trim();
  }

  /** Takes the keys of a trust anchor file that are in use; RFC 5011 calls that "Valid". */
  private void anchors(Clause server) {
    while (at < lines.size() && !isWord(next(), 0, "AUTOTRUST_END")) {
      String line = lines.get(at - 1);
      if (!line.contains("state=") || line.contains("state=2")) {
        server.lines().computeIfAbsent("trust-anchor", key -> new ArrayList<>()).add(line);
      }
    }
  }

  private Range range(List<String> words) {
    List<String> addresses = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    while (at < lines.size()) {
      List<String> line = next();
      if (isWord(line, 0, "RANGE_END")) {
        break;
      }
      if (isWord(line, 0, "ADDRESS") && line.size() > 1) {
        addresses.add(Servers.canonical(line.get(1)));
      } else if (isWord(line, 0, "ENTRY_BEGIN")) {
        entries.add(entry());
      }
    }
    return new Range(number(words, 1, 0), number(words, 2, Integer.MAX_VALUE), addresses, entries);
  }

  private void step(List<String> words) {
    boolean isQuery = isWord(words, 2, "QUERY");
    boolean isReply = isWord(words, 2, "REPLY");
    if (!isQuery && !isReply && !isWord(words, 2, "CHECK_ANSWER")) {
      return;
    }
    while (at < lines.size() && !isWord(next(), 0, "ENTRY_BEGIN")) {
      // The entry may come after comments and empty lines.
    }
    Entry entry = entry();
    if (isReply) {
      replies.add(entry);
    } else {
      Step.Kind kind = isQuery ? Step.Kind.QUERY : Step.Kind.CHECK;
      steps.add(new Step(number(words, 1, 0), kind, entry));
    }
  }

  private Entry entry() {
    Set<String> match = new HashSet<>();
    Set<String> reply = new HashSet<>();
    Query question = new Query(Name.root, Type.A);
    int dclass = DClass.IN;
    Map<String, List<Rr>> sections = new HashMap<>();
    String section = "";
    while (at < lines.size()) {
      String line = logicalLine();
      List<String> words = RrText.words(RrText.withoutComment(line));
      String first = words.isEmpty() ? "" : words.get(0);
      if (first.equals("ENTRY_END")) {
        break;
      }
      if (first.equals("MATCH")) {
        words.forEach(word -> match.add(word.toLowerCase(Locale.ROOT)));
      } else if (first.equals("REPLY")) {
        words.forEach(word -> reply.add(word.toUpperCase(Locale.ROOT)));
      } else if (first.equals("SECTION") && words.size() > 1) {
        section = words.get(1).toUpperCase(Locale.ROOT);
      } else if (section.equals("QUESTION") && words.size() > 1) {
        question = question(words);
        dclass = words.contains("CH") || words.contains("HS") ? DClass.CH : DClass.IN;
      } else if (!words.isEmpty()) {
        List<Rr> records = sections.computeIfAbsent(section, key -> new ArrayList<>());
        RrText.parse(withOwner(line, records)).ifPresent(records::add);
      }
    }
    return new Entry(match, reply, question, dclass, sections(sections));
  }

  /** RFC 1035 §5.1: a record that begins with a blank has the owner of the one before. */
  private static String withOwner(String line, List<Rr> before) {
    String first = RrText.words(line).get(0);
    boolean isOwner = !first.equals("IN") && !first.matches("[0-9]+");
    return isOwner || before.isEmpty() || !Character.isWhitespace(line.charAt(0))
        ? line
        : before.get(before.size() - 1).owner() + line;
  }

  private static Query question(List<String> words) {
    try {
      int type = RrText.type(words.get(words.size() - 1));
      return new Query(RrText.name(words.get(0)), type < 0 ? Type.A : type);
    } catch (IOException e) {
      return new Query(Name.root, Type.A);
    }
  }

  /** Puts every signature into the section of what it covers, as resolvers do. */
  private static Sections sections(Map<String, List<Rr>> read) {
    List<String> order = List.of("ANSWER", "AUTHORITY", "ADDITIONAL");
    List<List<Rr>> sorted = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < order.size(); i++) {
      List<Rr> section = read.getOrDefault(order.get(i), List.of());
      for (Rr rr : section) {
        int target = i;
        for (int j = 0; !hasCovered(section, rr) && j < order.size() && target == i; j++) {
          target = hasCovered(read.getOrDefault(order.get(j), List.of()), rr) ? j : i;
        }
        sorted.get(target).add(rr);
      }
    }
    return new Sections(sorted.get(0), sorted.get(1), sorted.get(2));
  }

  private static boolean hasCovered(List<Rr> section, Rr rr) {
    return section.stream().anyMatch(one -> one.is(rr.owner(), rr.covered()));
  }

  private List<String> next() {
    return RrText.words(RrText.withoutComment(lines.get(at++)));
  }

  /** A line, with those that follow as long as a parenthesis is open. */
  private String logicalLine() {
    StringBuilder text = new StringBuilder(RrText.withoutComment(lines.get(at++)));
    while (count(text, '(') > count(text, ')') && at < lines.size()) {
      String line = lines.get(at);
      if (line.startsWith("ENTRY_END") || line.startsWith("SECTION")) {
        break;
      }
      text.append(' ').append(RrText.withoutComment(line));
      at++;
    }
    return text.toString();
  }

  private static long count(CharSequence text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
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
