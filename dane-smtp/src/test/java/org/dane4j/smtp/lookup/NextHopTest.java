// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextHopTest {

  @Test
  void domain_isADomainWhateverItsCaseAndDot() {
    assertThat(NextHop.of("Example.ORG")).isEqualTo(NextHop.of("example.org."));
    assertThat(NextHop.of("example.org").withPort(2525)).hasToString("example.org:2525");
  }

  @Test
  void literal_isAnAddress() {
    assertThat(NextHop.of("[192.0.2.1]")).hasToString("[192.0.2.1]:25");
    assertThat(NextHop.of("[IPv6:2001:db8::1]")).isInstanceOf(NextHop.Literal.class);
  }

  @Test
  void host_isConfigured() {
    assertThat(NextHop.host("relay.example", 587)).hasToString("[relay.example]:587");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "a..b",
        "-\u00fc.example",
        "m\u00fcnchen.example",
        "a b.example",
        "[192.0.2]",
        "[mx.example]",
        "192.0.2.1",
        "_25._tcp.mx.example",
        "a\r\nb.example",
        "a@b.example",
        "<a.example>",
        "a.example/x"
      })
  void nonsense_isRefusedWithAdvice(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NextHop.of(text))
        .withMessageContaining("'");
  }

  @Test
  void tooLongNames_areRefused() {
    String label = "a".repeat(63);
    String longest = String.join(".", label, label, label, "b".repeat(45));
    assertThat(NextHop.of(longest)).isInstanceOf(NextHop.Domain.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NextHop.of(longest + "b".repeat(10)))
        .withMessageContaining("'");
  }

  @Test
  void ports_areChecked() {
    assertThatIllegalArgumentException().isThrownBy(() -> NextHop.of("a.example").withPort(0));
    assertThatIllegalArgumentException().isThrownBy(() -> NextHop.host("a.example", 65536));
  }
}
