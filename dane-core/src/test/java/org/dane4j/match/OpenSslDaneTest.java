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
import org.dane4j.match.OpenSslDaneCase.Outcome;
import org.dane4j.tlsa.CertificateUsage;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * OpenSSL's own DANE cases, which are not part of this project: the file is given by {@code
 * -Ddane.conformance.openssl=FILE}, or found in the folder that {@code DANE_CONFORMANCE} names. Its
 * PKIX anchors are in {@code danetest.pem}, beside it or in that folder.
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
    TlsaMatcher matcher = TlsaMatcher.forTls(anchors(file.get()));
    return cases.stream().map(c -> dynamicTest("case " + c.number(), () -> run(c, matcher)));
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

  private static void run(OpenSslDaneCase given, TlsaMatcher matcher) {
    MatchResult result =
        (given.daneEeNames() ? matcher.checkingNamesWithDaneEe() : matcher)
            .match(
                TlsaRrset.of(
                    TlsaOwnerName.smtp(SERVER), given.records().toArray(new TlsaRecord[0])),
                PeerChain.ofDer(given.certificates()),
                ReferenceIdentifiers.of(SERVER),
                NOW);
    Optional<Outcome> actual = actual(result, given);
    boolean same = actual.equals(Optional.of(given.wanted()));
    String got = actual.map(Outcome::toString).orElse("another mismatch");
    add(given, same ? "pass" : "fail", same ? got : "wanted " + given.wanted() + ", got " + got);
    assertThat(actual).as(result.explanation()).contains(given.wanted());
  }

  /** What OpenSSL would call the result. */
  private static Optional<Outcome> actual(MatchResult result, OpenSslDaneCase given) {
    if (result instanceof MatchResult.Matched matched) {
      return Optional.of(new Outcome(OpenSslDaneCase.OK, matched.authentication().depth()));
    }
    if (!(result instanceof MatchResult.Unmatched unmatched)) {
      return Optional.empty();
    }
    if (unmatched.mismatch() instanceof NameMismatch wrongName) {
      return Optional.of(
          new Outcome(OpenSslDaneCase.HOSTNAME_MISMATCH, depth(wrongName, unmatched)));
    }
    if (unmatched.mismatch() instanceof TrustPathMismatch.NoPkixPath noPath) {
      return Optional.of(
          new Outcome(
              OpenSslDaneCase.UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
              given.certificates().indexOf(noPath.named().der())));
    }
    return unmatched.mismatch() instanceof AssociationMismatch
        ? Optional.of(new Outcome(OpenSslDaneCase.DANE_NO_MATCH, -1))
        : Optional.empty();
  }

  /** Which certificate on the path the record is about. */
  private static int depth(NameMismatch mismatch, MatchResult.Unmatched unmatched) {
    TlsaRecord record =
        unmatched.outcomes().stream()
            .filter(o -> o instanceof RecordOutcome.Refused r && r.mismatch().equals(mismatch))
            .map(RecordOutcome::record)
            .findFirst()
            .orElseThrow();
    boolean endEntity =
        record.usage().equals(CertificateUsage.DANE_EE)
            || record.usage().equals(CertificateUsage.PKIX_EE);
    if (endEntity || record.usage().equals(CertificateUsage.DANE_TA)) {
      return endEntity ? 0 : mismatch.path().size() - 1;
    }
    List<DigestAlgorithm> digests = List.of(DigestAlgorithm.SHA2_512, DigestAlgorithm.SHA2_256);
    for (int depth = 1; depth < mismatch.path().size(); depth++) {
      if (new SelectedData(mismatch.path().get(depth), digests)
          .associationData(record)
          .equals(Optional.of(record.associationData()))) {
        return depth;
      }
    }
    return -1;
  }

  private static Optional<Path> file() {
    String property = System.getProperty(PROPERTY);
    return property == null
        ? folder().map(folder -> folder.resolve("danetest-given.in"))
        : Optional.of(Path.of(property));
  }

  private static Optional<Path> folder() {
    return Optional.ofNullable(System.getenv(VARIABLE)).map(folder -> Path.of(folder, "openssl"));
  }

  private static PkixAnchors anchors(Path cases) throws IOException {
    Path beside = cases.resolveSibling("danetest.pem");
    Path store = Files.exists(beside) ? beside : folder().orElseThrow().resolve("danetest.pem");
    return PkixAnchors.ofDer(OpenSslDaneCase.pem(Files.readAllLines(store)));
  }

  private static void add(OpenSslDaneCase given, String outcome, String reason) {
    RESULTS.add(List.of(given.number(), outcome, reason));
  }

  private static long count(String outcome) {
    return RESULTS.stream().filter(row -> row.get(1).equals(outcome)).count();
  }
}
