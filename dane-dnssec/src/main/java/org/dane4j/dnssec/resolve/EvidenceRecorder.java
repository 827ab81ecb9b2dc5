// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.dane4j.dnssec.Evidence;
import org.dane4j.dnssec.Question;

/**
 * Keeps the evidence of all lookups of one resolver, so that its verdicts can be had again from the
 * evidence alone.
 *
 * <p>A recorder is for one decision, such as one check of a mail domain: make a new recorder, and a
 * new resolver with it, for each. The resolver's cache is then empty at first, and all that it
 * learns is recorded, so the evidence has no holes. While it is recorded, each question is asked
 * once only, so all verdicts rest on the same responses. For the same times of day in verdicts,
 * give the resolver a fixed clock, and save that instant.
 *
 * <p><b>Limits.</b> Nothing is forgotten as long as the recorder lives. A verdict that was cut
 * short by the resolver's deadline may come out better in a replay, if the response came a little
 * later.
 *
 * <p>Thread-safe.
 */
public final class EvidenceRecorder {

  private final Map<Question, CompletableFuture<Source.Reply>> replies = new ConcurrentHashMap<>();

  /** Makes a recorder that has recorded nothing. */
  public EvidenceRecorder() {}

  /**
   * Returns what was recorded so far.
   *
   * @return the responses and failures that have come in
   */
  public Evidence evidence() {
    Evidence.Builder evidence = Evidence.builder();
    replies.forEach(
        (question, reply) -> {
          if (reply.isDone()) {
            reply.join().addTo(evidence, question);
          }
        });
    return evidence.build();
  }

  /** Returns a source that asks another one for what is not recorded yet, and records it. */
  Source recording(Source source, Executor executor) {
    return new Source() {
      @Override
      public void fetch(Question question, Consumer<Reply> receiver) {
        CompletableFuture<Reply> mine = new CompletableFuture<>();
        CompletableFuture<Reply> other = replies.putIfAbsent(question, mine);
        CompletableFuture<Void> unused =
            (other == null ? mine : other).thenAccept(reply -> reply.handTo(receiver, executor));
        if (other == null) {
          source.fetch(question, mine::complete);
        }
      }

      @Override
      public void close() {
        source.close();
      }
    };
  }
}
