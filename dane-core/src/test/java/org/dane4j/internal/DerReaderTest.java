// SPDX-License-Identifier: Apache-2.0
package org.dane4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DerReaderTest {

  @Test
  void lengthsAreDefiniteAndShortest() throws Exception {
    assertThat(DerReader.over(hex("0403616263")).read().content().length()).isEqualTo(3);
    assertThat(DerReader.over(hex("048180" + "00".repeat(128))).read().content().length())
        .isEqualTo(128);
    malformed("0480", "length");
    malformed("04810161", "shortest");
    malformed("0482008000", "shortest");
    malformed("04850000000001", "length");
    malformed("0484ffffffff", "longer than");
    malformed("0402", "longer than");
    malformed("04", "cut off");
    malformed("1f0100", "more than one octet");
  }

  @Test
  void anotherTagThanExpectedIsNamed() {
    assertThatExceptionOfType(MalformedDerException.class)
        .isThrownBy(() -> DerReader.over(hex("0400")).read(DerElement.SEQUENCE))
        .withMessageContaining("30")
        .withMessageContaining("04");
    assertThatExceptionOfType(MalformedDerException.class)
        .isThrownBy(() -> DerReader.over(hex("")).read(DerElement.SEQUENCE))
        .withMessageContaining("the end");
  }

  @Test
  void nestingIsLimited() {
    String threeDeep = "3004" + "3002" + "3000";
    assertThatNoException().isThrownBy(() -> DerReader.requireNested(hex(threeDeep), 3));
    assertThatExceptionOfType(MalformedDerException.class)
        .isThrownBy(() -> DerReader.requireNested(hex(threeDeep), 2))
        .withMessageContaining("deep");
  }

  private static void malformed(String hex, String problem) {
    assertThatExceptionOfType(MalformedDerException.class)
        .isThrownBy(() -> DerReader.over(hex(hex)).read())
        .withMessageContaining(problem);
  }

  private static DerSlice hex(String hex) {
    return DerSlice.owning(HexFormat.of().parseHex(hex));
  }
}
