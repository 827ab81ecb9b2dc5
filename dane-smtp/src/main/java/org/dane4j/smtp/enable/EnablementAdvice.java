// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.util.List;

/**
 * Where a domain is on the way, and what comes next.
 *
 * @param state what to remember for the next look
 * @param step what to do, to wait for, or to put right
 * @param warnings what to keep in mind with it
 */
public record EnablementAdvice(EnablementState state, Step step, List<String> warnings) {

  /** Copies the list. */
  public EnablementAdvice {
    warnings = List.copyOf(warnings);
  }
}
