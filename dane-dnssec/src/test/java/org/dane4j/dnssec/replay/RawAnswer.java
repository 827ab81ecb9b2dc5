// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.dane4j.dnssec.replay.Entry.Query;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** A message that a replay file has in octets. */
final class RawAnswer {

  private static final Map<Integer, String> NAMES =
      Map.of(
          Section.ANSWER, "ANSWER",
          Section.AUTHORITY, "AUTHORITY",
          Section.ADDITIONAL, "ADDITIONAL");

  private final Message message;

  private RawAnswer(Message message) {
    this.message = message;
  }

  /** Returns the message, or nothing if the octets are none. */
  static Optional<RawAnswer> of(String hex) {
    try {
      return Optional.of(new RawAnswer(new Message(HexFormat.of().parseHex(hex))));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The words that would stand behind REPLY. */
  Set<String> words() {
    String rcode = Rcode.string(message.getRcode());
    return message.getHeader().getFlag(Flags.TC) ? Set.of(rcode, "TC") : Set.of(rcode);
  }

  Optional<Query> question() {
    return Optional.ofNullable(message.getQuestion())
        .map(record -> new Query(record.getName(), record.getType()));
  }

  Map<String, List<Rr>> sections() {
    Map<String, List<Rr>> sections = new TreeMap<>();
    NAMES.forEach(
        (number, name) -> {
          List<Rr> records = new ArrayList<>();
          for (Record record : message.getSection(number)) {
            if (record.getDClass() == DClass.IN) {
              records.add(Rr.of(record));
            }
          }
          sections.put(name, records);
        });
    return sections;
  }
}
