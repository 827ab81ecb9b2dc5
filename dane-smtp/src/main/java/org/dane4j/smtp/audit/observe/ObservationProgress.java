// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

/** Hears how far an observation is. Called by several threads, one at a time. */
@FunctionalInterface
public interface ObservationProgress {

  /**
   * A step has ended, well or not.
   *
   * @param step what it was, for a person
   * @param ended how many steps have ended
   * @param begun how many steps have begun, these included; more may follow
   */
  void ended(String step, int ended, int begun);

  /**
   * Returns a progress that nobody hears of.
   *
   * @return a progress that does nothing
   */
  static ObservationProgress unheard() {
    return (step, ended, begun) -> {};
  }
}
