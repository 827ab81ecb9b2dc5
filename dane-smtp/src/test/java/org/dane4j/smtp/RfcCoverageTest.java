// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dane4j.testkit.scenario.Scenario;
import org.dane4j.testkit.scenario.Scenarios;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each row of {@code docs/rfc-coverage.md} names tests that exist, or says why there are none. */
class RfcCoverageTest {

  private static final Path TOP = Path.of("..");
  private static final Pattern TEST =
      Pattern.compile("(?s)@(?:Test|ParameterizedTest|Property)\\b.*?\\bvoid\\s+(\\w+)\\(");
  private static final Pattern NAMED = Pattern.compile("`([^`]+)`(?:, (?=`)|$)");

  private static final Set<String> TESTS = tests();

  /** The names of all tests, {@code Class#method}, and of all scenarios, {@code scenario:id}. */
  private static Set<String> tests() {
    Set<String> tests = new HashSet<>();
    try (Stream<Path> files = Files.walk(TOP)) {
      for (Path file : files.filter(RfcCoverageTest::isTestSource).toList()) {
        String name = file.getFileName().toString().replace(".java", "#");
        TEST.matcher(Files.readString(file))
            .results()
            .forEach(match -> tests.add(name + match.group(1)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Scenarios.all().stream().map(Scenario::id).forEach(id -> tests.add("scenario:" + id));
    return tests;
  }

  private static boolean isTestSource(Path file) {
    String path = file.toString().replace('\\', '/');
    return path.contains("/src/test/java/") && path.endsWith(".java");
  }

  /** Returns what is wrong with a table's rows, one sentence for each defect. */
  private static List<String> defects(List<String> lines) {
    List<String> defects = new ArrayList<>();
    for (String line : lines) {
      if (!isRow(line)) {
        continue;
      }
      String[] cells = line.substring(1, line.length() - 1).split(" \\| ", -1);
      if (cells.length != 3 || cells[0].isBlank() || cells[1].isBlank()) {
        defects.add("not section, rule and tests: " + line);
      } else {
        defects.addAll(defects(cells[2].strip()));
      }
    }
    return defects;
  }

  private static List<String> defects(String evidence) {
    if (evidence.matches("not: \\S.{9,}")) {
      return List.of();
    }
    List<String> named =
        NAMED.matcher(evidence).results().map((MatchResult match) -> match.group(1)).toList();
    if (!evidence.equals("`" + String.join("`, `", named) + "`")) {
      return List.of("neither tests nor a reason: " + evidence);
    }
    return named.stream()
        .filter(name -> !TESTS.contains(name))
        .map(name -> "no such test: " + name)
        .toList();
  }

  private static boolean isRow(String line) {
    return line.startsWith("|") && !line.startsWith("| ---") && !line.startsWith("| Section |");
  }

  @Test
  void everyRow_hasTestsThatExist_orAReason() throws IOException {
    List<String> lines = Files.readAllLines(TOP.resolve("docs/rfc-coverage.md"));
    assertThat(lines.stream().filter(RfcCoverageTest::isRow)).hasSizeGreaterThan(200);
    assertThat(defects(lines)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          | §1 | rule | `RfcCoverageTest#noSuchMethod` |; no such test
          | §1 | rule | `NoSuchTest#everyRow_hasTestsThatExist_orAReason` |; no such test
          | §1 | rule | `RfcCoverageTest#tests` |; no such test
          | §1 | rule | `scenario:no-such-scenario` |; no such test
          | §1 | rule | `scenario:ee-311`, `scenario:nothing` |; no such test
          | §1 | rule | |; neither
          | §1 | rule |; not section
          | §1 | | `scenario:ee-311` |; not section
          | §1 | rule | not: |; neither
          | §1 | rule | `scenario:ee-311` and more |; neither
          | §1 | rule | scenario:ee-311 |; neither
          """)
  void wrongRow_isADefect(String row, String defect) {
    assertThat(defects(List.of(row))).singleElement().asString().startsWith(defect);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          | §1 | rule | `scenario:ee-311` |
          | §1 | rule | `RfcCoverageTest#wrongRow_isADefect`, `scenario:ee-311` |
          | §1 | rule | not: it is somebody else's |
          """)
  void rightRow_isNone(String row) {
    assertThat(defects(List.of(row))).isEmpty();
  }
}
