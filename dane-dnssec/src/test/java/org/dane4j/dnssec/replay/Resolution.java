// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.replay;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.dane4j.dnssec.ChainValidator;
import org.dane4j.dnssec.Evidence;
import org.dane4j.dnssec.FetchFailure;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Indeterminate;
import org.dane4j.dnssec.replay.Entry.Query;

/** Asks the upstream what the validator needs to judge one question, as the resolver does. */
final class Resolution {

  private static final int MAX_QUESTIONS = 64;

  private final ChainValidator validator;
  private final Upstream upstream;
  private final Instant at;

  Resolution(ChainValidator validator, Upstream upstream, Instant at) {
    this.validator = validator;
    this.upstream = upstream;
    this.at = at;
  }

  ValidationResult of(Question question) {
    return of(question, upstream.resolve(new Query(question.name(), question.type())));
  }

  /** Takes the first response from the caller. */
  ValidationResult of(Question question, Reply first) {
    Evidence.Builder evidence = Evidence.builder();
    evidence.response(question, first.toWire(new Query(question.name(), question.type())));
    Set<Question> asked = new HashSet<>(Set.of(question));
    // What the resolver guesses ahead must not change the verdict.
    validator.foresee(question, at).forEach(one -> fetch(one, evidence, asked));
    while (true) {
      ValidationResult result = validator.validate(question, evidence.build(), at);
      Set<Question> missing =
          result instanceof Indeterminate indeterminate ? indeterminate.missing() : Set.of();
      if (missing.isEmpty()) {
        return result;
      }
      missing.forEach(one -> fetch(one, evidence, asked));
    }
  }

  private void fetch(Question question, Evidence.Builder evidence, Set<Question> asked) {
    if (!asked.add(question)) {
      return;
    }
    if (asked.size() > MAX_QUESTIONS) {
      evidence.failure(question, FetchFailure.TOO_MANY_QUESTIONS, "");
      return;
    }
    Query query = new Query(question.name(), question.type());
    evidence.response(question, upstream.resolve(query).toWire(query));
  }
}
