// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.denial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

/** The field of types that NSEC and NSEC3 share (RFC 4034 §4.1.2). */
class TypeBitmapTest {

  private static TypeBitmap read(String hex) {
    return Objects.requireNonNull(TypeBitmap.read(HexFormat.of().parseHex(hex), 0));
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "000140, A",
    "000180, TYPE0",
    "00200000000000000000000000000000000000000000000000000000000000000001, ANY",
    "000140010180, A URI",
    "ff0101, TYPE65287",
    "000100, ''"
  })
  void types_areReadFromTheirWindows(String hex, String expected) {
    assertThat(read(hex)).hasToString(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00",
        "0000",
        "0001",
        "000240",
        "0021000000000000000000000000000000000000000000000000000000000000000001",
        "000140000140",
        "010140000140",
        "00014001"
      })
  void fieldThatIsNotWellFormed_isNone(String hex) {
    assertThat(TypeBitmap.read(HexFormat.of().parseHex(hex), 0)).isNull();
  }

  @Test
  void field_beginsAtItsOffset() {
    byte[] rdata = HexFormat.of().parseHex("ffff000140");
    assertThat(Objects.requireNonNull(TypeBitmap.read(rdata, 2)).has(Type.A)).isTrue();
    assertThat(TypeBitmap.read(rdata, 5)).hasToString("");
  }

  @ParameterizedTest
  @CsvSource({
    // bits: 40 A, 20 NS, 04 CNAME, 02 SOA
    "000140, 28, true",
    "000140, 1, false",
    "000104, 28, false",
    "000120, 28, false",
    "000122, 28, true",
    "000120, 43, true",
    "000122, 43, false"
  })
  void bitmapDenies_whatItDoesNotHaveOnItsSideOfACut(String hex, int type, boolean denied) {
    // RFC 6840 §4.1, RFC 4035 §5.2
    assertThat(read(hex).denies(type, false)).isEqualTo(denied);
  }

  @Test
  void rootHasNoParent_soItsOwnRecordDeniesDs() {
    assertThat(read("000122").denies(Type.DS, true)).isTrue();
    assertThat(read("000122").denies(Type.NS, true)).isFalse();
  }
}
