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

  @Test
  void implicitTls_isPartOfTheHost_atEveryPort() {
    // RFC 8314 §3.3
    NextHop relay = NextHop.implicitTls("relay.example", 465);
    assertThat(relay).hasToString("[relay.example]:465 (implicit TLS)");
    assertThat(relay).isNotEqualTo(NextHop.host("relay.example", 465));
    assertThat(relay.withPort(8465)).isEqualTo(NextHop.implicitTls("relay.example", 8465));
    assertThat(NextHop.host("relay.example", 25).withPort(587))
        .isEqualTo(NextHop.host("relay.example", 587));
  }

  @Test
  void submission_isOfADomain_andHasNoPort() {
    assertThat(NextHop.submission("Example.ORG")).isEqualTo(NextHop.submission("example.org."));
    assertThat(NextHop.submission("example.org")).hasToString("submission for example.org");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NextHop.submission("example.org").withPort(587))
        .withMessageContaining("NextHop.host");
    assertThatIllegalArgumentException().isThrownBy(() -> NextHop.submission("[192.0.2.1]"));
    assertThatIllegalArgumentException().isThrownBy(() -> NextHop.submission(""));
  }

  @Test
  void domainTooLongForSrvRecords_hasNoSubmission() {
    String label = "a".repeat(63);
    String longest = String.join(".", label, label, label, "b".repeat(43));
    assertThat(NextHop.submission(longest)).isInstanceOf(NextHop.Submission.class);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NextHop.submission(longest + "b"))
        .withMessageContaining("too long");
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
    assertThatIllegalArgumentException().isThrownBy(() -> NextHop.host(text, 25));
    assertThatIllegalArgumentException().isThrownBy(() -> NextHop.submission(text));
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
    assertThatIllegalArgumentException().isThrownBy(() -> NextHop.of("[192.0.2.1]").withPort(0));
    for (int port : new int[] {1, 65535}) {
      assertThat(NextHop.host("a.example", port)).hasToString("[a.example]:" + port);
    }
  }
}
