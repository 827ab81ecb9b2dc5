// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.dane4j.dnssec.Answer;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.match.MatchResult.Matched;
import org.dane4j.testkit.dns.SigningAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchmarksTest {

  @ParameterizedTest
  @CsvSource({
    "RSASHA256, JDK", "ECDSAP256SHA256, JDK", "ECDSAP384SHA384, JDK", "ED25519, JDK", "ED448, JDK",
    "RSASHA256, BC", "ECDSAP256SHA256, BC", "ECDSAP384SHA384, BC", "ED25519, BC", "ED448, BC"
  })
  void signature_isVerifiedByEverySubject(SigningAlgorithm algorithm, Providers provider)
      throws Exception {
    SignatureBenchmark benchmark = new SignatureBenchmark();
    benchmark.algorithm = algorithm;
    benchmark.provider = provider;
    benchmark.prepare();
    assertThat(benchmark.ours()).isInstanceOf(Secure.class);
    assertThat(benchmark.limit()).isTrue();
    assertThat(benchmark.dnsjava().size()).isOne();
    if (!algorithm.name().startsWith("ED")) {
      assertThat(benchmark.minidns()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 100})
  void nsec3_provesThatTheNameDoesNotExist(int iterations) throws Exception {
    Nsec3Benchmark benchmark = nsec3(iterations);
    for (int i = 0; i < 65; i++) {
      assertThat(benchmark.ours())
          .isInstanceOfSatisfying(
              Secure.class,
              secure -> assertThat(secure.answer()).isInstanceOf(Answer.NxDomain.class));
    }
    assertThat(benchmark.limit()).hasSize(20);
  }

  private static Nsec3Benchmark nsec3(int iterations) throws Exception {
    Nsec3Benchmark benchmark = new Nsec3Benchmark();
    benchmark.iterations = iterations;
    benchmark.setUp();
    return benchmark;
  }

  @ParameterizedTest
  @CsvSource({"311, 1", "311, 4", "211, 2", "211, 4", "201, 2", "201, 4"})
  void tlsa_matches(int record, int certificates) throws Exception {
    TlsaBenchmark benchmark = new TlsaBenchmark();
    benchmark.record = record;
    benchmark.certificates = certificates;
    benchmark.setUp();
    assertThat(benchmark.ours()).isInstanceOf(Matched.class);
    assertThat(benchmark.limit()).isTrue();
    assertThat(benchmark.minidns()).isEqualTo(record == 311);
  }

  @ParameterizedTest
  @EnumSource
  void handshake_endsWithTheServerTrusted(HandshakeBenchmark.Part part) throws Exception {
    HandshakeBenchmark benchmark = new HandshakeBenchmark();
    benchmark.part = part;
    assertThat(benchmark.ours().result()).containsInstanceOf(Matched.class);
    assertThat(benchmark.limit()).startsWith("TLS_");
  }

  @ParameterizedTest
  @EnumSource
  void manyDomains_areSecure(ManyDomainsBenchmark.Room room) {
    ManyDomainsBenchmark benchmark = new ManyDomainsBenchmark();
    benchmark.cache = room;
    benchmark.prepare(2);
    assertThat(benchmark.ours()).isInstanceOf(Secure.class);
    assertThat(benchmark.dnsjava()).isTrue();
    benchmark.close();
  }

  @Test
  void lookups_areCountedInOctetsAndRoundTrips() {
    assertThat(HeldBytes.measure(20).values().get("ours")).isPositive();
    for (Line line : new RoundTrips(1).measure()) {
      assertThat(line.values()).containsKeys("ours", "dnsjava", "minidns");
    }
  }

  @Test
  void everyRow_namesABenchmark() {
    assertThat(Table.full()).isNotEmpty();
    assertThat(Table.quick()).isNotEmpty();
    for (Row row : Table.full()) {
      for (String subject : row.subjects()) {
        assertThat(row.benchmark().getMethods())
            .extracting("name")
            .contains(subject.replaceFirst(".*=", ""));
      }
    }
  }
}
