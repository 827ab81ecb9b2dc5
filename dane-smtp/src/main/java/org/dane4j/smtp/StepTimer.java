// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Bounds one step of a session: when its time is up, the socket is closed, and whatever read or
 * write was waiting ends. Socket timeouts would not do, as they begin anew with every octet.
 */
final class StepTimer implements AutoCloseable {

  private final CompletableFuture<Void> finished = new CompletableFuture<>();
  private volatile boolean expired;

  private StepTimer() {}

  static StepTimer start(Duration duration, Closeable socket) {
    StepTimer timer = new StepTimer();
    CompletableFuture<Void> unused =
        timer
            .finished
            .orTimeout(duration.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((done, timeout) -> timer.ended(timeout != null, socket));
    return timer;
  }

  private void ended(boolean timeout, Closeable socket) {
    if (timeout) {
      expired = true;
      try {
        socket.close();
      } catch (IOException e) {
        // Closed is closed.
      }
    }
  }

  /** Whether the time was up before the step ended. */
  boolean isExpired() {
    return expired;
  }

  /** Ends the step. */
  @Override
  public void close() {
    finished.complete(null);
  }
}
