// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.dane4j.smtp.Recipient.Notify;
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
        "a\u0000@r.example",
        "a\u0085@r.example",
        "a\ud800@r.example"
      })
  void whatCouldEndACommand_isRefused(String address) {
    assertThatIllegalArgumentException().isThrownBy(() -> Envelope.from("s@x.example").to(address));
    assertThatIllegalArgumentException().isThrownBy(() -> Envelope.from(address));
  }

  @Test
  void longAddress_isMeasuredInOctets() {
    // RFC 5321 §4.5.3.1.3, RFC 6531 §3.3
    Envelope envelope = Envelope.from("");
    assertThat(envelope.to("\u00fc".repeat(122) + "@r.example").recipients()).hasSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> envelope.to("\u00fc".repeat(123) + "@r.example"));
  }

  @Test
  void never_standsAlone() {
    // RFC 3461 §4.1
    Recipient bob = Recipient.of("bob@r.example");
    assertThat(bob.notifying(Notify.NEVER).parameters()).isEqualTo(" NOTIFY=NEVER");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bob.notifying(Notify.NEVER, Notify.DELAY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "bob@r.example", "rfc822;", ";bob", "rfc822;b\u00f6b@r", "rfc822;b\r\nDATA"})
  void originalAddressOfAnotherForm_isRefused(String original) {
    Recipient bob = Recipient.of("bob@r.example");
    assertThatIllegalArgumentException().isThrownBy(() -> bob.originally(original));
  }

  @Test
  void reportsOfTooMuch_areRefused() {
    // RFC 3461 §4.2, §4.4: the bounds are for what is sent.
    Recipient bob = Recipient.of("bob@r.example");
    assertThat(bob.originally("rfc822;" + "a".repeat(493)).original()).isPresent();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bob.originally("rfc822;" + "+".repeat(165)));
    Envelope envelope = Envelope.from("");
    assertThat(envelope.identified("a".repeat(100)).id()).isPresent();
    assertThatIllegalArgumentException().isThrownBy(() -> envelope.identified("+".repeat(34)));
    assertThatIllegalArgumentException().isThrownBy(() -> envelope.identified("a\r\nDATA"));
    assertThatIllegalArgumentException().isThrownBy(() -> envelope.identified(""));
  }
}
