// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.dane4j.testkit.dns.DnsTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

/** Each verdict says what it is about, what it is, and why. */
class VerdictTextTest {

  private static final DnsTree TREE =
      DnsTree.at(Offline.AT)
          .zone(".")
          .zone("example.")
          .zone(
              "bank.example.",
              zone ->
                  zone.record(
                      """
                      m TXT one
                      m TXT two
                      four A 192.0.2.1
                      four A 192.0.2.2
                      four A 192.0.2.3
                      four A 192.0.2.4
                      five A 192.0.2.1
                      five A 192.0.2.2
                      five A 192.0.2.3
                      five A 192.0.2.4
                      five A 192.0.2.5
                      fits TXT %s
                      long TXT %s
                      alias CNAME m
                      dangling CNAME none"""
                          .formatted("x".repeat(100), "y".repeat(101))))
          .zone("open.example.", zone -> zone.unsigned().record("m TXT hello\nmx MX 10 m"))
          .build();

  private static String say(String name, int type) {
    return Offline.over(TREE).ask(name, type).explanation();
  }

  @Test
  void secureData_areShown_withTheirEnd() {
    ValidationResult.Secure secure =
        (ValidationResult.Secure) Offline.over(TREE).ask("m.bank.example.", Type.TXT);
    assertThat(secure.explanation())
        .isEqualTo(
            secure.question()
                + " is secure: one, two (until "
                + Explanation.seconds(secure.validUntil())
                + ").");
    assertThat(Explanation.seconds(Offline.AT.plusMillis(10))).isEqualTo(Offline.AT);
  }

  @Test
  void fewAndShortRecords_areShownWhole() {
    assertThat(say("four.bank.example.", Type.A)).contains("192.0.2.1, ").contains("192.0.2.4");
    assertThat(say("five.bank.example.", Type.A)).contains(": 5 records (").doesNotContain("192");
    assertThat(say("fits.bank.example.", Type.TXT)).contains(": " + "x".repeat(100) + " (");
    assertThat(say("long.bank.example.", Type.TXT)).contains(": " + "y".repeat(100) + "... (");
  }

  @Test
  void absence_isSaid() {
    assertThat(say("m.bank.example.", Type.A)).contains(" is secure: no such record (until ");
    assertThat(say("none.bank.example.", Type.A)).contains(": the name does not exist (until ");
  }

  @Test
  void endOfAnAlias_isNamed() {
    assertThat(say("alias.bank.example.", Type.TXT))
        .contains(": one, two at m.bank.example. (until ");
    assertThat(say("dangling.bank.example.", Type.TXT))
        .contains(": the name does not exist at none.bank.example. (until ");
  }

  @Test
  void insecureData_areNotVouchedFor_inOneSentence() {
    assertThat(say("m.open.example.", Type.TXT))
        .endsWith(
            " is insecure from open.example. on, as the parent zone proves that the delegation is not"
                + " signed; it says, unauthenticated: hello.");
    assertThat(say("mx.open.example.", Type.MX)).endsWith("unauthenticated: 10 m.open.example.");
  }

  @ParameterizedTest
  @EnumSource
  void reasonForInsecure_hasTheCodeOfRfc8914_ifThereIsOne(InsecureReason reason) {
    // RFC 8914 §4.2, §4.3, §4.28
    int code =
        switch (reason) {
          case UNSUPPORTED_ALGORITHM -> 1;
          case UNSUPPORTED_DIGEST -> 2;
          case NSEC3_ITERATIONS -> 27;
          default -> -1;
        };
    assertThat(reason.extendedError().orElse(-1)).isEqualTo(code);
    assertThat(reason.text()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
  void limit_mayBeZero_andNotLess(int index) {
    int[] limits = ValidationLimits.defaults().toArray();
    limits[index] = 0;
    assertThat(ValidationLimits.of(limits).toArray()[index]).isZero();
    limits[index] = -1;
    assertThatIllegalArgumentException().isThrownBy(() -> ValidationLimits.of(limits));
  }
}
