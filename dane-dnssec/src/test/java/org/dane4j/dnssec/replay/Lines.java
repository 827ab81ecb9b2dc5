// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.replay;

import java.util.ArrayList;
import java.util.List;

/** The lines of a replay file, how far they were read, and which of them said nothing to us. */
final class Lines {

  private final List<String> text;
  private final List<String> unread = new ArrayList<>();
  private int at;

  Lines(List<String> text) {
    this.text = text;
  }

  boolean hasNext() {
    return at < text.size();
  }

  String next() {
    return text.get(at++);
  }

  /** The next line's words, without its comment. */
  List<String> words() {
    return RrText.words(RrText.withoutComment(next()));
  }

  /** The line that was read last. */
  String last() {
    return text.get(at - 1);
  }

  boolean have(String beginning) {
    return text.stream().anyMatch(line -> line.trim().startsWith(beginning));
  }

  /** A line, with those that follow as long as a parenthesis is open. */
  String logical() {
    StringBuilder line = new StringBuilder(RrText.withoutComment(next()));
    while (count(line, '(') > count(line, ')') && hasNext()) {
      String more = text.get(at);
      if (more.startsWith("ENTRY_END") || more.startsWith("SECTION")) {
        break;
      }
      line.append(' ').append(RrText.withoutComment(more));
      at++;
    }
    return line.toString();
  }

  private static long count(CharSequence text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  /** The lines up to one that begins with a word, without comments and white space. */
  String upTo(String word) {
    StringBuilder all = new StringBuilder();
    while (hasNext()) {
      List<String> words = words();
      if (!words.isEmpty() && words.get(0).equals(word)) {
        break;
      }
      all.append(String.join("", words));
    }
    return all.toString();
  }

  /** Notes a line that is passed over. */
  void passOver(String line) {
    unread.add(line.trim());
  }

  List<String> unread() {
    return List.copyOf(unread);
  }
}
