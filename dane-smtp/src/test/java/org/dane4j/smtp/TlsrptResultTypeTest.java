// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.dane4j.match.TlsrptResultType;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names that TLS reports have for failures (RFC 8460 §4.3). */
class TlsrptResultTypeTest {

  @Test
  void everyCause_hasItsName_orNoneIfItIsNotAboutTls() {
    Map<Cause, String> names = new EnumMap<>(Cause.class);
    for (Cause cause : Cause.values()) {
      Failed failed = new Failed(cause, "", Optional.empty(), Optional.empty());
      names.put(cause, failed.tlsrptResultType().map(TlsrptResultType::toString).orElse(""));
    }
    assertThat(names)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry(Cause.ADDRESS_LOOKUP, "dnssec-invalid"),
                Map.entry(Cause.NO_ADDRESS, ""),
                Map.entry(Cause.TLSA_LOOKUP, "dnssec-invalid"),
                Map.entry(Cause.DANE_MANDATORY, "dane-required"),
                Map.entry(Cause.CONNECT, ""),
                Map.entry(Cause.GREETING, ""),
                Map.entry(Cause.EHLO, ""),
                Map.entry(Cause.STARTTLS_NOT_OFFERED, "starttls-not-supported"),
                Map.entry(Cause.STARTTLS_REFUSED, "starttls-not-supported"),
                Map.entry(Cause.PLAIN_TEXT_INJECTED, "validation-failure"),
                Map.entry(Cause.TLS_HANDSHAKE, "validation-failure"),
                Map.entry(Cause.DANE_MISMATCH, "validation-failure"),
                Map.entry(Cause.CERTIFICATE_NOT_TRUSTED, "certificate-not-trusted"),
                Map.entry(Cause.LOGIN, ""),
                Map.entry(Cause.CONNECTION_LOST, ""),
                Map.entry(Cause.MESSAGE_UNREADABLE, "")));
  }

  @ParameterizedTest
  @CsvSource({
    "starttls-stripped, starttls-not-supported",
    "ta-expired-leaf, certificate-expired",
    "ee-mismatch, validation-failure",
    "bogus-absence, dnssec-invalid",
    "ta-wrong-name, certificate-host-mismatch",
  })
  void mismatch_hasTheNameOfItsReason(String scenario, String name) {
    assertThat(FailureStatusTest.failure(scenario).tlsrptResultType().orElseThrow())
        .hasToString(name);
  }
}
