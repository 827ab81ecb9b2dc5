// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.statistics.Statistics;
import org.dane4j.dnssec.ChainValidator;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.testkit.dns.DnsTree;

/** Holds the validator against attacks on one tree. */
final class Campaign {

  /** Far above what the limits allow on a slow machine, far below what an attacker would want. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private Campaign() {}

  static void hold(TreeShape shape, List<Attack> attacks) {
    Model model = new Model(shape);
    DnsTree tree = shape.build();
    Scene scene = new Scene(tree, model);
    ChainValidator validator = Trial.validator(tree);
    for (Attack attack : attacks) {
      Trial trial = new Trial(scene, attack);
      Truth truth = model.truth(trial.question());
      long start = System.nanoTime();
      ValidationResult verdict = judge(trial, validator, shape);
      Duration time = Duration.ofNanos(System.nanoTime() - start);
      Optional<String> objection =
          time.compareTo(LONGEST) < 0
              ? Judge.objection(verdict, truth, tree)
              : Optional.of("it took " + time);
      if (objection.isPresent()) {
        throw new AssertionError(describe(objection.get(), shape, trial, truth, verdict));
      }
      Statistics.label("verdicts").collect(verdict.getClass().getSimpleName());
    }
  }

  /** Without an attacker, what is signed must be secure, and what is not insecure. */
  static void holdHonest(TreeShape shape) {
    Model model = new Model(shape);
    DnsTree tree = shape.build();
    Scene scene = new Scene(tree, model);
    ChainValidator validator = Trial.validator(tree);
    for (int i = 0; i < 290; i++) {
      Trial trial = new Trial(scene, new Attack(i, i * 7 + i / 10, List.of()));
      Truth truth = model.truth(trial.question());
      ValidationResult verdict = judge(trial, validator, shape);
      boolean secure = verdict instanceof Secure;
      boolean insecure = verdict instanceof Insecure;
      boolean right =
          truth.secure().isPresent() ? secure || (insecure && truth.open()) : !secure;
      Optional<String> objection = Judge.objection(verdict, truth, tree);
      if (!right || objection.isPresent()) {
        String text = objection.orElse("the verdict is too severe");
        throw new AssertionError(describe(text, shape, trial, truth, verdict));
      }
    }
  }

  private static ValidationResult judge(Trial trial, ChainValidator validator, TreeShape shape) {
    try {
      return trial.judge(validator);
    } catch (RuntimeException e) {
      throw new AssertionError("the validator throws; tree " + shape + "\n" + trial, e);
    }
  }

  private static String describe(
      String objection, TreeShape shape, Trial trial, Truth truth, ValidationResult verdict) {
    Question question = trial.question();
    return objection
        + "\nquestion "
        + question
        + "\ntree "
        + shape
        + "\nverdict "
        + verdict.explanation()
        + "\ntruth "
        + truth
        + "\n"
        + trial;
  }
}
