// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.time.Duration;
import java.util.Optional;

/**
 * When one delivery has to be over, and whether it has been cancelled, which is what interrupting
 * its thread means.
 */
final class Deadline {

  private final Optional<Long> end;

  private Deadline(Optional<Long> end) {
    this.end = end;
  }

  /** Begins to count. */
  static Deadline in(Optional<Duration> time) {
    return new Deadline(time.map(duration -> System.nanoTime() + duration.toNanos()));
  }

  /** Returns how long a step may take that has a bound of its own: nothing if it is too late. */
  Duration within(Duration step) {
    if (end.isEmpty()) {
      return step;
    }
    Duration left = Duration.ofNanos(Math.max(0, end.get() - System.nanoTime()));
    return left.compareTo(step) < 0 ? left : step;
  }

  /** Whether nothing may be begun any more. */
  boolean isOver() {
    return isCancelled() || within(Duration.ofDays(1)).isZero();
  }

  static boolean isCancelled() {
    return Thread.currentThread().isInterrupted();
  }

  /** Says why nothing may be begun any more. */
  String explanation() {
    return isCancelled() ? "the delivery was cancelled" : "the time for the delivery is up";
  }
}
