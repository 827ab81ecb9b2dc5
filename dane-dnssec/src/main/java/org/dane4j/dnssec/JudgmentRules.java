// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.util.Objects;

/**
 * What a verdict depends on beside evidence, trust anchors and time.
 *
 * @param algorithms which algorithms and digests count, and how many of them must have signed
 * @param limits what one validation may spend
 */
public record JudgmentRules(AlgorithmPolicy algorithms, ValidationLimits limits) {

  private static final JudgmentRules DEFAULTS =
      new JudgmentRules(AlgorithmPolicy.recommended(), ValidationLimits.defaults());

  /**
   * Checks that both are there.
   *
   * @param algorithms which algorithms and digests count
   * @param limits what one validation may spend
   */
  public JudgmentRules {
    Objects.requireNonNull(algorithms, "algorithms");
    Objects.requireNonNull(limits, "limits");
  }

  /**
   * Returns {@link AlgorithmPolicy#recommended()} and {@link ValidationLimits#defaults()}.
   *
   * @return the rules that hold where nothing else is said
   */
  public static JudgmentRules defaults() {
    return DEFAULTS;
  }

  /** Whether the same algorithms and digests count as by other rules, and with the same limits. */
  boolean decideAs(JudgmentRules other) {
    return algorithms.algorithms().equals(other.algorithms.algorithms())
        && algorithms.digests().equals(other.algorithms.digests())
        && algorithms.completeness() == other.algorithms.completeness()
        && limits.equals(other.limits);
  }
}
