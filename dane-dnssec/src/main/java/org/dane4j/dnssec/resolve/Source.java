// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import java.util.function.Consumer;
import org.dane4j.dnssec.Evidence;
import org.dane4j.dnssec.Question;

/** Where responses come from: name servers, or saved evidence. Thread-safe. */
interface Source {

  /**
   * Gets the response to a question, and hands it on from a thread of the executor, once, however
   * the question fares.
   */
  void fetch(Question question, Consumer<Reply> receiver);

  /** What came of asking: a response, or why there is none. */
  @FunctionalInterface
  interface Reply {
    /** Adds the reply to the evidence. */
    void addTo(Evidence.Builder evidence, Question question);
  }
}
