// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.dane4j.dnssec.Answer;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.tlsa.Octets;
import org.jspecify.annotations.Nullable;

/**
 * Verdicts, those under way among them, each until its end. One that is asked for shortly before
 * its end is looked up again in the background, once at a time, and given out as long as it holds.
 */
final class VerdictCache {

  /** RDATA of up to this size counts as one entry. */
  private static final int ORDINARY_OCTETS = 1024;

  private final AsyncCache<Question, CachedVerdict> verdicts;
  private final Set<Question> refreshing = ConcurrentHashMap.newKeySet();
  private final Function<Question, CompletableFuture<ValidationResult>> lookup;
  private final InstantSource clock;
  private final Refresh refresh;

  /**
   * When to refresh, and where.
   *
   * @param lastPercent in which last part of its time a verdict is refreshed; 0 for never
   * @param executor where that begins
   */
  record Refresh(int lastPercent, Executor executor) {}

  VerdictCache(
      int size,
      InstantSource clock,
      Refresh refresh,
      Function<Question, CompletableFuture<ValidationResult>> lookup) {
    this.clock = clock;
    this.refresh = refresh;
    this.lookup = lookup;
    this.verdicts =
        Caffeine.newBuilder()
            .maximumWeight(size)
            .<Question, CachedVerdict>weigher((question, verdict) -> weight(verdict.result()))
            .executor(Runnable::run)
            .ticker(() -> Lifetime.nanos(clock.instant()))
            .expireAfter(
                Expiry.<Question, CachedVerdict>writing(
                    (question, verdict) -> Lifetime.until(verdict.until(), clock.instant())))
            .buildAsync();
  }

  /** Returns the verdict that is known or under way, or looks it up. */
  CompletableFuture<CachedVerdict> get(Question question) {
    CompletableFuture<CachedVerdict> known = verdicts.getIfPresent(question);
    if (known != null && known.isDone()) {
      Instant now = clock.instant();
      // The cache learns of a verdict a moment after its first caller: it may not know its end yet.
      if (known.isCompletedExceptionally() || known.join().hasEnded(now)) {
        verdicts.asMap().remove(question, known);
      } else if (known.join().isInItsLast(refresh.lastPercent, now)) {
        refresh(question, known);
      }
    }
    return verdicts.get(question, (key, executor) -> lookUp(key));
  }

  /** Forgets a lookup that takes too long: whoever asks next should not wait for it. */
  void forget(Question question, CompletableFuture<CachedVerdict> verdict) {
    verdicts.asMap().remove(question, verdict);
  }

  private CompletableFuture<CachedVerdict> lookUp(Question question) {
    return lookup.apply(question).thenApply(result -> CachedVerdict.of(result, clock.instant()));
  }

  private void refresh(Question question, CompletableFuture<CachedVerdict> old) {
    if (!old.join().hasAnswer() || !refreshing.add(question)) {
      return;
    }
    try {
      refresh.executor.execute(
          () -> {
            try {
              CompletableFuture<CachedVerdict> unused =
                  lookUp(question)
                      .whenComplete((found, problem) -> refreshed(question, old, found));
            } catch (RuntimeException e) {
              refreshing.remove(question);
              throw e;
            }
          });
    } catch (RuntimeException e) {
      // Whoever asked has the verdict that holds, whatever the executor says.
      refreshing.remove(question);
    }
  }

  /** An error takes nothing away from a verdict that holds, and adds nothing to it. */
  private void refreshed(
      Question question, CompletableFuture<CachedVerdict> old, @Nullable CachedVerdict found) {
    CachedVerdict next =
        found != null && found.hasAnswer() ? found : old.join().triedAt(clock.instant());
    verdicts.asMap().replace(question, old, CompletableFuture.completedFuture(next));
    refreshing.remove(question);
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
