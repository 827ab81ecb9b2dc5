// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.dane4j.dnssec.Answer;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.jmh.ChainBenchmark.Cache;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChainBenchmarkTest {

  private static final int DOMAINS = 3;

  private static ChainBenchmark benchmark(Cache cache, AnswerKind kind, Providers provider) {
    ChainBenchmark benchmark = new ChainBenchmark();
    benchmark.cache = cache;
    benchmark.kind = kind;
    benchmark.provider = provider;
    benchmark.prepare(DOMAINS);
    return benchmark;
  }

  @ParameterizedTest
  @EnumSource
  void operations_giveTheRightVerdict(AnswerKind kind) throws Exception {
    for (Cache cache : Cache.values()) {
      ChainBenchmark benchmark = benchmark(cache, kind, Providers.DEFAULT);
      for (int i = 0; i <= DOMAINS; i++) {
        assertThat(benchmark.ours())
            .isInstanceOfSatisfying(
                Secure.class, secure -> assertThat(secure.answer()).isInstanceOf(answer(kind)));
        assertThat(benchmark.limit()).isTrue();
        assertThat(benchmark.dnsjava()).isTrue();
        if (kind != AnswerKind.NXDOMAIN_NSEC3) {
          assertThat(benchmark.minidns()).isTrue();
        }
      }
      benchmark.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutCryptography_theVerdictIsTheSame(AnswerKind kind) {
    ChainBenchmark benchmark = benchmark(Cache.COLD, kind, Providers.NONE);
    assertThat(benchmark.ours()).isInstanceOf(Secure.class);
    benchmark.close();
  }

  @ParameterizedTest
  @CsvSource({
    "POSITIVE, COLD, 6", "NODATA_NSEC, COLD, 6", "NODATA_NSEC3, COLD, 6",
    "POSITIVE, WARM, 3", "NODATA_NSEC, WARM, 3", "NODATA_NSEC3, WARM, 3"
  })
  void theLimit_isTheSignaturesThatMustBeVerified(AnswerKind kind, Cache cache, int signatures) {
    ChainBenchmark benchmark = benchmark(cache, kind, Providers.DEFAULT);
    assertThat(benchmark.signatures()).isEqualTo(signatures);
    benchmark.close();
  }

  private static Class<? extends Answer> answer(AnswerKind kind) {
    return switch (kind) {
      case POSITIVE -> Answer.Positive.class;
      case NODATA_NSEC, NODATA_NSEC3 -> Answer.NoData.class;
      case NXDOMAIN_NSEC, NXDOMAIN_NSEC3 -> Answer.NxDomain.class;
    };
  }
}
