// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds the program against a lab of real servers that is running: {@code -Plab -Ddane.lab=DIR}.
 * The directory has {@code lab.env} with addresses, and {@code scenarios.tsv} with a mail domain
 * and the expected outcome in each line.
 */
@Tag("lab")
class LabTest {

  private static final String PROPERTY = "dane.lab";

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  private Path scratch;

  private record Scenario(String id, String domain, String expected, List<String> also) {
    boolean allows(String outcome) {
      return outcome.equals(expected) || also.contains(outcome);
    }
  }

  private static Path lab() {
    String directory = System.getProperty(PROPERTY, "");
    assumeTrue(!directory.isEmpty(), "no running lab: give its directory by -D" + PROPERTY);
    return Path.of(directory);
  }

  private static Map<String, String> environment() throws IOException {
    Map<String, String> environment = new HashMap<>();
    for (String line : Files.readAllLines(lab().resolve("lab.env"))) {
      int sign = line.indexOf('=');
      if (sign > 0) {
        environment.put(line.substring(0, sign), line.substring(sign + 1));
      }
    }
    return environment;
  }

  private static List<Scenario> scenarios() throws IOException {
    List<Scenario> scenarios = new ArrayList<>();
    List<String> lines = Files.readAllLines(lab().resolve("scenarios.tsv"));
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split("\t", -1);
      scenarios.add(
          new Scenario(fields[0], fields[2], fields[3], Arrays.asList(fields[4].split(",", -1))));
    }
    return scenarios;
  }

  private static String value(Map<String, String> environment, String name) {
    return Objects.requireNonNull(environment.get(name), name);
  }

  private static String[] arguments(Map<String, String> lab, String resolver, String... command) {
    return Stream.concat(
            Arrays.stream(command),
            Stream.of(
                "--resolver",
                value(lab, resolver) + ":" + value(lab, "LAB_RESOLVER_PORT"),
                "--trust-anchors",
                value(lab, "LAB_ANCHOR_DS"),
                "--port",
                value(lab, "LAB_SMTP_PORT"),
                "--json"))
        .toArray(String[]::new);
  }

  @TestFactory
  Stream<DynamicTest> everyScenario_hasItsOutcome_whoeverIsTheResolver() throws IOException {
    Map<String, String> lab = environment();
    List<Scenario> scenarios = scenarios();
    assertThat(scenarios).isNotEmpty();
    // One that does not validate, and one that does not validate and claims to.
    return Stream.of("LAB_RESOLVER_NOVALIDATE", "LAB_RESOLVER_FORGES_AD")
        .flatMap(
            resolver ->
                scenarios.stream()
                    .map(
                        scenario ->
                            DynamicTest.dynamicTest(
                                scenario.id() + " by " + resolver,
                                () -> check(lab, resolver, scenario))));
  }

  private static void check(Map<String, String> lab, String resolver, Scenario scenario) {
    Run run = Run.of(arguments(lab, resolver, "check", scenario.domain()));
    assertThat(scenario.allows(run.jsonText("outcome")))
        .as("%s: expected %s, got %s", scenario.id(), scenario.expected(), run.out())
        .isTrue();
    List<String> good = List.of("dane-verified", "dane-unusable-encrypt", "opportunistic");
    assertThat(run.status()).isEqualTo(good.contains(run.jsonText("outcome")) ? 0 : 1);
  }

  @Test
  void message_isDelivered_andTheServerLogsIt() throws IOException {
    Map<String, String> lab = environment();
    Scenario scenario =
        scenarios().stream()
            .filter(s -> s.expected().equals("dane-verified"))
            .findFirst()
            .orElseThrow();
    String recipient = UUID.randomUUID() + "@" + scenario.domain();
    Path message = Files.writeString(scratch.resolve("message"), "Subject: test\n\n.hello\n");
    Run run =
        Run.of(
            arguments(
                lab,
                "LAB_RESOLVER_NOVALIDATE",
                "send",
                "--from",
                "sender@client.invalid",
                "--to",
                recipient,
                "--file",
                message.toString()));
    assertThat(run.status()).as(run.out()).isZero();
    // The server takes the mail first, and logs it when it leaves its queue.
    Path log = Path.of(value(lab, "LAB_SMTP_LOG"));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!Files.readString(log).contains("to=<" + recipient + ">")) {
      assertThat(System.nanoTime()).as("the log names the recipient in time").isLessThan(end);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  @Test
  void message_isNotDelivered_whereTheServerDoesNotMatch() throws IOException {
    Map<String, String> lab = environment();
    Scenario scenario =
        scenarios().stream().filter(s -> s.id().equals("ee-mismatch")).findFirst().orElseThrow();
    String recipient = UUID.randomUUID() + "@" + scenario.domain();
    Path message = Files.writeString(scratch.resolve("message"), "Subject: test\n\nhello\n");
    Run run =
        Run.of(
            arguments(
                lab,
                "LAB_RESOLVER_NOVALIDATE",
                "send",
                "--from",
                "sender@client.invalid",
                "--to",
                recipient,
                "--file",
                message.toString()));
    assertThat(run.status()).as(run.out()).isEqualTo(1);
    assertThat(Files.readString(Path.of(value(lab, "LAB_SMTP_LOG")))).doesNotContain(recipient);
  }
}
