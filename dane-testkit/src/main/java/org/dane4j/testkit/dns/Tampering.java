// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** What an attacker on the path does to a response, for {@link DnsResponder#tampering}. */
public final class Tampering {

  private Tampering() {}

  /**
   * Takes records out of all sections.
   *
   * @param which the records to take out
   * @return a function on messages
   */
  public static UnaryOperator<Message> removing(Predicate<Record> which) {
    return message -> {
      remove(message, which);
      return message;
    };
  }

  private static void remove(Message message, Predicate<Record> which) {
    for (int section = Section.ANSWER; section <= Section.ADDITIONAL; section++) {
      for (Record record : List.copyOf(message.getSection(section))) {
        if (which.test(record)) {
          message.removeRecord(record, section);
        }
      }
    }
  }

  /**
   * Replaces the data of an RRset wherever it stands in an answer. The old signatures stay.
   *
   * @param owner the owner, with or without its final dot
   * @param type the type
   * @param rdata the forged data of each record, in the form of a zone file
   * @return a function on messages
   */
  public static UnaryOperator<Message> replacing(String owner, int type, String... rdata) {
    Name name = ZoneRecords.absolute(owner, Name.root);
    Predicate<Record> target = record -> record.getName().equals(name) && record.getType() == type;
    return message -> {
      if (message.getSection(Section.ANSWER).stream().anyMatch(target)) {
        remove(message, target);
        for (String text : rdata) {
          message.addRecord(ZoneRecords.record(name, type, text), Section.ANSWER);
        }
      }
      return message;
    };
  }

  /**
   * Adds a record to the answer section.
   *
   * @param record the record, a signature perhaps
   * @return a function on messages
   */
  public static UnaryOperator<Message> adding(Record record) {
    return message -> {
      message.addRecord(record, Section.ANSWER);
      return message;
    };
  }

  /**
   * Changes the response code and nothing else.
   *
   * @param rcode the response code
   * @return a function on messages
   */
  public static UnaryOperator<Message> settingRcode(int rcode) {
    return message -> Recursion.withRcode(message, rcode);
  }
}
