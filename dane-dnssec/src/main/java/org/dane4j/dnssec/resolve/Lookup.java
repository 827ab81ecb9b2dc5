// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.dane4j.dnssec.ChainValidator;
import org.dane4j.dnssec.Evidence;
import org.dane4j.dnssec.FetchFailure;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.ValidationLimits;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Indeterminate;

/**
 * One lookup: asks the question and what the validator foresees at once, then what the validator
 * names as missing, until there is a verdict. Each response is waited for only if a verdict needs
 * it.
 */
final class Lookup {

  private final Question question;
  private final ChainValidator validator;
  private final ValidationLimits limits;
  private final Source source;
  private final InstantSource clock;
  private final CompletableFuture<ValidationResult> verdict = new CompletableFuture<>();
  private final Evidence.Builder evidence = Evidence.builder();
  private final Set<Question> asked = new HashSet<>();
  private final Set<Question> awaited = new HashSet<>();
  private int rounds;

  Lookup(Question question, ChainValidator validator, Source source, InstantSource clock) {
    this.question = question;
    this.validator = validator;
    this.limits = validator.limits();
    this.source = source;
    this.clock = clock;
  }

  CompletableFuture<ValidationResult> start() {
    synchronized (this) {
      awaited.add(question);
      ask(question);
      askWhatFollows(question);
    }
    return verdict;
  }

  /** Guesses leave half of the questions to what is needed. */
  private void askWhatFollows(Question one) {
    for (Question foreseen : validator.foresee(one, clock.instant())) {
      if (asked.size() < limits.maxQuestions() / 2) {
        ask(foreseen);
      }
    }
  }

  private void ask(Question one) {
    if (!asked.add(one)) {
      return;
    }
    if (asked.size() > limits.maxQuestions() || rounds > limits.maxRounds()) {
      evidence.failure(one, FetchFailure.TOO_MANY_QUESTIONS, "");
      awaited.remove(one);
      return;
    }
    source.fetch(one, reply -> arrived(one, reply));
  }

  private void arrived(Question one, Source.Reply reply) {
    try {
      synchronized (this) {
        reply.addTo(evidence, one);
        awaited.remove(one);
        if (awaited.isEmpty() && !verdict.isDone()) {
          judge();
        }
      }
    } catch (RuntimeException | Error e) {
      // A defect of ours must not leave the caller waiting.
      verdict.completeExceptionally(e);
      throw e;
    }
  }

  private void judge() {
    ValidationResult result = validator.validate(question, evidence.build(), clock.instant());
    Set<Question> missing =
        result instanceof Indeterminate indeterminate ? indeterminate.missing() : Set.of();
    while (!missing.isEmpty()) {
      rounds++;
      awaited.addAll(missing);
      missing.forEach(this::ask);
      missing.forEach(this::askWhatFollows);
      if (!awaited.isEmpty()) {
        return;
      }
      // Only questions over the limits: they are failures now.
      result = validator.validate(question, evidence.build(), clock.instant());
      missing = result instanceof Indeterminate indeterminate ? indeterminate.missing() : Set.of();
    }
    verdict.complete(result);
  }
}
