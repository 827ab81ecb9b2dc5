// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the next thing is. */
public sealed interface Step {

  /**
   * Do something, then look again.
   *
   * @param tasks what to do, in this order
   */
  record Act(List<Task> tasks) implements Step {

    /** Copies the list. */
    public Act {
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * Do nothing, and look again later.
   *
   * @param reason what has to happen by itself
   * @param until when it will have happened; empty if that is not known
   */
  record Wait(String reason, Optional<Instant> until) implements Step {}

  /**
   * There is no way on from here before something is put right. A step that was made too early is
   * among the reasons.
   *
   * @param reasons what is wrong
   * @param remedy what to do about it, if that is known
   */
  record Blocked(List<String> reasons, List<Task> remedy) implements Step {

    /** Copies the lists. */
    public Blocked {
      reasons = List.copyOf(reasons);
      remedy = List.copyOf(remedy);
    }
  }

  /**
   * There is nothing left to do.
   *
   * @param text what to keep in mind
   */
  record Finished(String text) implements Step {}
}
