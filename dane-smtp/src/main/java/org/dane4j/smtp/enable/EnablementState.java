// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What has to be remembered between two looks at a domain.
 *
 * @param plan what is to be switched on
 * @param stage the stage that is not yet behind
 * @param origin how the domain was; empty until it was found fit to begin with
 * @param lastLook when it was looked at; empty if it was not
 * @param held what resolvers may hold of it
 */
public record EnablementState(
    EnablementPlan plan,
    Stage stage,
    Optional<Origin> origin,
    Optional<Instant> lastLook,
    List<CachedAnswer> held) {

  /** Copies the list. */
  public EnablementState {
    Objects.requireNonNull(stage, "stage");
    held = List.copyOf(held);
    if (origin.isEmpty() && stage != Stage.REQUIREMENTS) {
      throw new IllegalArgumentException(
          "how the domain was is known from stage " + Stage.REQUIREMENTS + " on, not in " + stage);
    }
  }

  /**
   * Returns the beginning.
   *
   * @param plan what is to be switched on
   * @return a state in which nothing is known
   */
  public static EnablementState start(EnablementPlan plan) {
    return new EnablementState(
        plan, Stage.REQUIREMENTS, Optional.empty(), Optional.empty(), List.of());
  }

  /**
   * Returns this state with the way turned around: from here on, the steps lead back to how the
   * domain was.
   *
   * @return the state; this one if it is on the way back already
   * @throws IllegalStateException if nothing has begun that could be taken back
   */
  public EnablementState rollback() {
    if (origin.isEmpty()) {
      throw new IllegalStateException("nothing has begun yet, so there is nothing to take back");
    }
    return stage.direction() == Stage.Direction.BACK ? this : at(Stage.TLSA_REMOVED);
  }

  EnablementState at(Stage next) {
    return new EnablementState(plan, next, origin, lastLook, held);
  }

  EnablementState from(Origin found) {
    return new EnablementState(plan, stage, Optional.of(found), lastLook, held);
  }

  EnablementState looked(Instant at, List<CachedAnswer> now) {
    return new EnablementState(plan, stage, origin, Optional.of(at), now);
  }
}
