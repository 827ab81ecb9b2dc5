// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit, as it is printed. */
class AuditTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private static Path scratch;

  @SuppressWarnings("NullAway.Init")
  private static RealServers servers;

  @BeforeAll
  static void start() {
    servers = RealServers.start();
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  private static Run audit(String... command) {
    return servers.audit(scratch, command);
  }

  @Test
  void soundDomain_passes() {
    Run run = audit("good.example.test", "--allow-private");
    assertThat(run.status()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .startsWith("good.example.test  PASS\n")
        .contains("name servers (", "what senders would do", "3 1 1");
    assertThat(run.err()).as("no progress without a terminal").isEmpty();
  }

  @Test
  void json_isOneObject_withTheOutcome() {
    Run run = audit("good.example.test", "--allow-private", "--json");
    assertThat(run.jsonText("domain")).isEqualTo("good.example.test");
    assertThat(run.jsonText("outcome")).isEqualTo("pass");
    assertThat(run.out()).contains("\"check\" : \"certificates\"", "\"severity\" : \"pass\"");
  }

  @Test
  void domainWhoseRecordDoesNotMatch_fails() {
    Run run = audit("bad.example.test", "--allow-private", "--json");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.jsonText("outcome")).isEqualTo("fail");
  }

  @Test
  void domainWithoutTlsaRecords_isNoFailure() {
    Run run = audit("none.example.test", "--allow-private", "--json");
    assertThat(run.status()).as(run.out()).isZero();
    assertThat(run.jsonText("outcome")).isEqualTo("insecure");
  }

  @Test
  void oneTopic_isReportedAlone() {
    Run run = audit("good.example.test", "--allow-private", "--json", "--only", "dnssec");
    assertThat(run.out()).contains("\"topic\" : \"dnssec\"").doesNotContain("\"topic\" : \"dane\"");
  }

  @Test
  void certificatesThatExpireWithinTheDaysGiven_areReported() {
    String warning = "the certificate expires at";
    assertThat(audit("good.example.test", "--allow-private", "--days", "0").out())
        .doesNotContain(warning);
    assertThat(audit("good.example.test", "--allow-private", "--days", "3650").out())
        .contains(warning);
  }

  @Test
  void privateAddresses_areLeftAlone_andNeverPass() {
    Run run = audit("good.example.test", "--json");
    assertThat(run.jsonText("outcome")).isNotEqualTo("pass");
    assertThat(run.out()).contains("reserved");
  }

  @Test
  void nonsense_isBadUsage() {
    assertThat(Run.of("audit", "[192.0.2.1]").status()).isEqualTo(2);
    assertThat(Run.of("audit", "a.test", "--days", "-1").err()).contains("--days");
    assertThat(Run.of("audit", "a.test", "--mandatory").err()).contains("--mandatory");
    assertThat(Run.of("audit", "a.test", "--only", "all").err()).contains("DNSSEC, DANE, MAIL");
  }
}
