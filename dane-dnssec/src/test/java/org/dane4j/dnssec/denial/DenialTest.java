// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.denial;

import static org.assertj.core.api.Assertions.assertThat;

import org.dane4j.dnssec.denial.Denial.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Conclusions and their words. */
class DenialTest {

  @ParameterizedTest
  @EnumSource
  void outcome_hasWordsWithoutFullStop(Outcome outcome) {
    assertThat(outcome.text()).isNotBlank().doesNotEndWith(".");
    assertThat(Denial.of(outcome).isProven()).isEqualTo(outcome != Outcome.NOT_PROVEN);
    assertThat(Denial.NOTHING.as(outcome).outcome()).isEqualTo(outcome);
  }
}
