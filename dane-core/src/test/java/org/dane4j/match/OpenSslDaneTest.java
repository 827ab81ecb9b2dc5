// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * OpenSSL's own DANE cases, which are not part of this project: the file is given by {@code
 * -Ddane.conformance.openssl=FILE}, or found in the folder that {@code DANE_CONFORMANCE} names.
 */
class OpenSslDaneTest {

  private static final String PROPERTY = "dane.conformance.openssl";
  private static final String VARIABLE = "DANE_CONFORMANCE";

  /** OpenSSL takes the wall clock; the certificates are valid from 2015 to 2116 and beyond. */
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  private static final String SERVER = "example.com";
  private static final Path REPORT = Path.of("target", "conformance", "openssl.tsv");

  /** Case, pass or fail or skip, reason. */
  private static final List<List<String>> RESULTS = new ArrayList<>();

  @TestFactory
  Stream<DynamicTest> everyCaseOfOpenSsl() throws IOException {
    Optional<Path> file = file();
    if (file.isEmpty()) {
      return Stream.of(
          dynamicTest(
              "no cases",
              () ->
                  Assumptions.abort(
                      "OpenSSL's danetest.in is not here: set " + VARIABLE + " or -D" + PROPERTY)));
    }
    List<OpenSslDaneCase> cases = OpenSslDaneCase.parse(Files.readAllLines(file.get()));
    assertThat(cases).as("cases in " + file.get()).isNotEmpty();
    return cases.stream().map(c -> dynamicTest("case " + c.number(), () -> run(c)));
  }

  @AfterAll
  static void report() throws IOException {
    if (RESULTS.isEmpty()) {
      return;
    }
    Files.createDirectories(REPORT.getParent());
    Files.write(REPORT, RESULTS.stream().map(row -> String.join("\t", row)).toList());
    System.out.printf(
        "OpenSSL DANE cases: %s pass, %s fail, %s skip; see %s%n",
        count("pass"), count("fail"), count("skip"), REPORT);
  }

  private static void run(OpenSslDaneCase given) {
    if (given.hasPkixUsage()) {
      String reason = "usages 0 and 1 need PKIX anchors: not in the SMTP matcher";
      add(given, "skip", reason);
      Assumptions.abort(reason);
    }
    MatchResult result =
        TlsaMatcher.forSmtp()
            .match(
                TlsaRrset.of(
                    TlsaOwnerName.smtp(SERVER), given.records().toArray(new TlsaRecord[0])),
                PeerChain.ofDer(given.certificates()),
                ReferenceIdentifiers.of(SERVER),
                NOW);
    String wanted = wanted(given);
    String actual = actual(result);
    boolean same = wanted.equals(actual);
    add(given, same ? "pass" : "fail", same ? actual : "wanted " + wanted + ", got " + actual);
    assertThat(actual).as(result.explanation()).isEqualTo(wanted);
  }

  private static String wanted(OpenSslDaneCase given) {
    return switch (given.wanted()) {
      case OpenSslDaneCase.OK -> "match at depth " + given.depth();
      case OpenSslDaneCase.HOSTNAME_MISMATCH -> "name mismatch";
      default -> "no match";
    };
  }

  private static String actual(MatchResult result) {
    if (result instanceof MatchResult.Matched matched) {
      return "match at depth " + matched.authentication().depth();
    }
    return result instanceof MatchResult.Unmatched unmatched
            && unmatched.mismatch() instanceof NameMismatch
        ? "name mismatch"
        : "no match";
  }

  private static Optional<Path> file() {
    String property = System.getProperty(PROPERTY);
    if (property != null) {
      return Optional.of(Path.of(property));
    }
    return Optional.ofNullable(System.getenv(VARIABLE))
        .map(folder -> Path.of(folder, "openssl", "danetest-given.in"));
  }

  private static void add(OpenSslDaneCase given, String outcome, String reason) {
    RESULTS.add(List.of(given.number(), outcome, reason));
  }

  private static long count(String outcome) {
    return RESULTS.stream().filter(row -> row.get(1).equals(outcome)).count();
  }
}
