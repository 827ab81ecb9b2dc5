// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.dane4j.dnssec.Alias;
import org.dane4j.dnssec.Answer;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.dnssec.ValidationResult.Indeterminate;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.dnssec.replay.Entry.Query;
import org.dane4j.tlsa.Octets;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * What a validating resolver would say, in the terms of a replay file.
 *
 * @param state the security
 * @param rcode the response code after validation
 * @param records the answer section: each alias, and each record of the RRset asked for
 * @param extendedError the code of RFC 8914, if there is one
 * @param text the verdict in words
 */
record Verdict(
    State state, int rcode, Set<String> records, OptionalInt extendedError, String text) {

  /** The security of an answer. */
  enum State {
    SECURE,
    INSECURE,
    FAILED
  }

  static Verdict of(ValidationResult result) {
    if (result instanceof Secure secure) {
      Set<String> records = records(secure.answer(), secure.aliases());
      return new Verdict(
          State.SECURE, rcode(secure.answer()), records, OptionalInt.empty(), secure.explanation());
    }
    if (result instanceof Insecure insecure) {
      Answer answer = insecure.unauthenticatedAnswer();
      return new Verdict(
          State.INSECURE,
          rcode(answer),
          records(answer, insecure.aliases()),
          insecure.reason().extendedError(),
          insecure.explanation());
    }
    OptionalInt error =
        result instanceof Bogus bogus
            ? OptionalInt.of(bogus.reason().extendedError())
            : ((Indeterminate) result).extendedError();
    return new Verdict(State.FAILED, Rcode.SERVFAIL, Set.of(), error, result.explanation());
  }

  private static int rcode(Answer answer) {
    return answer instanceof Answer.NxDomain ? Rcode.NXDOMAIN : Rcode.NOERROR;
  }

  private static Set<String> records(Answer answer, List<Alias> aliases) {
    Set<String> records = new TreeSet<>();
    for (Alias alias : aliases) {
      records.add(text(Rr.of(alias.owner(), Type.CNAME, 0, alias.target().toWire())));
    }
    if (answer instanceof Answer.Positive positive) {
      Rrset rrset = positive.rrset();
      for (Octets octets : rrset.rdata()) {
        records.add(text(Rr.of(rrset.name(), rrset.type(), 0, octets.toByteArray())));
      }
    }
    return records;
  }

  /** Names are compared in any mixture of cases. */
  static String text(Rr rr) {
    String rdata =
        rr.type() == Type.CNAME || rr.type() == Type.DNAME
            ? rr.nameAt(0).toString().toLowerCase(Locale.ROOT)
            : Arrays.toString(rr.rdata().array());
    return rr.owner().toString().toLowerCase(Locale.ROOT)
        + " "
        + Type.string(rr.type())
        + " "
        + rdata;
  }

  /** Returns what a resolver says that does not judge a response. */
  static Verdict unjudged(Reply reply) {
    Set<String> records = new TreeSet<>();
    reply.answer().stream()
        .filter(rr -> rr.type() != Type.RRSIG)
        .forEach(r -> records.add(text(r)));
    State state = reply.rcode() == Rcode.SERVFAIL ? State.FAILED : State.INSECURE;
    return new Verdict(state, reply.rcode(), records, OptionalInt.empty(), "not judged");
  }

  /** Judges a query; one for several RRsets is as good as the worst of them. */
  static Verdict of(Query query, Resolution resolution, Upstream upstream) {
    Reply reply = upstream.resolve(query);
    if (query.type() == Type.ANY) {
      return ofAny(query, reply, resolution);
    }
    Optional<Question> question = question(query.name(), query.type());
    if (question.isEmpty()) {
      return unjudged(reply);
    }
    boolean error = reply.rcode() != Rcode.NOERROR && reply.rcode() != Rcode.NXDOMAIN;
    Verdict verdict = of(resolution.of(question.get()));
    // An error of the upstream is passed on; it says nothing about data. So is what it says about
    // the target of an alias, if the alias itself was asked for.
    boolean passedOn = error ? verdict.state == State.FAILED : isAliasItself(query, verdict);
    return passedOn ? verdict.withRcode(reply.rcode()) : verdict;
  }

  private static boolean isAliasItself(Query query, Verdict verdict) {
    return query.type() == Type.CNAME && !verdict.records.isEmpty();
  }

  private Verdict withRcode(int other) {
    return new Verdict(state, other, records, extendedError, text);
  }

  private static Optional<Question> question(Name name, int type) {
    try {
      return Optional.of(new Question(name, type));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Verdict ofAny(Query query, Reply reply, Resolution resolution) {
    Set<Integer> types = new TreeSet<>();
    for (Rr rr : reply.answer()) {
      if (rr.owner().equals(query.name()) && rr.type() != Type.RRSIG) {
        types.add(rr.type());
      }
    }
    if (types.isEmpty()) {
      types.add(Type.A);
    }
    List<Verdict> verdicts = new ArrayList<>();
    for (int type : types) {
      question(query.name(), type)
          .map(question -> of(resolution.of(question, reply)))
          .ifPresent(verdicts::add);
    }
    Set<String> records = new TreeSet<>();
    verdicts.forEach(verdict -> records.addAll(verdict.records));
    return verdicts.stream()
        .max(Comparator.comparing(Verdict::state))
        .map(it -> new Verdict(it.state, it.rcode, records, it.extendedError, it.text))
        .orElse(unjudged(reply));
  }
}
