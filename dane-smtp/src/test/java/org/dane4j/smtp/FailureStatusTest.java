// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.testkit.dns.DnsServer;
import org.dane4j.testkit.scenario.Scenario;
import org.dane4j.testkit.scenario.Scenarios;
import org.dane4j.testkit.scenario.TestInternet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The enhanced status codes that operators know their meaning of. */
class FailureStatusTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "starttls-stripped, 4.7.321",
    "ta-expired-leaf, 4.7.322",
    "ee-mismatch, 4.7.323",
    "bogus-absence, 4.7.324",
    "ta-wrong-name, 4.7.325"
  })
  void failure_hasTheStatusOfItsReason(String id, String status) {
    assertThat(failure(id).status()).isEqualTo(status);
  }

  /** Returns what came of a scenario whose first host fails. */
  static Failed failure(String id) {
    Scenario scenario =
        Scenarios.all().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
    try (TestInternet internet = TestInternet.start(scenario, AT);
        DnsServer server = internet.startDnsServer();
        DnssecResolver dns = Clients.resolver(internet, server)) {
      CheckResult result =
          Clients.client(internet, dns).build().check(NextHop.of(scenario.domain()));
      return (Failed) result.attempts().get(0).result();
    }
  }
}
