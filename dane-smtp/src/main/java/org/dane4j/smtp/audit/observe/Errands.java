// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The work of one observation, done side by side. When the time is up, what has not ended is
 * interrupted, and no longer waited for. One thread starts errands and asks for their results;
 * errands do not wait for each other, so any number of threads is enough.
 */
final class Errands implements AutoCloseable {

  private final Executor threads;
  private final ObservationProgress progress;
  private final long end;
  private final List<FutureTask<?>> begun = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private int started;
  private int ended;
  private boolean closed;

  Errands(Executor threads, ObservationProgress progress, Duration time) {
    this.threads = threads;
    this.progress = progress;
    this.end = System.nanoTime() + time.toNanos();
  }

  /** Something that is under way. */
  final class Errand<T> {
    private final FutureTask<T> task;
    private final Function<String, T> otherwise;
    private String why = "";

    private Errand(String step, Callable<T> work, Function<String, T> otherwise) {
      this.otherwise = otherwise;
      this.task =
          new FutureTask<>(
              () -> {
                try {
                  return work.call();
                } finally {
                  tellEnd(step);
                }
              });
    }

    /** Waits for the result; gives the one of {@code otherwise}, told why, if there is none. */
    T result() {
      try {
        return task.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        return giveUp("the time for the observation was up");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return giveUp("the observation was cancelled");
      } catch (CancellationException e) {
        return otherwise.apply(why);
      } catch (ExecutionException e) {
        return otherwise.apply("it failed unexpectedly: " + e.getCause());
      }
    }

    private T giveUp(String reason) {
      why = reason;
      task.cancel(true);
      return otherwise.apply(reason);
    }
  }

  /**
   * Starts an errand.
   *
   * @param step what it is, for a person
   * @param work what to do
   * @param otherwise makes a result out of the reason why there is none; may be called while the
   *     work still goes on
   */
  <T> Errand<T> start(String step, Callable<T> work, Function<String, T> otherwise) {
    Errand<T> errand = new Errand<>(step, work, otherwise);
    begun.add(errand.task);
    lock.lock();
    try {
      started++;
    } finally {
      lock.unlock();
    }
    try {
      threads.execute(errand.task);
    } catch (RejectedExecutionException e) {
      return start(step, otherwise, "the executor takes no work: " + e.getMessage());
    }
    return errand;
  }

  private <T> Errand<T> start(String step, Function<String, T> otherwise, String why) {
    Errand<T> failed = new Errand<>(step, () -> otherwise.apply(why), otherwise);
    failed.task.run();
    return failed;
  }

  private void tellEnd(String step) {
    lock.lock();
    try {
      ended++;
      if (!closed) {
        progress.ended(step, ended, started);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Interrupts what still goes on; nobody hears of its end. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    begun.forEach(task -> task.cancel(true));
  }
}
