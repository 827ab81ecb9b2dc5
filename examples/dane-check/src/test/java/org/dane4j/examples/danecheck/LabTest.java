// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Holds the program against a lab of real servers: {@code -Plab -Ddane.lab=DIR}. */
@Tag("lab")
class LabTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path scratch;

  @TestFactory
  Stream<DynamicTest> everyScenario_hasItsOutcome_whoeverIsTheResolver() throws IOException {
    Lab lab = Lab.running();
    List<Lab.Scenario> scenarios = lab.scenarios();
    return Stream.of(Lab.NOT_VALIDATING, Lab.FORGING_AD)
        .flatMap(
            resolver ->
                scenarios.stream()
                    .map(
                        scenario ->
                            DynamicTest.dynamicTest(
                                scenario.id() + " by " + resolver,
                                () -> check(lab, resolver, scenario))));
  }

  private static void check(Lab lab, String resolver, Lab.Scenario scenario) {
    Run run = lab.run(resolver, "check", scenario.domain());
    assertThat(scenario.allows(run.jsonText("outcome")))
        .as("%s: expected %s, got %s", scenario.id(), scenario.expected(), run.out())
        .isTrue();
    List<String> good = List.of("dane-verified", "dane-unusable-encrypt", "opportunistic");
    assertThat(run.status()).isEqualTo(good.contains(run.jsonText("outcome")) ? 0 : 1);
  }

  @TestFactory
  Stream<DynamicTest> everyScenario_isAuditedToWhatItsOutcomeAllows() throws IOException {
    Lab lab = Lab.running();
    return lab.scenarios().stream()
        .map(it -> DynamicTest.dynamicTest("audit of " + it.id(), () -> audit(lab, it)));
  }

  private static void audit(Lab lab, Lab.Scenario scenario) {
    Run run = lab.run(Lab.NOT_VALIDATING, "audit", scenario.domain(), "--allow-private");
    String outcome = run.jsonText("outcome");
    boolean allowed =
        switch (scenario.expected()) {
          // One of several hosts may be the one that is wrong.
          case "dane-verified" ->
              outcome.equals("pass")
                  || scenario.id().startsWith("mx-")
                  || scenario.allows("opportunistic");
          case "dane-unusable-encrypt" -> outcome.equals("insecure");
          case "opportunistic" -> List.of("insecure", "partial").contains(outcome);
          case "dane-mismatch", "defer" -> List.of("fail", "undetermined").contains(outcome);
          default -> outcome.equals("pass");
        };
    assertThat(allowed).as("%s: %s", scenario.id(), run.out()).isTrue();
    assertThat(run.status()).isEqualTo(List.of("fail", "undetermined").contains(outcome) ? 1 : 0);
  }

  @Test
  void message_isDelivered_andTheServerLogsIt() throws IOException {
    Lab lab = Lab.running();
    Lab.Scenario scenario =
        lab.scenarios().stream()
            .filter(s -> s.expected().equals("dane-verified"))
            .findFirst()
            .orElseThrow();
    String recipient = UUID.randomUUID() + "@" + scenario.domain();
    Run run = send(lab, recipient, "Subject: test\n\n.hello\n");
    assertThat(run.status()).as(run.out()).isZero();
    // The server takes the mail first, and logs it when it leaves its queue.
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!Files.readString(lab.serverLog()).contains("to=<" + recipient + ">")) {
      assertThat(System.nanoTime()).as("the log names the recipient in time").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  @Test
  void message_isNotDelivered_whereTheServerDoesNotMatch() throws IOException {
    Lab lab = Lab.running();
    String recipient = UUID.randomUUID() + "@" + lab.scenario("ee-mismatch").domain();
    Run run = send(lab, recipient, "Subject: test\n\nhello\n");
    assertThat(run.status()).as(run.out()).isEqualTo(1);
    assertThat(Files.readString(lab.serverLog())).doesNotContain(recipient);
  }

  private Run send(Lab lab, String recipient, String content) throws IOException {
    Path message = Files.writeString(scratch.resolve("message"), content);
    return lab.run(
        Lab.NOT_VALIDATING,
        "send",
        "--from",
        "sender@client.invalid",
        "--to",
        recipient,
        "--file",
        message.toString());
  }
}
