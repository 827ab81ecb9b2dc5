// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.dane4j.dnssec.ValidationResult.Secure;
import org.junit.jupiter.api.Test;

class ChainBenchmarkTest {

  @Test
  void operations_giveTheRightVerdict() {
    ChainBenchmark benchmark = new ChainBenchmark();
    benchmark.fillCache();
    assertThat(benchmark.coldChain()).isInstanceOf(Secure.class);
    assertThat(benchmark.cachedVerdict()).isInstanceOf(Secure.class);
    assertThat(benchmark.cachedVerdict()).isSameAs(benchmark.cachedVerdict());
    benchmark.close();
  }
}
