// SPDX-License-Identifier: Apache-2.0
package org.dane4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class DomainNamesTest {

  @Test
  void labelsAreOfLettersDigitsHyphensAndUnderscores() {
    String allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    for (char c = 0; c < 0x180; c++) {
      assertThat(DomainNames.isHostName("x" + c)).isEqualTo(allowed.indexOf(c) >= 0);
    }
  }

  // RFC 1035 §2.3.4
  @Test
  void labelsAndNamesHaveTheirGreatestLengths() {
    String label = "a".repeat(63);
    assertThat(DomainNames.isHostName(label)).isTrue();
    assertThat(DomainNames.isHostName(label + "a")).isFalse();
    String name = String.join(".", label, label, label, "a".repeat(61));
    assertThat(name).hasSize(DomainNames.MAX_LENGTH);
    assertThat(DomainNames.isHostName(name)).isTrue();
    assertThat(DomainNames.isHostName(name + "a")).isFalse();
  }

  @Test
  void noLabelIsEmpty() {
    assertThat(DomainNames.isHostName("")).isFalse();
    assertThat(DomainNames.isHostName("a.")).isFalse();
    assertThat(DomainNames.isHostName(".a")).isFalse();
    assertThat(DomainNames.isHostName("a..b")).isFalse();
  }

  @Test
  void whatIsNotAsciiNeedsALabels() {
    refused("a\u0080", "A-labels");
    refused("a\u007f", "letters, digits");
  }

  @Test
  void addressesAreNoNames() {
    refused("::1", "address");
    refused(":", "address");
    refused("10.0.0.1", "address");
    assertThat(DomainNames.normalize("10.0.0.1.example")).isEqualTo("10.0.0.1.example");
  }

  private static void refused(String name, String advice) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DomainNames.normalize(name))
        .withMessageContaining(advice);
  }
}
