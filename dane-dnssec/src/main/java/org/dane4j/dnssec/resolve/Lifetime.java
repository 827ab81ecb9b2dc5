// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.dane4j.dnssec.ValidationResult;

/** How long verdicts are kept. */
final class Lifetime {

  /**
   * RFC 4035 §4.7 asks for a small trust-delay; RFC 9520 §3.2 for at least 1 s and at most 5 min.
   */
  private static final Duration BOGUS = Duration.ofSeconds(30);

  /** RFC 8767 §4 advises a bound on TTLs; a day is what resolvers use. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private Lifetime() {}

  static Duration of(ValidationResult result, Instant now) {
    if (result instanceof ValidationResult.Secure secure) {
      return until(secure.validUntil(), now);
    }
    if (result instanceof ValidationResult.Insecure insecure) {
      return until(insecure.validUntil(), now);
    }
    // What could not be found out is asked again next time.
    return result instanceof ValidationResult.Bogus ? BOGUS : Duration.ZERO;
  }

  /** Whether a verdict that is there must not be used any more. */
  static boolean hasEnded(CompletableFuture<ValidationResult> verdict, Instant now) {
    if (verdict.isCompletedExceptionally()) {
      return true;
    }
    ValidationResult result = verdict.join();
    if (result instanceof ValidationResult.Secure secure) {
      return !now.isBefore(secure.validUntil());
    }
    if (result instanceof ValidationResult.Insecure insecure) {
      return !now.isBefore(insecure.validUntil());
    }
    return result instanceof ValidationResult.Indeterminate;
  }

  /** Returns the time from now to an end, not negative and not too long. */
  static Duration until(Instant end, Instant now) {
    if (!end.isAfter(now)) {
      return Duration.ZERO;
    }
    Duration duration = Duration.between(now, end);
    return duration.compareTo(LONGEST) < 0 ? duration : LONGEST;
  }

  /** Returns a time as Caffeine's ticker counts it. */
  static long nanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }
}
