// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.dane4j.dnssec.ValidationResult.Indeterminate;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsTree;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Validates against a responder without a resolver: asks what the validator names, until it is
 * content.
 */
final class Offline {

  static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

  private final ChainValidator validator;
  private final DnsResponder responder;
  private final Instant at;
  private final List<Set<Question>> rounds = new ArrayList<>();
  private final Evidence.Builder evidence = Evidence.builder();
  private Supplier<ValidationResult> last = () -> ask(Question.of(".", Type.NS));

  private Offline(ChainValidator validator, DnsResponder responder, Instant at) {
    this.validator = validator;
    this.responder = responder;
    this.at = at;
  }

  static Offline over(DnsTree tree) {
    return over(tree, tree);
  }

  /** Takes the anchors and the time from a tree, and the responses from an attacker. */
  static Offline over(DnsTree tree, DnsResponder attacker) {
    return new Offline(ChainValidator.trusting(anchors(tree)), attacker, tree.at());
  }

  Offline with(ChainValidator other) {
    return new Offline(other, responder, at);
  }

  static TrustAnchors anchors(DnsTree tree) {
    return TrustAnchors.parse(String.join("\n", tree.trustAnchors()));
  }

  ValidationResult ask(String name, int type) {
    return ask(Question.of(name, type));
  }

  ValidationResult ask(Question question) {
    Set<Question> missing = Set.of(question);
    ValidationResult result = Indeterminate.because(question, FetchFailure.CANCELED);
    while (!missing.isEmpty()) {
      if (rounds.size() > 64) {
        throw new AssertionError("the validator is never content with " + question);
      }
      rounds.add(missing);
      missing.forEach(this::fetch);
      Evidence soFar = evidence.build();
      last = () -> validator.validate(question, soFar, at);
      result = last.get();
      missing = result instanceof Indeterminate open ? open.missing() : Set.of();
    }
    return result;
  }

  private void fetch(Question question) {
    responder
        .respond(query(question))
        .message()
        .ifPresentOrElse(
            message -> evidence.response(question, message),
            () -> evidence.failure(question, FetchFailure.TIMEOUT, ""));
  }

  private static Message query(Question question) {
    Message query = Message.newQuery(Record.newRecord(question.name(), question.type(), DClass.IN));
    query.getHeader().setFlag(Flags.CD);
    query.addRecord(new OPTRecord(1232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
    return query;
  }

  /** Returns what was seen so far. */
  Evidence evidence() {
    return evidence.build();
  }

  /** Judges the last question again, with all the evidence there is. */
  ValidationResult again() {
    return last.get();
  }

  /** Returns what was asked, round by round. */
  List<Set<Question>> rounds() {
    return rounds;
  }
}
