// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import org.dane4j.dnssec.wire.Rrsig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Thirty-two bits of seconds: they turn negative in 2038 and begin anew in 2106 (RFC 1982). */
class SignatureTimeTest {

  private static Rrsig rrsig(long inception, long expiration) {
    String hex = "00100d02" + "00000e10" + octets(expiration) + octets(inception) + "000100ff";
    return Objects.requireNonNull(Rrsig.read(HexFormat.of().parseHex(hex)));
  }

  private static String octets(long seconds) {
    return HexFormat.of().toHexDigits((int) seconds);
  }

  @ParameterizedTest
  @CsvSource({"0x7fffffff", "0x80000000", "0x80000001", "0xffffffff", "0x100000000", "0x100000001"})
  void period_isRightWhereTheNumbersTurn(String seconds) {
    // RFC 4034 §3.1.5
    long now = Long.decode(seconds);
    Instant at = Instant.ofEpochSecond(now);
    assertThat(SignatureTime.objection(rrsig(now - 100, now + 100), at)).isNull();
    assertReason(rrsig(now - 100, now - 1), at, BogusReason.EXPIRED);
    assertReason(rrsig(now + 1, now + 100), at, BogusReason.NOT_YET_VALID);
    assertReason(rrsig(now + 100, now - 100), at, BogusReason.VALIDITY_EMPTY);
  }

  private static void assertReason(Rrsig rrsig, Instant at, BogusReason reason) {
    assertThat(Objects.requireNonNull(SignatureTime.objection(rrsig, at)).reason())
        .isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource({"0xffffffff", "0x100000000"})
  void lifetime_endsWithTheSignature_whereTheNumbersTurn(String seconds) {
    long now = Long.decode(seconds);
    Instant at = Instant.ofEpochSecond(now);
    assertThat(SignatureTime.validUntil(86_400, rrsig(now - 9, now + 5), at))
        .isEqualTo(at.plusSeconds(5));
  }

  @Test
  void period_mayBeOneSecond() {
    // RFC 4035 §5.3.1: inception and expiration are both within it.
    Instant at = Instant.ofEpochSecond(1_777_777_777);
    long now = at.getEpochSecond();
    assertThat(SignatureTime.objection(rrsig(now, now), at)).isNull();
    assertReason(rrsig(now, now), at.plusSeconds(1), BogusReason.EXPIRED);
    assertReason(rrsig(now, now), at.minusSeconds(1), BogusReason.NOT_YET_VALID);
  }
}
