// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Holds the validator against Unbound's replay files. Files that say nothing about a validator are
 * listed with a reason; one that is listed and passes fails the run, so that the list stays true.
 * Any other file runs; if it fails by what is no validator's work, {@link Excuses} says so.
 */
class UnboundReplayTest {

  private static final Path REPORT = Path.of("target", "conformance", "unbound.tsv");
  private static final String DIVERGENCES = "unbound-divergences.tsv";

  private static final String BREAKDOWN = "the run breaks down: ";

  /** Results by file, each as word and reason. */
  private static final Map<String, String[]> RESULTS = new TreeMap<>();

  @TestFactory
  Stream<DynamicTest> replay() throws IOException {
    Optional<Path> directory = directory();
    Assumptions.assumeTrue(
        directory.isPresent(),
        "no replay files: set -Ddane.conformance.unbound or DANE_CONFORMANCE");
    List<Path> files;
    try (Stream<Path> all = Files.list(directory.get())) {
      files = all.filter(file -> file.toString().matches(".*\\.c?rpl")).sorted().toList();
    }
    assertThat(files).as("replay files in %s", directory.get()).isNotEmpty();
    Map<String, String> divergences = divergences();
    return files.stream()
        .map(
            file -> {
              String name = file.getFileName().toString();
              return DynamicTest.dynamicTest(
                  name, file.toUri(), () -> play(file, divergences.get(name)));
            });
  }

  private static Optional<Path> directory() {
    String property = System.getProperty("dane.conformance.unbound");
    if (property != null) {
      // Whoever names a directory wants it to be run, and not to be told that there is none.
      return Optional.of(Path.of(property));
    }
    return Optional.ofNullable(System.getenv("DANE_CONFORMANCE"))
        .map(variable -> Path.of(variable, "unbound"))
        .filter(Files::isDirectory);
  }

  private static void play(Path file, @Nullable String divergence) {
    String name = file.getFileName().toString();
    List<String> lines = read(file);
    List<String> complaints = complaints(lines);
    Optional<String> excuse = excuse(lines, complaints);
    if (excuse.isPresent()) {
      note(name, "skip", excuse.get());
      Assumptions.abort(excuse.get());
    }
    if (divergence != null) {
      boolean passes = complaints.isEmpty();
      note(name, passes ? "fail" : "skip", passes ? "listed, and passes" : divergence);
      assertThat(complaints).as("%s passes, and is listed: %s", name, divergence).isNotEmpty();
      Assumptions.abort(divergence);
    }
    note(name, complaints.isEmpty() ? "pass" : "fail", String.join(" | ", complaints));
    assertThat(complaints).as(name).isEmpty();
  }

  private static List<String> read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> complaints(List<String> lines) {
    try {
      return Dialogue.play(ReplayParser.parse(lines));
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      return List.of(BREAKDOWN + e);
    }
  }

  /** A file at which a run breaks down has no excuse. */
  private static Optional<String> excuse(List<String> lines, List<String> complaints) {
    return complaints.isEmpty() || complaints.get(0).startsWith(BREAKDOWN)
        ? Optional.empty()
        : Excuses.of(lines, ReplayParser.parse(lines), complaints);
  }

  private static void note(String file, String result, String reason) {
    RESULTS.put(file, new String[] {result, reason.replaceAll("\\s+", " ")});
  }

  private static Map<String, String> divergences() throws IOException {
    Map<String, String> divergences = new LinkedHashMap<>();
    try (InputStream in = UnboundReplayTest.class.getResourceAsStream(DIVERGENCES)) {
      if (in == null) {
        throw new IOException("no " + DIVERGENCES);
      }
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split("\t", 2))
          .forEach(parts -> divergences.put(parts[0], parts[1]));
    }
    return divergences;
  }

  @AfterAll
  static void report() throws IOException {
    if (RESULTS.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder();
    RESULTS.forEach(
        (file, result) ->
            text.append(file).append('\t').append(String.join("\t", result)).append('\n'));
    Files.createDirectories(REPORT.getParent());
    Files.writeString(REPORT, text);
    System.out.printf(
        "unbound replays: %d passed, %d failed, %d skipped%n",
        count("pass"), count("fail"), count("skip"));
  }

  private static long count(String result) {
    return RESULTS.values().stream().filter(one -> one[0].equals(result)).count();
  }
}
