// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads of a resolver's own, where it is given none: the common pool is the application's. */
final class Workers {

  private Workers() {}

  static ExecutorService start() {
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    return Executors.newFixedThreadPool(
        threads,
        task -> {
          Thread thread = new Thread(task, "dane4j-dnssec");
          thread.setDaemon(true);
          return thread;
        });
  }
}
