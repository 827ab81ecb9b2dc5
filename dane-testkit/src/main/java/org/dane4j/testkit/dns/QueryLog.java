// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;

/**
 * The questions that a client asked, and in how many rounds.
 *
 * <p>A question belongs to the round after the latest one of which an answer had reached the client
 * when it was asked. Rounds mean something only where answers take some time: {@code
 * tree.delayed(Duration.ofMillis(50)).recordedIn(log)}. Safe for use by many threads.
 */
public final class QueryLog {

  private final List<Record> questions = new ArrayList<>();
  private int delivered;
  private int rounds;

  /** Makes an empty log. */
  public QueryLog() {}

  /** Writes down a question and returns the round that it belongs to, beginning with 1. */
  synchronized int asked(Message query) {
    if (query.getQuestion() != null) {
      questions.add(query.getQuestion());
    }
    int round = delivered + 1;
    rounds = Math.max(rounds, round);
    return round;
  }

  synchronized void delivered(int round) {
    delivered = Math.max(delivered, round);
  }

  /**
   * Returns the questions so far.
   *
   * @return the questions in the order of arrival
   */
  public synchronized List<Record> questions() {
    return List.copyOf(questions);
  }

  /**
   * Counts questions.
   *
   * @param which the questions to count, such as those of {@link Asked}
   * @return how many of them there were
   */
  public synchronized long count(Predicate<Record> which) {
    return questions.stream().filter(which).count();
  }

  /**
   * Returns the number of rounds.
   *
   * @return how many times the client waited for answers before it asked on
   */
  public synchronized int rounds() {
    return rounds;
  }

  /** Forgets everything. */
  public synchronized void clear() {
    questions.clear();
    delivered = 0;
    rounds = 0;
  }

  @Override
  public synchronized String toString() {
    return questions + " in " + rounds + " rounds";
  }
}
