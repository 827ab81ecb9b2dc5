// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.dane4j.dnssec.Evidence;
import org.dane4j.dnssec.FetchFailure;
import org.dane4j.dnssec.Question;

/** Answers from evidence. What it does not have is a failure, never an absence. */
final class EvidenceSource implements Source {

  private final Evidence evidence;
  private final Executor executor;

  EvidenceSource(Evidence evidence, Executor executor) {
    this.evidence = evidence;
    this.executor = executor;
  }

  @Override
  public void fetch(Question question, Consumer<Reply> receiver) {
    Reply reply = this::addTo;
    reply.handTo(receiver, executor);
  }

  @Override
  public void close() {
    // Nothing is ever under way.
  }

  private void addTo(Evidence.Builder builder, Question question) {
    builder.failure(question, FetchFailure.NOT_IN_EVIDENCE, "").from(evidence, question);
  }
}
