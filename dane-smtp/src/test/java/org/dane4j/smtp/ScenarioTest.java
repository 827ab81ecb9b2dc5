// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.Outcome.Deferred;
import org.dane4j.smtp.Outcome.Delivered;
import org.dane4j.smtp.Outcome.Rejected;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.testkit.dns.DnsServer;
import org.dane4j.testkit.scenario.Scenario;
import org.dane4j.testkit.scenario.Scenarios;
import org.dane4j.testkit.scenario.TestInternet;
import org.dane4j.testkit.smtp.RecordedSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every situation of the testkit has the outcome that RFC 7672 asks for, in a check and in a
 * delivery.
 */
class ScenarioTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");
  private static final MailMessage MESSAGE = MailMessage.of("Subject: hello\n\n.dot\nline");

  static List<Scenario> scenarios() {
    return Scenarios.all();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void everyScenario_hasItsOutcome(Scenario scenario) {
    try (TestInternet internet = TestInternet.start(scenario, AT);
        DnsServer server = internet.startDnsServer();
        DnssecResolver dns = Clients.resolver(internet, server)) {
      SmtpClient client = Clients.client(internet, dns).build();
      Verdict verdict = client.check(NextHop.of(scenario.domain())).verdict();
      assertThat(scenario.allows(outcome(verdict))).as("%s, got %s", scenario, verdict).isTrue();
      assertThat(internet.messages()).as("a check sends no mail").isEmpty();

      DeliveryResult result =
          client.deliver(Envelope.from("ann@sender.test").to("bob@" + scenario.domain()), MESSAGE);
      Outcome delivery = result.recipients().get(0).outcome();
      assertThat(delivery).as("what the check foretold").isInstanceOf(expected(verdict));
      assertThat(internet.messages()).hasSize(delivery instanceof Delivered ? 1 : 0);
      if (verdict != Verdict.OPPORTUNISTIC) {
        assertThat(plainTextMail(internet)).isEmpty();
      }
    }
  }

  private static org.dane4j.testkit.scenario.Outcome outcome(Verdict verdict) {
    return org.dane4j.testkit.scenario.Outcome.valueOf(
        verdict.toString().toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private static Class<? extends Outcome> expected(Verdict verdict) {
    return switch (verdict) {
      case DANE_VERIFIED, DANE_HOST_VERIFIED, DANE_UNUSABLE_ENCRYPT, OPPORTUNISTIC ->
          Delivered.class;
      case DANE_MISMATCH, DEFER -> Deferred.class;
      case NULL_MX, NO_SUCH_DOMAIN -> Rejected.class;
    };
  }

  private static List<String> plainTextMail(TestInternet internet) {
    return internet.sessions().stream()
        .map(RecordedSession::plainTextCommands)
        .flatMap(List::stream)
        .filter(command -> command.startsWith("MAIL") || command.startsWith("RCPT"))
        .toList();
  }
}
