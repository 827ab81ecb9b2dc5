// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
 * Verdicts, those under way among them, each given out until its end. One that is asked for shortly
 * before its end is looked up again in the background, once at a time.
 *
 * <p>One that has ended leaves when it is asked for or its room is needed: to find it sooner, the
 * cache would read the clock and mark an entry at each lookup.
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
            .buildAsync();
  }

  /** Returns the verdict that is known or under way, or looks it up. */
  CompletableFuture<CachedVerdict> get(Question question) {
    CompletableFuture<CachedVerdict> known = verdicts.getIfPresent(question);
    return known != null && holds(question, known)
        ? known
        : verdicts.get(question, (key, executor) -> lookUp(key));
  }

  /** Whether a verdict is under way or has not ended. Nearly all lookups pass here, and no more. */
  private boolean holds(Question question, CompletableFuture<CachedVerdict> known) {
    if (!known.isDone()) {
      return true;
    }
    long now = clock.millis();
    if (known.isCompletedExceptionally() || known.join().hasEnded(now)) {
      verdicts.asMap().remove(question, known);
      return false;
    }
    if (known.join().isInItsLast(refresh.lastPercent, now)) {
      refresh(question, known);
    }
    return true;
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
        found != null && found.hasAnswer() ? found : old.join().triedAt(clock.millis());
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
