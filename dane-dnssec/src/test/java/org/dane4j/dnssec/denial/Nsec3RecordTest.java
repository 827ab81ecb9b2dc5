// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.denial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.utils.base32;

/** NSEC3 records, octet by octet. */
class Nsec3RecordTest {

  private static final base32 BASE32 = new base32(base32.Alphabet.BASE32HEX, false, true);
  private static final Name ZONE = Name.fromConstantString("example.");

  /** A hash whose last octet is given, and whose others are 0x50. */
  private static byte[] hash(int last) {
    byte[] hash = new byte[20];
    Arrays.fill(hash, (byte) 0x50);
    hash[19] = (byte) last;
    return hash;
  }

  private static Name owner(int last) {
    return Name.fromConstantString(BASE32.toString(hash(last)) + ".example.");
  }

  /** Hash 1, flags, 0x0102 iterations, salt ab, a next hash, types A and RRSIG. */
  private static byte[] rdata(int flags, int next) {
    HexFormat hex = HexFormat.of();
    String before = "01" + hex.toHexDigits((byte) flags) + "0102" + "01ab" + "14";
    return hex.parseHex(before + hex.formatHex(hash(next)) + "0006400000000002");
  }

  private static Nsec3 record(int owner, int next) {
    return Objects.requireNonNull(Nsec3.read(owner(owner), rdata(0, next), ZONE));
  }

  @Test
  void record_hasItsFieldsFromItsOctets() {
    Nsec3 record = Objects.requireNonNull(Nsec3.read(owner(7), rdata(1, 9), ZONE));
    assertThat(record.owner()).isEqualTo(owner(7));
    assertThat(record.parameters().iterations()).isEqualTo(0x0102);
    assertThat(record.parameters().salt().toHex()).isEqualTo("ab");
    assertThat(record.optOut()).isTrue();
    assertThat(record.matches(hash(7))).isTrue();
    assertThat(record.matches(hash(9))).isFalse();
    assertThat(record).hasToString(owner(7) + " NSEC3 opt-out A RRSIG");
    assertThat(record(7, 9)).hasToString(owner(7) + " NSEC3 A RRSIG");
  }

  @ParameterizedTest
  @CsvSource({
    "10, 20, 15, true",
    "10, 20, 10, false",
    "10, 20, 20, false",
    "10, 20, 9, false",
    "10, 20, 21, false",
    "20, 10, 25, true",
    "20, 10, 5, true",
    "20, 10, 20, false",
    "20, 10, 10, false",
    "20, 10, 15, false",
    "10, 10, 11, true",
    "10, 10, 9, true",
    "10, 10, 10, false",
    "127, 200, 150, true"
  })
  void span_isStrictlyBetweenOwnerAndNext_andMayWrap(
      int owner, int next, int hash, boolean covered) {
    // RFC 5155 §1.3, §7.1
    assertThat(record(owner, next).covers(hash(hash))).isEqualTo(covered);
  }

  @Test
  void rdataThatIsCutOff_isNone() {
    byte[] rdata = rdata(0, 9);
    int withoutTypes = 7 + 20;
    for (int length = 0; length < rdata.length; length++) {
      Nsec3 record = Nsec3.read(owner(7), Arrays.copyOf(rdata, length), ZONE);
      assertThat(record != null).as(length + " octets").isEqualTo(length == withoutTypes);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 0x80, 0xfe})
  void unknownFlags_areIgnoredWithTheirRecord(int flags) {
    // RFC 5155 §8.2
    assertThat(Nsec3.read(owner(7), rdata(flags, 9), ZONE)).isNull();
  }

  @Test
  void unknownHashAlgorithms_areIgnoredWithTheirRecord() {
    // RFC 5155 §8.1
    byte[] rdata = rdata(0, 9);
    rdata[0] = 2;
    assertThat(Nsec3.read(owner(7), rdata, ZONE)).isNull();
  }

  @Test
  void nextHashOfAnotherLength_isNone() {
    byte[] rdata = rdata(0, 9);
    rdata[6] = 19;
    assertThat(Nsec3.read(owner(7), rdata, ZONE)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.",
        "short.example.",
        "a.0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example.",
        "0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.other.",
        "wp9mhaveqvm6t7vbl5lop2u3t2rp3tom.example.",
        "0p9mhaveqvm6t7vbl5lop2u3t2rp3tomx.example."
      })
  void ownerThatIsNoHashBelowTheZone_isNone(String owner) {
    assertThat(Nsec3.read(Name.fromConstantString(owner), rdata(0, 9), ZONE)).isNull();
  }
}
