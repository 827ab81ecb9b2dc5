// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Changes of messages that deeds are made of. */
final class Edit {

  private Edit() {}

  /** A change of a message; octets that are none any more are left as they are. */
  static byte[] message(byte[] response, UnaryOperator<Message> change) {
    Message message;
    try {
      message = new Message(response);
    } catch (IOException | RuntimeException e) {
      return response;
    }
    return change.apply(message).toWire();
  }

  /** A message of octets that are one, changed. */
  static Message parse(byte[] wire, UnaryOperator<Message> change) {
    try {
      return change.apply(new Message(wire));
    } catch (IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Replaces every record behind the question; those of EDNS stay. */
  static Message records(Message message, UnaryOperator<Record> change) {
    for (int section = Section.ANSWER; section <= Section.ADDITIONAL; section++) {
      List<Record> records = List.copyOf(message.getSection(section));
      message.removeAllRecords(section);
      for (Record record : records) {
        message.addRecord(record.getType() == Type.OPT ? record : change.apply(record), section);
      }
    }
    return message;
  }

  static Message remove(Message message, Predicate<Record> which) {
    for (int section = Section.ANSWER; section <= Section.ADDITIONAL; section++) {
      for (Record record : List.copyOf(message.getSection(section))) {
        if (record.getType() != Type.OPT && which.test(record)) {
          message.removeRecord(record, section);
        }
      }
    }
    return message;
  }

  static Message add(Message message, RRset rrset, int section) {
    rrset.rrs(false).forEach(record -> message.addRecord(record, section));
    rrset.sigs().forEach(record -> message.addRecord(record, section));
    return message;
  }

  static Message clear(Message message, int section) {
    for (Record record : List.copyOf(message.getSection(section))) {
      if (record.getType() != Type.OPT) {
        message.removeRecord(record, section);
      }
    }
    return message;
  }

  /** All records but those of EDNS. */
  static List<Record> all(Message message) {
    List<Record> all = new ArrayList<>();
    for (int section = Section.ANSWER; section <= Section.ADDITIONAL; section++) {
      all.addAll(message.getSection(section));
    }
    all.removeIf(record -> record.getType() == Type.OPT);
    return all;
  }

  /** Returns a record with other data, or the same if dnsjava does not take them. */
  static Record rdata(Record record, UnaryOperator<byte[]> change) {
    byte[] rdata = change.apply(record.rdataToWireCanonical());
    @Nullable Record changed =
        Record.newRecord(
            record.getName(), record.getType(), record.getDClass(), record.getTTL(), rdata);
    return changed == null ? record : changed;
  }

  static Record ttl(Record record, long ttl) {
    byte[] rdata = record.rdataToWireCanonical();
    @Nullable Record changed =
        Record.newRecord(record.getName(), record.getType(), record.getDClass(), ttl, rdata);
    return changed == null ? record : changed;
  }
}
