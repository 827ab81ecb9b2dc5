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
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Indeterminate;

/**
 * One lookup: asks the question and what the validator foresees at once, then what the validator
 * names as missing, until there is a verdict. Each response is waited for only if a verdict needs
 * it.
 */
final class Lookup {

  /**
   * An honest lookup needs some 20: two for each label of the name and of each alias, and its own.
   */
  private static final int MAX_QUESTIONS = 64;

  private final Question question;
  private final ChainValidator validator;
  private final Source source;
  private final InstantSource clock;
  private final CompletableFuture<ValidationResult> verdict = new CompletableFuture<>();
  private final Evidence.Builder evidence = Evidence.builder();
  private final Set<Question> asked = new HashSet<>();
  private final Set<Question> awaited = new HashSet<>();

  Lookup(Question question, ChainValidator validator, Source source, InstantSource clock) {
    this.question = question;
    this.validator = validator;
    this.source = source;
    this.clock = clock;
  }

  CompletableFuture<ValidationResult> start() {
    synchronized (this) {
      awaited.add(question);
      ask(question);
      validator.foresee(question, clock.instant()).forEach(this::ask);
    }
    return verdict;
  }

  private void ask(Question one) {
    if (!asked.add(one)) {
      return;
    }
    if (asked.size() > MAX_QUESTIONS) {
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
      awaited.addAll(missing);
      missing.forEach(this::ask);
      if (!awaited.isEmpty()) {
        return;
      }
      // Only questions over the limit: they are failures now.
      result = validator.validate(question, evidence.build(), clock.instant());
      missing = result instanceof Indeterminate indeterminate ? indeterminate.missing() : Set.of();
    }
    verdict.complete(result);
  }
}
