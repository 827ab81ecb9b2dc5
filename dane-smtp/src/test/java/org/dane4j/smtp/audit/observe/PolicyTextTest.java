// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy.Fetched;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8461 §3.2 */
class PolicyTextTest {

  private static final String GOOD = "version: STSv1\nmode: enforce\nmx: mx.a.test\nmax_age: 86400";

  private static Fetched parse(String text) throws IOException {
    return PolicyText.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void linesEndEitherWay_theLastOneOrNot(String end) throws IOException {
    Fetched expected = new Fetched("enforce", 604800, List.of("mail.example.com", "*.example.net"));
    String text =
        String.join(
            end,
            "version: STSv1",
            "mode: enforce ",
            "mx: mail.example.com",
            "mx:*.example.net",
            "max_age: 604800");
    assertThat(parse(text)).isEqualTo(expected);
    assertThat(parse(text + end)).isEqualTo(expected);
  }

  @Test
  void unknownFields_areIgnored_inUtf8Too() throws IOException {
    assertThat(parse(GOOD + "\nx-note.1: gr\u00fc\u00dfe an alle").mode()).isEqualTo("enforce");
  }

  @Test
  void repeatedFields_countOnce_theFirst() throws IOException {
    assertThat(parse(GOOD + "\nmode: none\nmax_age: 1"))
        .isEqualTo(new Fetched("enforce", 86400, List.of("mx.a.test")));
  }

  @Test
  void modeNone_needsNoMx() throws IOException {
    assertThat(parse("version: STSv1\nmode: none\nmax_age: 0").mx()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "mode: enforce\nmx: a.test\nmax_age: 1",
        "version: STSv2\nmode: enforce\nmx: a.test\nmax_age: 1",
        "version: stsv1\nmode: enforce\nmx: a.test\nmax_age: 1",
        "Version: STSv1\nmode: enforce\nmx: a.test\nmax_age: 1",
        "version: STSv1\nmode: Enforce\nmx: a.test\nmax_age: 1",
        "version: STSv1\nmx: a.test\nmax_age: 1",
        "version: STSv1\nmode: testing\nmax_age: 1",
        "version: STSv1\nmode: enforce\nmx: a.test",
        "version: STSv1\nmode: enforce\nmx: a.test\nmax_age: 31557601",
        "version: STSv1\nmode: enforce\nmx: a.test\nmax_age: 99999999999999999999",
        "version: STSv1\nmode: enforce\nmx: a.test\nmax_age: -1",
        "version: STSv1\nmode: enforce\nmx: a.test\nmax_age: 1 day",
        "version: STSv1\nmode: enforce\nmx: *\nmax_age: 1",
        "version: STSv1\nmode: enforce\nmx: a.*.test\nmax_age: 1",
        "version: STSv1\nmode: enforce\nmx: a.test.\nmax_age: 1",
        "version: STSv1\nmode: enforce\nmx: a.test, b.test\nmax_age: 1",
        "version: STSv1\nmode: enforce\nmx: m\u00fc.test\nmax_age: 1",
        "version: STSv1\n\nmode: enforce\nmx: a.test\nmax_age: 1",
        "version: STSv1\nmode: enforce\nmx: a.test\nmax_age: 1\n\n",
        "version: STSv1\nmode: enforce\nmx: a.test\nmax_age: 1\nnonsense",
        "<html>version: STSv1</html>",
      })
  void whatIsNoPolicy_isNone(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("null");
  }

  @Test
  void octetsThatAreNotUtf8_areNoPolicy() {
    byte[] octets = (GOOD + "\nx: \u00ff").getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> PolicyText.parse(octets)).isInstanceOf(IOException.class);
  }

  @Test
  @Timeout(value = 5, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void textMadeToTakeLong_isRefusedAtOnce() {
    assertThatThrownBy(() -> parse("version: STSv1\nx:" + " ".repeat(60_000) + "\u0000"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> parse(GOOD + "\nmx: " + "a.".repeat(30_000) + "a"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> parse(GOOD + "\n" + "x".repeat(60_000)))
        .satisfies(it -> assertThat(it.getMessage()).hasSizeLessThan(300));
  }
}
