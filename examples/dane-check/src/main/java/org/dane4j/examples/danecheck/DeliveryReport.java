// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import org.dane4j.smtp.Attempt;
import org.dane4j.smtp.DeliveryResult;
import org.dane4j.smtp.Outcome;
import org.dane4j.smtp.RecipientResult;
import org.dane4j.smtp.Verdict;
import org.dane4j.smtp.report.TextTree;
import org.dane4j.smtp.report.TextTree.Mark;

/** The result of a delivery as a tree. */
final class DeliveryReport {

  private DeliveryReport() {}

  static TextTree of(DeliveryResult result) {
    boolean delivered = result.isDeliveredToAll();
    TextTree tree =
        new TextTree(
            delivered ? Mark.GOOD : Mark.BAD, delivered ? "delivered" : "not delivered to all");
    for (Attempt attempt : result.attempts()) {
      boolean failed = attempt.result() instanceof Attempt.Result.Failed;
      tree.add(
          failed ? Mark.BAD : Mark.NEUTRAL,
          attempt.host().name()
              + "  "
              + Verdict.of(attempt)
              + ": "
              + attempt.result().explanation());
    }
    for (RecipientResult recipient : result.recipients()) {
      Outcome outcome = recipient.outcome();
      tree.add(
          outcome instanceof Outcome.Delivered ? Mark.GOOD : Mark.BAD,
          recipient.recipient()
              + "  "
              + word(outcome)
              + " "
              + outcome.status()
              + ": "
              + outcome.explanation());
    }
    return tree;
  }

  private static String word(Outcome outcome) {
    if (outcome instanceof Outcome.Delivered) {
      return "delivered";
    }
    if (outcome instanceof Outcome.Deferred) {
      return "deferred (try again later)";
    }
    return outcome instanceof Outcome.Rejected
        ? "rejected"
        : "unknown (it may have been delivered)";
  }
}
