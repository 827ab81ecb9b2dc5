// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** How long something is kept, and the time as the caches count it. */
final class Lifetime {

  /** RFC 8767 §4 advises a bound on TTLs; a day is what resolvers use. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private Lifetime() {}

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
