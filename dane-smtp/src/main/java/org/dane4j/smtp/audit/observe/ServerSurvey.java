// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.Rrset;
import org.dane4j.smtp.audit.ServerReply;
import org.dane4j.smtp.audit.ServerReply.NotAsked;
import org.dane4j.smtp.audit.ServerReply.Response;
import org.dane4j.smtp.audit.ServerReply.Silence;
import org.dane4j.smtp.audit.ServerReply.Transport;
import org.dane4j.tlsa.Octets;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Puts questions to one name server over one transport, one after the other. */
final class ServerSurvey {

  /** What passes everywhere without fragments, as resolvers ask (DNS Flag Day 2020). */
  private static final int PAYLOAD = 1232;

  /** A server that was silent so often is not waited for any more. */
  private static final int PATIENCE = 3;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Transport transport;
  private final List<Question> questions;
  private final List<ServerReply> replies = new CopyOnWriteArrayList<>();

  /** How many questions were put. */
  private volatile int put;

  /** Takes the questions; if the first is not answered, no other is put. */
  ServerSurvey(Transport transport, List<Question> questions) {
    this.transport = transport;
    this.questions = List.copyOf(questions);
  }

  Transport transport() {
    return transport;
  }

  /** Returns what was replied to all questions. */
  List<ServerReply> run(NameServerExchange exchange) throws IOException {
    int silent = 0;
    try (exchange) {
      for (Question question : questions) {
        if (silent == PATIENCE || (silent == 1 && replies.size() == 1)) {
          return soFar("the server did not answer before");
        }
        put = replies.size() + 1;
        ServerReply reply = ask(exchange, question);
        silent += reply instanceof Silence ? 1 : 0;
        replies.add(reply);
        if (reply instanceof NotAsked notAsked) {
          return soFar(notAsked.why());
        }
      }
    }
    return List.copyOf(replies);
  }

  /** Returns the replies until now; to a question under way there was none, others were not put. */
  List<ServerReply> soFar(String why) {
    List<ServerReply> all = new ArrayList<>(replies);
    for (Question question : questions.subList(all.size(), questions.size())) {
      all.add(
          all.size() < put
              ? new Silence(question, transport, "no response yet, and " + why)
              : new NotAsked(question, transport, why));
    }
    return all;
  }

  private ServerReply ask(NameServerExchange exchange, Question question) {
    byte[] wire;
    try {
      wire = exchange.ask(query(question).toWire());
    } catch (SocketTimeoutException e) {
      return new Silence(question, transport, "no response in time");
    } catch (IOException | RuntimeException e) {
      return noWay(exchange.server.getAddress(), e)
          ? new NotAsked(question, transport, Ipv6Route.MISSING + " (" + e.getMessage() + ")")
          : new Silence(question, transport, String.valueOf(e.getMessage()));
    }
    try {
      return read(question, wire);
    } catch (IOException | RuntimeException e) {
      return new Silence(
          question, transport, "its response cannot be read (" + e.getMessage() + ")");
    }
  }

  /** Whether it is this machine that cannot reach an address, as those without IPv6 cannot. */
  private static boolean noWay(InetAddress address, Exception problem) {
    return problem instanceof SocketException && Ipv6Route.isMissing(address);
  }

  /** Returns to which servers those of the zone above refer for a zone; empty if to none. */
  static Optional<Referral> referral(NameServerExchange exchange, Name zone) {
    try (exchange) {
      Message response = new Message(exchange.ask(query(new Question(zone, Type.NS)).toWire()));
      return Referral.of(response, zone);
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** RFC 1035 §4.1.1: an authoritative server needs no RD. */
  private static Message query(Question question) {
    Message query = Message.newQuery(Record.newRecord(question.name(), question.type(), DClass.IN));
    query.getHeader().setID(RANDOM.nextInt(1 << 16));
    query.getHeader().unsetFlag(Flags.RD);
    query.addRecord(new OPTRecord(PAYLOAD, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
    return query;
  }

  private ServerReply read(Question question, byte[] wire) throws IOException {
    Message message = new Message(wire);
    Record asked = message.getQuestion();
    boolean other =
        asked == null
            // Some servers answer what they do not understand by a header alone.
            ? message.getRcode() == Rcode.NOERROR
            : !asked.getName().equals(question.name()) || asked.getType() != question.type();
    if (other) {
      return new Silence(question, transport, "it answered another question");
    }
    Optional<Rrset> rrset = rrset(message, question, question.type());
    if (rrset.isEmpty()) {
      rrset = rrset(message, question, Type.CNAME);
    }
    return new Response(
        question,
        transport,
        message.getRcode(),
        message.getHeader().getFlag(Flags.AA),
        message.getHeader().getFlag(Flags.TC),
        message.getOPT() != null,
        wire.length,
        rrset,
        signatures(message, question, rrset));
  }

  private static Optional<Rrset> rrset(Message message, Question question, int type) {
    List<Record> records =
        message.getSection(Section.ANSWER).stream()
            .filter(record -> record.getName().equals(question.name()))
            .filter(record -> record.getType() == type)
            .toList();
    if (records.isEmpty()) {
      return Optional.empty();
    }
    long ttl = records.stream().mapToLong(Record::getTTL).min().orElse(0);
    List<Octets> rdata =
        records.stream()
            .map(record -> Octets.of(record.rdataToWireCanonical()))
            .distinct()
            .toList();
    return Optional.of(new Rrset(question.name(), type, ttl, rdata));
  }

  private static List<RRSIGRecord> signatures(
      Message message, Question question, Optional<Rrset> rrset) {
    return message.getSection(Section.ANSWER).stream()
        .filter(record -> record.getName().equals(question.name()))
        .filter(RRSIGRecord.class::isInstance)
        .map(RRSIGRecord.class::cast)
        .filter(
            signature -> rrset.filter(it -> it.type() == signature.getTypeCovered()).isPresent())
        .toList();
  }
}
