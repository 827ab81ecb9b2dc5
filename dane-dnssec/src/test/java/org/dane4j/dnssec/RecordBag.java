// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.dane4j.dnssec.ValidationResult.Indeterminate;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Records of an RFC's example, and the responses that are made of them. */
final class RecordBag {

  private final List<Record> records = new ArrayList<>();

  private RecordBag() {}

  /** Reads records in zone-file form. */
  static RecordBag parse(String text) {
    RecordBag bag = new RecordBag();
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    try (Master master = new Master(new ByteArrayInputStream(octets), Name.root, 3600)) {
      for (Record record = master.nextRecord(); record != null; record = master.nextRecord()) {
        bag.records.add(record);
      }
      return bag;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RecordBag resource(String name) {
    try (InputStream in = RecordBag.class.getResourceAsStream(name)) {
      return parse(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns all records of a type. */
  List<Record> all(int type) {
    return records.stream().filter(record -> record.getType() == type).toList();
  }

  /** Returns RRsets with their signatures, each given as owner and type. */
  List<Record> rrsets(String... ownersAndTypes) {
    List<Record> found = new ArrayList<>();
    for (String ownerAndType : ownersAndTypes) {
      String[] parts = ownerAndType.split(" ", 2);
      List<Record> rrset = rrset(name(parts[0]), Type.value(parts[1]));
      if (rrset.isEmpty()) {
        throw new IllegalArgumentException("the example has no " + ownerAndType);
      }
      found.addAll(rrset);
    }
    return found;
  }

  /** Returns an RRset with its signatures, at the name that a wildcard was expanded to. */
  List<Record> expanded(String ownerAndType, String to) {
    return rrsets(ownerAndType).stream().map(record -> moved(record, name(to))).toList();
  }

  private static Record moved(Record record, Name to) {
    byte[] rdata = record.rdataToWireCanonical();
    return Record.newRecord(to, record.getType(), DClass.IN, record.getTTL(), rdata);
  }

  List<Record> rrset(Name owner, int type) {
    return records.stream()
        .filter(record -> record.getName().equals(owner))
        .filter(
            record ->
                record.getType() == type
                    || (record instanceof RRSIGRecord rrsig && rrsig.getTypeCovered() == type))
        .toList();
  }

  /** Returns a response with given sections. */
  static Message response(Question question, int rcode, List<Record> answer, List<Record> proof) {
    Message message =
        Message.newQuery(Record.newRecord(question.name(), question.type(), DClass.IN));
    message.getHeader().setFlag(Flags.QR);
    message.getHeader().setRcode(rcode);
    answer.forEach(record -> message.addRecord(record, Section.ANSWER));
    proof.forEach(record -> message.addRecord(record, Section.AUTHORITY));
    return message;
  }

  /** Answers a question from all that is there, aliases followed; denials are always added. */
  Message answer(Question question) {
    List<Record> answer = new ArrayList<>();
    Name name = question.name();
    List<Record> found = rrset(name, question.type());
    for (Name next = name; found.isEmpty() && next != null; ) {
      next = follow(name, answer);
      name = next == null ? name : next;
      found = rrset(name, question.type());
    }
    answer.addAll(found.isEmpty() ? wildcard(name, question.type()) : found);
    Name last = name;
    boolean exists = records.stream().anyMatch(record -> record.getName().subdomain(last));
    int rcode = exists || !answer.isEmpty() ? Rcode.NOERROR : Rcode.NXDOMAIN;
    List<Record> denials = new ArrayList<>();
    for (Record record : records) {
      int type = record instanceof RRSIGRecord rrsig ? rrsig.getTypeCovered() : record.getType();
      if (type == Type.NSEC || type == Type.NSEC3) {
        denials.add(record);
      }
    }
    return response(question, rcode, answer, denials);
  }

  private @Nullable Name follow(Name name, List<Record> answer) {
    for (Record record : records) {
      if (record instanceof CNAMERecord cname && cname.getName().equals(name)) {
        answer.addAll(rrset(name, Type.CNAME));
        return cname.getTarget();
      }
      if (record instanceof DNAMERecord dname
          && name.subdomain(dname.getName())
          && !name.equals(dname.getName())) {
        answer.addAll(rrset(dname.getName(), Type.DNAME));
        try {
          return name.fromDNAME(dname);
        } catch (NameTooLongException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return null;
  }

  private List<Record> wildcard(Name name, int type) {
    for (int labels = 1; labels < name.labels(); labels++) {
      List<Record> found = rrset(name.wild(labels), type);
      if (!found.isEmpty()) {
        return found.stream().map(record -> moved(record, name)).toList();
      }
    }
    return List.of();
  }

  /** Judges a question, with everything that is asked for answered from here. */
  ValidationResult judge(ChainValidator validator, Question question, Instant at) {
    return judge(validator, question, answer(question), at);
  }

  /** Judges a response, with everything else that is asked for answered from here. */
  ValidationResult judge(
      ChainValidator validator, Question question, Message response, Instant at) {
    Evidence.Builder evidence = Evidence.builder().response(question, response);
    ValidationResult result = validator.validate(question, evidence.build(), at);
    for (int round = 0; round < 20 && result instanceof Indeterminate open; round++) {
      Set<Question> missing = open.missing();
      missing.forEach(one -> evidence.response(one, answer(one)));
      result = validator.validate(question, evidence.build(), at);
    }
    return result;
  }

  static Name name(String text) {
    return Question.of(text, Type.A).name();
  }
}
