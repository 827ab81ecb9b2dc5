// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.InstantSource;
import org.dane4j.dnssec.Answer;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.tlsa.Octets;

/** Verdicts, those under way among them, each for as long as {@link Lifetime} allows. */
final class VerdictCache {

  /** RDATA of up to this size counts as one entry. */
  private static final int ORDINARY_OCTETS = 1024;

  private VerdictCache() {}

  static AsyncCache<Question, ValidationResult> of(int size, InstantSource clock) {
    return Caffeine.newBuilder()
        .maximumWeight(size)
        .<Question, ValidationResult>weigher((question, result) -> weight(result))
        .executor(Runnable::run)
        .ticker(() -> Lifetime.nanos(clock.instant()))
        .expireAfter(
            Expiry.<Question, ValidationResult>writing(
                (question, result) -> Lifetime.of(result, clock.instant())))
        .buildAsync();
  }

  /** Large answers must not cost memory without bound. */
  private static int weight(ValidationResult result) {
    Answer answer = null;
    if (result instanceof ValidationResult.Secure secure) {
      answer = secure.answer();
    } else if (result instanceof ValidationResult.Insecure insecure) {
      answer = insecure.unauthenticatedAnswer();
    }
    int octets =
        answer instanceof Answer.Positive positive
            ? positive.rrset().rdata().stream().mapToInt(Octets::length).sum()
            : 0;
    return 1 + octets / ORDINARY_OCTETS;
  }
}
