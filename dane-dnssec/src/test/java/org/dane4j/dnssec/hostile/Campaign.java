// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dane4j.dnssec.ChainValidator;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.ValidationLimits;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.dnssec.hostile.Act.Target;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.testkit.dns.DnsTree;

/** Holds the validator against attacks on one tree. */
final class Campaign {

  /** Far above what the limits allow on a slow machine, far below what an attacker would want. */
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private static final int HONEST_QUESTIONS = 200;

  private Campaign() {}

  /** Throws if a verdict is wrong; returns the kinds of the verdicts, for statistics. */
  static List<String> hold(TreeShape shape, List<Attack> attacks) {
    List<String> kinds = new ArrayList<>();
    Model model = new Model(shape);
    DnsTree tree = shape.build();
    Scene scene = new Scene(tree, model);
    ChainValidator validator = ChainValidator.trusting(shape.anchors(tree));
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
      kinds.add(verdict.getClass().getSimpleName());
    }
    return kinds;
  }

  /** Records that prove nothing make no verdict better. */
  static void holdAgainstNoise(TreeShape shape, List<Attack> attacks, int noise) {
    Model model = new Model(shape);
    DnsTree tree = shape.build();
    Scene scene = new Scene(tree, model);
    ChainValidator validator = ChainValidator.trusting(shape.anchors(tree));
    for (Attack attack : attacks) {
      Act act = new Act(Target.ALL, ForgeryDeed.UNRELATED, noise, attack.name());
      Trial quiet = new Trial(scene, attack);
      Trial noisy = new Trial(scene, attack.and(act));
      // dnsjava, which adds the noise, repairs some damage by writing a message anew.
      quiet.normalize();
      noisy.normalize();
      Truth truth = model.truth(quiet.question());
      ValidationResult before = judge(quiet, validator, shape);
      ValidationResult after = judge(noisy, validator, shape);
      boolean better =
          (after instanceof Secure && !(before instanceof Secure))
              || (after instanceof Insecure && !truth.open());
      if (better) {
        throw new AssertionError(
            describe("before: " + before.explanation(), shape, noisy, truth, after));
      }
    }
  }

  /**
   * The resolver, with arrivals in any order, says what the validator says of all responses, and
   * that is true. Each of its rounds has a budget of its own and begins with what is proven; so
   * where one budget for all was too small, the validator gets one of as many rounds.
   */
  static void holdInAnyOrder(TreeShape shape, List<Attack> attacks, long seed) {
    Model model = new Model(shape);
    DnsTree tree = shape.build();
    Scene scene = new Scene(tree, model);
    for (Attack attack : attacks) {
      Trial trial = new Trial(scene, attack);
      ValidationResult online;
      try (ShufflingExecutor executor = new ShufflingExecutor(seed);
          DnssecResolver resolver =
              DnssecResolver.builder(new TrialResolver(trial))
                  .trustAnchors(shape.anchors(tree))
                  .clock(InstantSource.fixed(TreeShape.AT))
                  .executor(executor)
                  .build()) {
        online = resolver.resolve(trial.question());
      }
      ChainValidator validator = ChainValidator.trusting(shape.anchors(tree));
      ValidationResult offline = judge(trial, validator, shape);
      if (offline instanceof Bogus && !Judge.says(online).equals(Judge.says(offline))) {
        offline = judge(trial, validator.withLimits(ofAllRounds(validator.limits())), shape);
      }
      Truth truth = model.truth(trial.question());
      if (!Judge.says(online).equals(Judge.says(offline))
          || Judge.objection(online, truth, tree).isPresent()) {
        throw new AssertionError(
            describe("online: " + online.explanation(), shape, trial, truth, offline));
      }
    }
  }

  private static ValidationLimits ofAllRounds(ValidationLimits one) {
    int rounds = one.maxRounds() + 1;
    return new ValidationLimits(
        one.maxSignatureChecks() * rounds,
        one.maxFailedChecks() * rounds,
        one.maxKeysPerTag(),
        one.maxSignaturesPerRrset(),
        one.maxKeysPerZone(),
        one.maxDsRecords(),
        one.maxDsDigests() * rounds,
        one.maxNsec3Iterations(),
        one.maxNsec3HashBlocks() * rounds,
        one.maxAliases(),
        one.maxQuestions(),
        one.maxRounds());
  }

  /** Without an attacker, what is signed must be secure, and what is not insecure. */
  static void holdHonest(TreeShape shape) {
    Model model = new Model(shape);
    DnsTree tree = shape.build();
    Scene scene = new Scene(tree, model);
    ChainValidator validator = ChainValidator.trusting(shape.anchors(tree));
    for (int i = 0; i < HONEST_QUESTIONS; i++) {
      Trial trial = new Trial(scene, new Attack(i, i * 7 + i / 10, List.of()));
      Truth truth = model.truth(trial.question());
      ValidationResult verdict = judge(trial, validator, shape);
      boolean secure = verdict instanceof Secure;
      boolean insecure = verdict instanceof Insecure;
      boolean right = truth.secure().isPresent() ? secure || (insecure && truth.open()) : !secure;
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
