// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One thread that does what is there to do in any order. */
final class ShufflingExecutor implements Executor, AutoCloseable {

  private final List<Runnable> tasks = new ArrayList<>();
  private final Random random;
  private final Thread thread = new Thread(this::run, "shuffling");
  private boolean closed;

  ShufflingExecutor(long seed) {
    this.random = new Random(seed);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public synchronized void execute(Runnable task) {
    tasks.add(task);
    notifyAll();
  }

  private void run() {
    for (Runnable task = next(); task != null; task = next()) {
      task.run();
    }
  }

  private synchronized @Nullable Runnable next() {
    while (tasks.isEmpty() && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        return null;
      }
    }
    return closed ? null : tasks.remove(random.nextInt(tasks.size()));
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
