// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Type;

/**
 * The chains of RFC 9102 Appendix A, from the root zone to a TLSA record. The files are not part of
 * this project: their folder is given by {@code -Ddane.conformance.rfc9102=DIR}, or found in the
 * folder that {@code DANE_CONFORMANCE} names.
 */
class RfcChainExamplesTest {

  private static final Instant AT = Instant.parse("2019-10-02T07:06:40Z");

  @ParameterizedTest
  @CsvSource({
    "a1.txt, _443._tcp.www.example.com, SECURE_DATA",
    "a2.txt, _25._tcp.example.com, SECURE_DATA",
    "a3.txt, _25._tcp.example.org, SECURE_DATA",
    "a4.txt, _443._tcp.www.example.org, SECURE_DATA",
    "a5.txt, _443._tcp.www.example.net, SECURE_DATA",
    "a6.txt, _25._tcp.smtp.example.com, SECURE_NXDOMAIN",
    "a7.txt, _25._tcp.smtp.example.org, SECURE_NXDOMAIN",
    "a8.txt, _443._tcp.www.insecure.example, INSECURE_NXDOMAIN"
  })
  void chain_hasTheVerdictThatTheRfcGives(String file, String name, Verdicts expected)
      throws IOException {
    RecordBag chain = RecordBag.parse(Files.readString(folder().resolve(file)));
    String anchor = Files.readString(folder().resolve("trust-anchor.txt"));
    ChainValidator validator = ChainValidator.trusting(TrustAnchors.parse(anchor));
    Question question = Question.of(name, Type.TLSA);
    ValidationResult result = chain.judge(validator, question, AT);
    assertThat(Verdicts.of(result)).as(result.explanation()).isEqualTo(expected);
    ValidationResult later = chain.judge(validator, question, AT.plusSeconds(2 * 366 * 86400));
    assertThat(later).as("two years later").isInstanceOf(ValidationResult.Bogus.class);
  }

  private static Path folder() {
    String property = System.getProperty("dane.conformance.rfc9102");
    String variable = System.getenv("DANE_CONFORMANCE");
    return Optional.ofNullable(property)
        .map(Path::of)
        .or(() -> Optional.ofNullable(variable).map(folder -> Path.of(folder, "rfc9102")))
        .orElseGet(
            () ->
                Assumptions.abort(
                    "the chains of RFC 9102 are not here: set DANE_CONFORMANCE"
                        + " or -Ddane.conformance.rfc9102"));
  }
}
