// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dane4j.dnssec.wire.WireName;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Makes responses to questions out of records that are in no particular order. */
final class ChainResponses {

  /** More than an honest chain needs, so that none makes more than 64 times its own octets. */
  private static final int MAX_QUESTIONS = 64;

  private static final int MAX_ALIASES = 8;
  private static final int QR = 0x8000;

  private final Map<Name, List<ChainRecord>> byOwner = new HashMap<>();
  private final List<ChainRecord> denials;

  ChainResponses(List<ChainRecord> records) {
    records.forEach(
        record -> byOwner.computeIfAbsent(record.owner(), owner -> new ArrayList<>()).add(record));
    this.denials = records.stream().filter(ChainRecord::isDenial).toList();
  }

  /** The answer section of a response, and the name that it comes to. */
  private record Path(List<ChainRecord> answer, List<Name> names, boolean hasData) {}

  Evidence evidence(Question question) {
    Path path = follow(question);
    Set<Question> questions = new LinkedHashSet<>();
    for (Name name : path.names) {
      questions.add(new Question(name, question.type()));
    }
    for (Name name : path.names) {
      for (int labels = name.labels(); labels > 0; labels--) {
        Name ancestor = new Name(name, name.labels() - labels);
        questions.add(new Question(ancestor, Type.DS));
        questions.add(new Question(ancestor, Type.DNSKEY));
      }
    }
    Evidence.Builder evidence = Evidence.builder();
    questions.stream().limit(MAX_QUESTIONS).forEach(one -> respond(one, evidence));
    return evidence.build();
  }

  private void respond(Question question, Evidence.Builder evidence) {
    Path path = follow(question);
    boolean deniable = question.type() != Type.DNSKEY && !denials.isEmpty();
    if (!path.answer.isEmpty() || deniable) {
      evidence.response(question, message(question, path));
    }
  }

  /** Follows the aliases of a name; a chain has no synthesized CNAME records (RFC 9102 §2.3). */
  private Path follow(Question question) {
    List<ChainRecord> answer = new ArrayList<>();
    List<Name> names = new ArrayList<>();
    Name name = question.name();
    while (name != null && !names.contains(name) && names.size() <= MAX_ALIASES) {
      names.add(name);
      if (addAll(answer, name, question.type())) {
        return new Path(answer, names, true);
      }
      name = alias(name, answer);
    }
    return new Path(answer, names, false);
  }

  /** Adds the records of an alias, and returns where it leads; null if there is none. */
  private @Nullable Name alias(Name name, List<ChainRecord> answer) {
    if (addAll(answer, name, Type.CNAME)) {
      return target(name, Type.CNAME);
    }
    for (int labels = name.labels() - 1; labels > 0; labels--) {
      Name ancestor = new Name(name, name.labels() - labels);
      if (addAll(answer, ancestor, Type.DNAME)) {
        Name target = target(ancestor, Type.DNAME);
        return target == null ? null : substitute(name, ancestor, target);
      }
    }
    return null;
  }

  private boolean addAll(List<ChainRecord> answer, Name name, int type) {
    boolean found = false;
    for (ChainRecord record : byOwner.getOrDefault(name, List.of())) {
      if (record.covered() == type) {
        answer.add(record);
        found |= record.type() == type;
      }
    }
    return found;
  }

  private @Nullable Name target(Name owner, int type) {
    for (ChainRecord record : byOwner.getOrDefault(owner, List.of())) {
      if (record.type() == type) {
        return WireName.read(record.rdata().toByteArray(), 0);
      }
    }
    return null;
  }

  /** RFC 6672 §2.2; null if the new name would be too long. */
  private static @Nullable Name substitute(Name name, Name owner, Name target) {
    try {
      return Name.concatenate(name.relativize(owner), target);
    } catch (NameTooLongException e) {
      return null;
    }
  }

  private byte[] message(Question question, Path path) {
    // Without data the name may exist or not: the denial records decide, not this.
    int rcode = path.hasData ? Rcode.NOERROR : Rcode.NXDOMAIN;
    OctetWriter out = new OctetWriter();
    out.u16(0).u16(QR | rcode);
    out.u16(1).u16(path.answer.size()).u16(denials.size()).u16(0);
    out.octets(question.name().toWire()).u16(question.type()).u16(DClass.IN);
    path.answer.forEach(record -> out.octets(record.wire().toByteArray()));
    denials.forEach(record -> out.octets(record.wire().toByteArray()));
    return out.toByteArray();
  }
}
