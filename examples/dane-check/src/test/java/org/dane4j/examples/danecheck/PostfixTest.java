// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Lays the program's outcomes beside those of Postfix on the same servers: {@code -Plab
 * -Ddane.lab=DIR}. What Postfix did is in {@code DIR/agreement.tsv}; {@code
 * -Ddane.lab.peers=SCRIPT} names what makes that file from a running lab, if it is not there.
 *
 * <p>Every difference is explained in {@code postfix-divergences.tsv}, and a difference that is
 * explained there must exist.
 */
@Tag("lab")
class PostfixTest {

  private static final String PEERS = "dane.lab.peers";
  private static final Path TABLE = Path.of("target", "lab", "postfix.tsv");

  /** Scenario, our outcome, that of Postfix, remark. */
  private static final List<String> ROWS = new ArrayList<>();

  @TestFactory
  Stream<DynamicTest> everyScenario_hasTheOutcomeOfPostfix_orAReasonWhyNot() throws IOException {
    Lab lab = Lab.running();
    Map<String, String> postfix = postfix(lab);
    Map<String, String> reasons = divergences();
    return lab.scenarios().stream()
        .filter(scenario -> postfix.containsKey(scenario.id()))
        .map(
            scenario ->
                DynamicTest.dynamicTest(
                    scenario.id(),
                    () ->
                        compare(
                            scenario.id(),
                            lab.run(Lab.NOT_VALIDATING, "check", scenario.domain()),
                            Objects.requireNonNull(postfix.get(scenario.id())),
                            reasons.getOrDefault(scenario.id(), ""))));
  }

  private static void compare(String id, Run run, String postfix, String reason) {
    String ours = run.jsonText("outcome");
    ROWS.add(String.join("\t", id, ours, postfix, reason));
    if (reason.isEmpty()) {
      assertThat(ours).as("%s: ours, and that of Postfix", id).isEqualTo(postfix);
    } else {
      assertThat(ours).as("%s is no divergence any more: %s", id, reason).isNotEqualTo(postfix);
    }
  }

  /** Returns what Postfix did: a word as of the scenarios, by scenario. */
  private static Map<String, String> postfix(Lab lab) throws IOException {
    if (!Files.exists(lab.directory().resolve("agreement.tsv"))) {
      String script = System.getProperty(PEERS, "");
      assumeTrue(!script.isEmpty(), "what Postfix does is not known: give a script by -D" + PEERS);
      run(Path.of(script), lab.directory());
    }
    Map<String, String> outcomes = new HashMap<>();
    for (String[] row : lab.rows("agreement.tsv")) {
      outcomes.put(row[0], row[3].split(" ", 2)[0]);
    }
    return outcomes;
  }

  private static void run(Path script, Path directory) throws IOException {
    Process process =
        new ProcessBuilder("bash", script.toString(), directory.toString()).inheritIO().start();
    try {
      assertThat(process.waitFor()).as(script + " " + directory).isZero();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, String> divergences() {
    try (InputStream in = PostfixTest.class.getResourceAsStream("/postfix-divergences.tsv")) {
      String table = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      Map<String, String> reasons = new HashMap<>();
      table
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", 2))
          .forEach(row -> reasons.put(row[0], row[1]));
      return reasons;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void printSideBySide() throws IOException {
    if (ROWS.isEmpty()) {
      return;
    }
    Files.createDirectories(TABLE.getParent());
    Files.write(TABLE, ROWS);
    System.out.printf("%-30s %-24s %-24s %s%n", "scenario", "dane4j", "Postfix", "why they differ");
    for (String row : ROWS) {
      System.out.printf("%-30s %-24s %-24s %s%n", (Object[]) row.split("\t", -1));
    }
  }
}
