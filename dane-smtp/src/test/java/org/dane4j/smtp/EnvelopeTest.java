// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

  @Test
  void recipients_areKeptInOrder_eachOnce() {
    Envelope envelope =
        Envelope.from("a@s.example").to("b@r.example", "c@r.example").to("b@r.example");
    assertThat(envelope.recipients())
        .extracting(Recipient::address)
        .containsExactly("b@r.example", "c@r.example");
  }

  @Test
  void nullSender_isAllowed() {
    // RFC 5321 §4.5.5
    assertThat(Envelope.from("").sender()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "@r.example",
        "a@",
        "a@r.example> SIZE=1",
        "a b@r.example",
        "a@r.example\r\nDATA",
        "<a@r.example>",
        "a\u0000@r.example"
      })
  void whatCouldEndACommand_isRefused(String address) {
    assertThatIllegalArgumentException().isThrownBy(() -> Envelope.from("s@x.example").to(address));
    assertThatIllegalArgumentException().isThrownBy(() -> Envelope.from(address));
  }
}
