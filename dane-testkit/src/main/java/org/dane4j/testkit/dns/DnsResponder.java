// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;

/**
 * Whoever answers DNS queries: a tree of zones, a broken server, an attacker on the path.
 *
 * <p>The methods put another one in front of this one, which stays as it is. They read from the
 * inside out: {@code tree.delayed(rtt).failing(Asked.type(Type.TLSA), Rcode.SERVFAIL)} fails at
 * once for TLSA and answers late for the rest.
 */
@FunctionalInterface
public interface DnsResponder {

  /**
   * Answers a query.
   *
   * @param query the query, not to be changed
   * @return the response with the id of the query, or silence
   */
  DnsReply respond(Message query);

  /**
   * Returns a responder that fails every query.
   *
   * @param rcode the response code, such as {@code Rcode.SERVFAIL}
   * @return a responder without data
   */
  static DnsResponder alwaysFailing(int rcode) {
    return query -> DnsReply.of(Recursion.withRcode(Recursion.emptyResponse(query), rcode));
  }

  /**
   * Answers certain questions in another way.
   *
   * @param questions which questions, such as those of {@link Asked}
   * @param other who answers them
   * @return a responder before this one
   */
  default DnsResponder answering(Predicate<Record> questions, DnsResponder other) {
    return query -> {
      Record question = query.getQuestion();
      boolean affected = question != null && questions.test(question);
      return affected ? other.respond(query) : respond(query);
    };
  }

  /**
   * Leaves certain questions without any response.
   *
   * @param questions which questions
   * @return a responder before this one
   */
  default DnsResponder dropping(Predicate<Record> questions) {
    return answering(questions, query -> DnsReply.silence());
  }

  /**
   * Fails certain questions.
   *
   * @param questions which questions
   * @param rcode the response code: {@code Rcode.SERVFAIL}, {@code Rcode.NOTIMP}, {@code
   *     Rcode.REFUSED}
   * @return a responder before this one
   */
  default DnsResponder failing(Predicate<Record> questions, int rcode) {
    return answering(questions, alwaysFailing(rcode));
  }

  /**
   * Changes every response.
   *
   * @param change from a copy of the response to the one that the client gets; see {@link
   *     Tampering}
   * @return a responder before this one
   */
  default DnsResponder tampering(UnaryOperator<Message> change) {
    return query -> respond(query).with(change);
  }

  /**
   * Behaves as a resolver that knows no DNSSEC: it asks without DO, whatever the client wants.
   *
   * @return a responder before this one
   */
  default DnsResponder withoutDnssec() {
    return query -> {
      Message plain = query.clone();
      OPTRecord opt = query.getOPT();
      if (opt != null) {
        plain.removeRecord(opt, Section.ADDITIONAL);
        plain.addRecord(new OPTRecord(opt.getPayloadSize(), 0, 0), Section.ADDITIONAL);
      }
      return respond(plain);
    };
  }

  /**
   * Sets the AD bit in every response, as an attacker does or a resolver that believes too much.
   *
   * @return a responder before this one
   */
  default DnsResponder forgingAd() {
    return tampering(
        message -> {
          message.getHeader().setFlag(Flags.AD);
          return message;
        });
  }

  /**
   * Lets every response take a while, without a thread that waits for it.
   *
   * @param delay the time from query to response
   * @return a responder before this one
   */
  default DnsResponder delayed(Duration delay) {
    return query -> respond(query).after(delay);
  }

  /**
   * Writes down every question.
   *
   * @param log where to
   * @return a responder before this one
   */
  default DnsResponder recordedIn(QueryLog log) {
    return query -> {
      int round = log.asked(query);
      return respond(query).whenDelivered(() -> log.delivered(round));
    };
  }

  /**
   * Returns a resolver that asks this responder without a network.
   *
   * <p>Messages are written and read as on the wire. A query that nobody answers fails at once, as
   * one that timed out. A delay counts for asynchronous queries only.
   *
   * @return a resolver of dnsjava
   */
  default Resolver asResolver() {
    return new MemoryResolver(this);
  }
}
