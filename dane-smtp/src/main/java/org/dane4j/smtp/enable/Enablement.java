// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dane4j.smtp.audit.DomainFacts;

/**
 * Switches DANE on for a domain, step by step, and off again. A function of the remembered state,
 * the facts and the time: it observes nothing and changes nothing, but says what an admin has to
 * do, what to wait for and until when, and refuses to go on where something is not as it has to be.
 */
public final class Enablement {

  /** What has to stay true once it is. */
  private static final Set<Stage> LASTING =
      EnumSet.of(
          Stage.ZONE_SIGNED,
          Stage.DNSSEC_VERIFIED,
          Stage.TLS_VERIFIED,
          Stage.TLSA_PUBLISHED,
          Stage.TLSA_KNOWN,
          Stage.TLSA_REMOVED,
          Stage.TLSA_FORGOTTEN);

  private Enablement() {}

  /**
   * Returns where a domain is, and what comes next.
   *
   * @param state what was remembered; of {@link EnablementState#start} in the beginning
   * @param facts what the domain looks like
   * @param now the time at which they had all been seen; not before {@link DomainFacts#at}
   * @return the advice, with what to remember
   * @throws IllegalArgumentException if the facts are of another domain or port
   */
  public static EnablementAdvice advise(EnablementState state, DomainFacts facts, Instant now) {
    EnablementPlan plan = state.plan();
    if (!facts.domain().equals(plan.domain()) || facts.port() != plan.port()) {
      throw new IllegalArgumentException(
          "the facts are of " + facts.domain() + ", and the state is of " + plan.domain());
    }
    return trouble(state, facts, now)
        .map(
            why ->
                new EnablementAdvice(state, new Step.Blocked(List.of(why), List.of()), List.of()))
        .orElseGet(() -> advise(new View(state, facts, now)));
  }

  /** Returns why nothing can be concluded from the times; empty if something can. */
  private static Optional<String> trouble(EnablementState state, DomainFacts facts, Instant now) {
    Instant last = state.lastLook().orElse(Instant.MIN);
    if (now.isBefore(last)) {
      // What was seen later than now cannot be waited out.
      return Optional.of(
          "the clock went backwards: it is "
              + now
              + ", and the last look was at "
              + last
              + ". If that one was wrong, put it right in what is remembered, no earlier than it was");
    }
    // What has changed since then would count as what is there now.
    return facts.at().isBefore(last)
        ? Optional.of("the facts are of " + facts.at() + ", older than the last look at " + last)
        : Optional.empty();
  }

  private static EnablementAdvice advise(View first) {
    View view = first;
    while (true) {
      view = view.with(new FormerTlsa(view).remembered());
      Optional<Step> step = new Guards(view).check();
      if (step.isEmpty()) {
        step = missing(view);
      }
      if (step.isPresent()) {
        return new EnablementAdvice(view.state, step.get(), new Warnings(view).list());
      }
      EnablementState state = view.state;
      if (state.stage() == Stage.REQUIREMENTS) {
        state = state.from(new ForthStages(view).origin());
      }
      view = view.with(state.at(state.stage().next()));
    }
  }

  /** Returns what is missing in the stage, or in one before it that has to stay behind. */
  private static Optional<Step> missing(View view) {
    Stage now = view.state.stage();
    for (Stage stage : LASTING) {
      Optional<Step> step = stage.isBefore(now) ? missing(view, stage) : Optional.empty();
      if (step.isPresent()) {
        return step;
      }
    }
    return missing(view, now);
  }

  private static Optional<Step> missing(View view, Stage stage) {
    return stage.direction() == Stage.Direction.FORTH
        ? new ForthStages(view).missing(stage)
        : new BackStages(view).missing(stage);
  }
}
