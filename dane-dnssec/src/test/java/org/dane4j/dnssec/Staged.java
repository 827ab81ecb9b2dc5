// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.io.IOException;
import java.math.BigInteger;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dane4j.testkit.dns.DnsReply;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.SignedZone;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Tokenizer;
import org.xbill.DNS.Type;

/**
 * A tree of zones, of which some answers are written by hand and signed with the zones' own keys:
 * what a zone could say, or somebody who replays what it said.
 */
final class Staged implements DnsResponder {

  private static final byte[] NO_SALT = {};

  private final DnsTree tree;
  private final Map<Question, Reply> replies = new HashMap<>();

  Staged(DnsTree tree) {
    this.tree = tree;
  }

  /** A response written by hand. */
  static final class Reply {
    private final List<Record> answer = new ArrayList<>();
    private final List<Record> authority = new ArrayList<>();
    private int rcode;

    Reply rcode(int number) {
      rcode = number;
      return this;
    }

    Reply answer(RRset... rrsets) {
      Arrays.stream(rrsets).forEach(rrset -> addTo(answer, rrset));
      return this;
    }

    Reply authority(RRset... rrsets) {
      Arrays.stream(rrsets).forEach(rrset -> addTo(authority, rrset));
      return this;
    }

    private static void addTo(List<Record> section, RRset rrset) {
      section.addAll(rrset.rrs(false));
      section.addAll(rrset.sigs());
    }
  }

  /** Begins the response to a question. */
  Reply to(String name, int type) {
    Reply reply = new Reply();
    replies.put(Question.of(name, type), reply);
    return reply;
  }

  @Override
  public DnsReply respond(Message query) {
    Record question = query.getQuestion();
    Reply reply = replies.get(new Question(question.getName(), question.getType()));
    if (reply == null) {
      return tree.respond(query);
    }
    Message response = new Message(query.getHeader().getID());
    response.getHeader().setFlag(Flags.QR);
    response.getHeader().setRcode(reply.rcode);
    response.addRecord(question, Section.QUESTION);
    reply.answer.forEach(record -> response.addRecord(record, Section.ANSWER));
    reply.authority.forEach(record -> response.addRecord(record, Section.AUTHORITY));
    return DnsReply.of(response);
  }

  ValidationResult ask(String name, int type) {
    return Offline.over(tree, this).ask(name, type);
  }

  Verdicts verdict(String name, int type) {
    return Verdicts.of(ask(name, type));
  }

  /** Returns records of one owner and type, signed by a zone; names are absolute. */
  RRset signed(String zone, String... lines) {
    SignedZone signer = tree.zone(zone);
    return signer.sign(unsigned(lines), signer.inception(), signer.expiration());
  }

  static RRset unsigned(String... lines) {
    RRset rrset = new RRset();
    Arrays.stream(lines).map(Staged::record).forEach(rrset::addRR);
    return rrset;
  }

  private static Record record(String line) {
    String[] parts = line.split(" ", 3);
    try {
      Name owner = Name.fromString(parts[0]);
      Tokenizer rdata = new Tokenizer(parts[2]);
      return Record.fromString(owner, Type.value(parts[1]), DClass.IN, 3600, rdata, Name.root);
    } catch (IOException e) {
      throw new IllegalArgumentException(line, e);
    }
  }

  /** Returns an RRset under another owner's name, with its signatures as they are. */
  static RRset renamed(RRset rrset, String owner) {
    RRset renamed = new RRset();
    List<Record> all = new ArrayList<>(rrset.rrs(false));
    all.addAll(rrset.sigs());
    for (Record record : all) {
      renamed.addRR(
          Record.newRecord(
              Name.fromConstantString(owner),
              record.getType(),
              DClass.IN,
              record.getTTL(),
              record.rdataToWireCanonical()));
    }
    return renamed;
  }

  /** Returns an NSEC3 record that matches a name and covers nothing. */
  RRset matching(String zone, String name, int... types) {
    return nsec3(zone, name, new Shape(0, 1, 0, 0), types);
  }

  /** Returns an NSEC3 record that covers a name and hardly anything else. */
  RRset covering(String zone, String name, int flags) {
    return nsec3(zone, name, new Shape(-1, 1, flags, 0), Type.A);
  }

  /** How far owner and next are from the hash of a name, and the parameters. */
  record Shape(int before, int after, int flags, int iterations) {}

  RRset nsec3(String zone, String name, Shape shape, int... types) {
    Name apex = Name.fromConstantString(zone);
    NSEC3Record parameters =
        new NSEC3Record(
            apex, DClass.IN, 300, 1, shape.flags, shape.iterations, NO_SALT, new byte[20], types);
    try {
      byte[] hash = parameters.hashName(Name.fromConstantString(name));
      Name owner = Name.concatenate(label(moved(hash, shape.before)), apex);
      byte[] next = moved(hash, shape.after);
      Record record =
          new NSEC3Record(
              owner, DClass.IN, 300, 1, shape.flags, shape.iterations, NO_SALT, next, types);
      SignedZone signer = tree.zone(zone);
      return signer.sign(new RRset(record), signer.inception(), signer.expiration());
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Name label(byte[] hash) throws IOException {
    String text = new BigInteger(1, hash).toString(32);
    return Name.fromString("0".repeat(32 - text.length()) + text);
  }

  private static byte[] moved(byte[] hash, int distance) {
    byte[] moved = hash.clone();
    moved[moved.length - 1] += (byte) distance;
    return moved;
  }
}
