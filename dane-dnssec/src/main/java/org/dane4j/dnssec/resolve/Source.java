// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.dane4j.dnssec.Evidence;
import org.dane4j.dnssec.Question;

/** Where responses come from: name servers, or saved evidence. Thread-safe. */
interface Source extends AutoCloseable {

  /**
   * Gets the response to a question, and hands it on from a thread of the executor, once, however
   * the question fares.
   */
  void fetch(Question question, Consumer<Reply> receiver);

  /** Answers all that is under way, and whatever is asked from now on, with a failure. */
  @Override
  void close();

  /** What came of asking: a response, or why there is none. */
  @FunctionalInterface
  interface Reply {
    /** Adds the reply to the evidence. */
    void addTo(Evidence.Builder evidence, Question question);

    /**
     * Hands the reply on. What the receiver does with it is the executor's work; if that takes no
     * more, it is done here rather than never.
     */
    default void handTo(Consumer<Reply> receiver, Executor executor) {
      try {
        executor.execute(() -> receiver.accept(this));
      } catch (RejectedExecutionException e) {
        receiver.accept(this);
      }
    }
  }
}
