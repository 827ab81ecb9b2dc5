// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;

/** Names to the octet: what is one, where it ends, and what a pointer may do. */
class WireNameTest {

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** A name of so many octets, of labels of 63 octets and a rest. */
  private static byte[] name(int octets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int left = octets - 1;
    while (left > 0) {
      int label = Math.min(63, left - 1);
      out.write(label);
      out.writeBytes(octets("x".repeat(label)));
      left -= 1 + label;
    }
    out.write(0);
    return out.toByteArray();
  }

  private static int copy(byte[] message, int offset, int limit, boolean compressed) {
    return WireName.copy(message, offset, limit, compressed, new ByteArrayOutputStream());
  }

  private static String copied(byte[] message, int offset) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(WireName.copy(message, offset, message.length, true, out)).isPositive();
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 64, 65, 254, 255})
  void nameOfUpTo255Octets_isOne(int length) {
    // RFC 1035 §3.1
    byte[] name = name(length);
    assertThat(name).hasSize(length);
    assertThat(WireName.end(name, 0)).isEqualTo(length);
    assertThat(copy(name, 0, length, false)).isEqualTo(length);
    Name read = Objects.requireNonNull(WireName.read(name, 0));
    assertThat(read.toWire()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 257, 320, 400})
  void longerName_isNone(int length) {
    byte[] name = name(length);
    assertThat(WireName.end(name, 0)).isNegative();
    assertThat(WireName.read(name, 0)).isNull();
    assertThat(copy(name, 0, length, true)).isNegative();
  }

  @Test
  void nameBehindOtherOctets_isFoundThere() {
    byte[] message = octets("..\1a\2bc\0..");
    assertThat(WireName.end(message, 2)).isEqualTo(8);
    assertThat(WireName.read(message, 2)).hasToString("a.bc.");
    assertThat(copy(message, 2, message.length, true)).isEqualTo(8);
  }

  @Test
  void labelOfMoreThan63Octets_isNone() {
    byte[] message = octets("\100" + "x".repeat(64) + "\0");
    assertThat(WireName.end(message, 0)).isNegative();
    assertThat(copy(message, 0, message.length, true)).isNegative();
    byte[] extended = octets("\200" + "x".repeat(128) + "\0");
    assertThat(WireName.end(extended, 0)).isNegative();
    assertThat(copy(extended, 0, extended.length, true)).isNegative();
  }

  @Test
  void nameThatIsCutOff_isNone() {
    byte[] message = octets("\1a\2bc\0");
    for (int length = 0; length < message.length; length++) {
      byte[] cut = Arrays.copyOf(message, length);
      assertThat(WireName.end(cut, 0)).as("%d", length).isNegative();
      assertThat(copy(cut, 0, length, true)).as("%d", length).isNegative();
      assertThat(copy(message, 0, length, true)).as("limit %d", length).isNegative();
    }
  }

  @Test
  void pointer_takesTheNameFromBefore_andEndsBehindItself() {
    // RFC 1035 §4.1.4
    byte[] message = octets("\1a\0\1b\300\0..");
    assertThat(copied(message, 3)).isEqualTo("\1b\1a\0");
    assertThat(copy(message, 3, message.length, true)).isEqualTo(7);
    assertThat(copy(message, 3, message.length, false)).as("where none may be").isNegative();
    assertThat(copy(message, 3, 6, true)).as("cut off").isNegative();
    assertThat(copy(message, 3, 7, true)).isEqualTo(7);
  }

  @Test
  void pointerThroughAPointer_endsBehindTheFirst() {
    byte[] message = octets("\1a\0\1b\300\0\1c\300\3..");
    assertThat(copied(message, 7)).isEqualTo("\1c\1b\1a\0");
    assertThat(copy(message, 7, message.length, true)).isEqualTo(11);
  }

  @Test
  void pointerFarBack_hasFourteenBits() {
    byte[] message = new byte[0x1234 + 20];
    byte[] name = octets("\1a\0");
    System.arraycopy(name, 0, message, 0x1234, 3);
    byte[] pointer = octets("\322\64");
    System.arraycopy(pointer, 0, message, 0x1234 + 10, 2);
    assertThat(copied(message, 0x1234 + 10)).isEqualTo("\1a\0");
  }

  @Test
  void pointerThatIsNotBackwards_isNone() {
    assertThat(copy(octets("\300\0"), 0, 2, true)).as("to itself").isNegative();
    assertThat(copy(octets("\300\2\0"), 0, 3, true)).as("forwards").isNegative();
    assertThat(copy(octets("\1a\300\0"), 0, 4, true)).as("around for ever").isNegative();
    assertThat(copy(octets("\1a\1b\300\2"), 0, 6, true)).isNegative();
  }

  @Test
  void nameBehindAPointer_endsWhereThePointerBegins() {
    // The label before the pointer would reach into the pointer itself.
    assertThat(copy(octets("\3ab\300\0"), 3, 5, true)).isNegative();
    assertThat(copied(octets("\2ab\0\300\0"), 4)).isEqualTo("\2ab\0");
  }

  @Test
  void nameWithPointers_isAlsoOf255OctetsAtMost() {
    byte[] tail = name(200);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(tail);
    out.writeBytes(octets("\66" + "y".repeat(54) + "\300\0"));
    assertThat(copy(out.toByteArray(), 200, out.size(), true)).isEqualTo(out.size());
    out.reset();
    out.writeBytes(tail);
    out.writeBytes(octets("\67" + "y".repeat(55) + "\300\0"));
    assertThat(copy(out.toByteArray(), 200, out.size(), true)).isNegative();
  }

  @Test
  void lowerCase_changesLettersOfItsRangeOnly() {
    byte[] octets = octets("AZ@[aZ\3A");
    WireName.lowerCase(octets, 1, 6);
    assertThat(octets).isEqualTo(octets("Az@[az\3A"));
  }
}
