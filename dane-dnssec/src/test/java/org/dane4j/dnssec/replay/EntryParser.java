// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dane4j.dnssec.replay.Entry.Query;
import org.dane4j.dnssec.replay.Entry.Sections;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Reads the entries of a replay file: messages, with the conditions under which they count. */
final class EntryParser {

  private static final Query NO_QUESTION = new Query(Name.root, Type.A);

  private final Lines lines;

  EntryParser(Lines lines) {
    this.lines = lines;
  }

  /** An entry while it is read. */
  private static final class Draft {
    private final Set<String> match = new HashSet<>();
    private final Set<String> reply = new HashSet<>();
    private final Map<String, List<Rr>> sections = new HashMap<>();
    private Query question = NO_QUESTION;
    private int dclass = DClass.IN;
    private String section = "";

    List<Rr> section(String name) {
      return sections.computeIfAbsent(name, key -> new ArrayList<>());
    }
  }

  /** Reads an entry behind its ENTRY_BEGIN. */
  Entry entry() {
    Draft draft = new Draft();
    while (lines.hasNext()) {
      String line = lines.logical();
      List<String> words = RrText.words(RrText.withoutComment(line));
      String first = words.isEmpty() ? "" : words.get(0);
      switch (first) {
        case "ENTRY_END" -> {
          return finished(draft);
        }
        case "MATCH" -> words.forEach(word -> draft.match.add(word.toLowerCase(Locale.ROOT)));
        case "REPLY" -> words.forEach(word -> draft.reply.add(word.toUpperCase(Locale.ROOT)));
        case "SECTION" -> draft.section = section(words);
        case "HEX_ANSWER_BEGIN" -> octets(draft, lines.upTo("HEX_ANSWER_END"));
        // What the question is copied into, and options of EDNS, say nothing about data.
        case "", "ADJUST" -> {}
        case "HEX_EDNSDATA_BEGIN" -> lines.upTo("HEX_EDNSDATA_END");
        default -> record(draft, line, words);
      }
    }
    return finished(draft);
  }

  private static String section(List<String> words) {
    return words.size() > 1 ? words.get(1).toUpperCase(Locale.ROOT) : "";
  }

  private void record(Draft draft, String line, List<String> words) {
    if (draft.section.equals("QUESTION")) {
      question(draft, line, words);
      return;
    }
    List<Rr> records = draft.section(draft.section);
    Optional<Rr> record = RrText.parse(withOwner(line, records));
    record.ifPresentOrElse(records::add, () -> lines.passOver(line));
  }

  private void question(Draft draft, String line, List<String> words) {
    int type = RrText.type(words.get(words.size() - 1));
    try {
      Name name = RrText.name(words.get(0));
      draft.question = type < 0 ? NO_QUESTION : new Query(name, type);
    } catch (IOException e) {
      type = -1;
    }
    if (type < 0 || words.size() < 2) {
      lines.passOver(line);
    }
    draft.dclass = words.contains("CH") || words.contains("HS") ? DClass.CH : DClass.IN;
  }

  private void octets(Draft draft, String hex) {
    Optional<RawAnswer> answer = RawAnswer.of(hex);
    if (answer.isEmpty()) {
      // A resolver that cannot read a message goes on as if the server had failed.
      draft.reply.add("SERVFAIL");
      return;
    }
    draft.reply.addAll(answer.get().words());
    draft.question = answer.get().question().orElse(draft.question);
    answer.get().sections().forEach((name, records) -> draft.section(name).addAll(records));
  }

  /** RFC 1035 §5.1: a record that begins with a blank has the owner of the one before. */
  private static String withOwner(String line, List<Rr> before) {
    String first = RrText.words(line).get(0);
    boolean isOwner = !first.equals("IN") && !first.matches("[0-9]+");
    return isOwner || before.isEmpty() || !Character.isWhitespace(line.charAt(0))
        ? line
        : before.get(before.size() - 1).owner() + line;
  }

  private static Entry finished(Draft draft) {
    return new Entry(
        draft.match, draft.reply, draft.question, draft.dclass, sections(draft.sections));
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
}
