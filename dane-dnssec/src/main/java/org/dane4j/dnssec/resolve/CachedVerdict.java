// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import java.time.Duration;
import java.time.Instant;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.dnssec.ValidationResult.Secure;

/**
 * A verdict, and how long it is kept.
 *
 * @param result the verdict
 * @param since when it was found, or when it was last tried to find a newer one
 * @param until when it is used no more; nothing moves that
 */
record CachedVerdict(ValidationResult result, Instant since, Instant until) {

  /**
   * RFC 4035 §4.7 asks for a small trust-delay; RFC 9520 §3.2 for at least 1 s and at most 5 min.
   */
  private static final Duration BOGUS = Duration.ofSeconds(30);

  static CachedVerdict of(ValidationResult result, Instant now) {
    return new CachedVerdict(result, now, now.plus(lifetime(result, now)));
  }

  private static Duration lifetime(ValidationResult result, Instant now) {
    if (result instanceof Secure secure) {
      return Lifetime.until(secure.validUntil(), now);
    }
    if (result instanceof Insecure insecure) {
      return Lifetime.until(insecure.validUntil(), now);
    }
    // What could not be found out is asked again next time.
    return result instanceof Bogus ? BOGUS : Duration.ZERO;
  }

  boolean hasEnded(Instant now) {
    return !now.isBefore(until);
  }

  /** Whether there is an answer, which a newer one can take the place of. */
  boolean hasAnswer() {
    return result instanceof Secure || result instanceof Insecure;
  }

  /** Whether no more than some percent of the time is left. */
  boolean isInItsLast(int percent, Instant now) {
    if (percent == 0) {
      return false;
    }
    // Each answer from the cache comes by here; Duration would multiply by way of BigDecimal.
    long end = until.toEpochMilli();
    long last = (end - since.toEpochMilli()) / 100 * percent;
    return now.toEpochMilli() >= end - last;
  }

  /** The same verdict with the same end, for which a newer one was looked for in vain. */
  CachedVerdict triedAt(Instant now) {
    return new CachedVerdict(result, now, until);
  }
}
