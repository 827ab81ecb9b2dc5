// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A lab of real servers that is running, in the directory that {@code -Ddane.lab} names.
 *
 * @param directory the directory, with {@code lab.env} and {@code scenarios.tsv}
 * @param environment what {@code lab.env} says: addresses, ports, files
 */
record Lab(Path directory, Map<String, String> environment) {

  private static final String PROPERTY = "dane.lab";

  /** A resolver that does not validate. */
  static final String NOT_VALIDATING = "LAB_RESOLVER_NOVALIDATE";

  /** A resolver that does not validate, and claims by the AD bit that it does. */
  static final String FORGING_AD = "LAB_RESOLVER_FORGES_AD";

  /**
   * A situation that a mail domain of the lab is in.
   *
   * @param id its name
   * @param domain the mail domain
   * @param expected the outcome that RFC 7672 asks for
   * @param also further outcomes that are allowed
   */
  record Scenario(String id, String domain, String expected, List<String> also) {
    boolean allows(String outcome) {
      return outcome.equals(expected) || also.contains(outcome);
    }
  }

  /** Returns the lab; without one, the test is skipped, with the reason. */
  static Lab running() throws IOException {
    String directory = System.getProperty(PROPERTY, "");
    assumeTrue(!directory.isEmpty(), "no running lab: give its directory by -D" + PROPERTY);
    Map<String, String> environment = new HashMap<>();
    for (String line : Files.readAllLines(Path.of(directory, "lab.env"))) {
      int sign = line.indexOf('=');
      if (sign > 0) {
        environment.put(line.substring(0, sign), line.substring(sign + 1));
      }
    }
    return new Lab(Path.of(directory), environment);
  }

  /** Returns all scenarios; there is at least one. */
  List<Scenario> scenarios() throws IOException {
    List<Scenario> scenarios =
        rows("scenarios.tsv").stream()
            .map(row -> new Scenario(row[0], row[2], row[3], List.of(row[4].split(",", -1))))
            .toList();
    if (scenarios.isEmpty()) {
      throw new AssertionError("no scenarios in " + directory);
    }
    return scenarios;
  }

  Scenario scenario(String id) throws IOException {
    return scenarios().stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
  }

  /** Returns the rows of a table below its heading. */
  List<String[]> rows(String file) throws IOException {
    return Files.readAllLines(directory.resolve(file)).stream()
        .skip(1)
        .map(line -> line.split("\t", -1))
        .toList();
  }

  /** Returns the log of the mail servers. */
  Path serverLog() {
    return Path.of(value("LAB_SMTP_LOG"));
  }

  /** Runs the program with what it needs to find the lab by one of its resolvers. */
  Run run(String resolver, String... command) {
    return Run.of(
        Stream.concat(
                Arrays.stream(command),
                Stream.of(
                    "--resolver",
                    value(resolver) + ":" + value("LAB_RESOLVER_PORT"),
                    "--trust-anchors",
                    value("LAB_ANCHOR_DS"),
                    "--port",
                    value("LAB_SMTP_PORT"),
                    "--json"))
            .toArray(String[]::new));
  }

  private String value(String name) {
    return Objects.requireNonNull(environment.get(name), name);
  }
}
