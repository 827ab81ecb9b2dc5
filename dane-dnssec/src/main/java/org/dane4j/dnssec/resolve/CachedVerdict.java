// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import java.time.Duration;
import java.time.Instant;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.dnssec.ValidationResult.Secure;

/**
 * A verdict, and how long it is kept. Times are in milliseconds since 1970: each answer from the
 * cache looks at them, and numbers need no objects.
 *
 * @param result the verdict
 * @param since when it was found, or when it was last tried to find a newer one
 * @param until when it is used no more; nothing moves that
 */
record CachedVerdict(ValidationResult result, long since, long until) {

  /**
   * RFC 4035 §4.7 asks for a small trust-delay; RFC 9520 §3.2 for at least 1 s and at most 5 min.
   */
  private static final Duration BOGUS = Duration.ofSeconds(30);

  static CachedVerdict of(ValidationResult result, Instant now) {
    Instant end = now.plus(lifetime(result, now));
    return new CachedVerdict(result, now.toEpochMilli(), end.toEpochMilli());
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

  /** Whether it is out of its time, also because the clock was set back. */
  boolean hasEnded(long now) {
    return now >= until || now < since;
  }

  /** Whether there is an answer, which a newer one can take the place of. */
  boolean hasAnswer() {
    return result instanceof Secure || result instanceof Insecure;
  }

  /** Whether no more than some percent of the time is left. */
  boolean isInItsLast(int percent, long now) {
    return percent > 0 && now >= until - (until - since) / 100 * percent;
  }

  /** The same verdict with the same end, for which a newer one was looked for in vain. */
  CachedVerdict triedAt(long now) {
    return new CachedVerdict(result, now, until);
  }
}
