// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.dane4j.dnssec.BogusReason;
import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.junit.jupiter.api.Test;

class WorstCaseBenchmarkTest {

  @Test
  void operations_giveTheRightVerdict() throws Exception {
    WorstCaseBenchmark benchmark = new WorstCaseBenchmark();
    assertThat(benchmark.honestChain()).isInstanceOf(Secure.class);
    assertThat(benchmark.keyTrap()).isInstanceOf(Bogus.class);
    assertThat(((Bogus) benchmark.closestEncloser()).reason()).isEqualTo(BogusReason.LIMITS);
    assertThat(benchmark.oneCheck()).isFalse();
  }
}
