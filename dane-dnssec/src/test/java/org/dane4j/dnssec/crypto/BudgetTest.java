// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A budget is spent to the last unit and no further, and remembers that it refused something. */
class BudgetTest {

  @Test
  void signatures_areCounted() {
    Budget budget = new Budget(2, 9, 9, 9);
    assertThat(budget.paySignature()).isTrue();
    assertThat(budget.paySignature()).isTrue();
    assertThat(budget.isExhausted()).isFalse();
    assertThat(budget.paySignature()).isFalse();
    assertThat(budget.isExhausted()).isTrue();
  }

  @Test
  void failures_endTheSignatures() {
    Budget budget = new Budget(9, 2, 9, 9);
    budget.payFailure();
    assertThat(budget.paySignature()).isTrue();
    budget.payFailure();
    assertThat(budget.isExhausted()).isFalse();
    assertThat(budget.paySignature()).isFalse();
    assertThat(budget.isExhausted()).isTrue();
  }

  @Test
  void digests_areCounted() {
    Budget budget = new Budget(9, 9, 1, 9);
    assertThat(budget.payDigest()).isTrue();
    assertThat(budget.isExhausted()).isFalse();
    assertThat(budget.payDigest()).isFalse();
    assertThat(budget.isExhausted()).isTrue();
    assertThat(budget.paySignature()).as("another purse").isTrue();
  }

  @Test
  void hashes_costTheirBlocks() {
    Budget budget = new Budget(9, 9, 9, 12);
    assertThat(budget.payHash(11)).isTrue();
    assertThat(budget.payHash(1)).isTrue();
    assertThat(budget.isExhausted()).isFalse();
    assertThat(budget.payHash(1)).isFalse();
    assertThat(budget.isExhausted()).isTrue();
  }
}
