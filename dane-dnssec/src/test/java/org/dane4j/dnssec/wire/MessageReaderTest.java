// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** Messages that are made to be read slowly, or not to end. */
class MessageReaderTest {

  private static final int QUESTION_NAME = 12;

  /** A response, octet by octet. */
  private static final class Draft {

    private final ByteArrayOutputStream octets = new ByteArrayOutputStream();

    Draft(int questions, int answers) {
      u16(1).u16(0x8400).u16(questions).u16(answers).u16(0).u16(0);
      octets.writeBytes(new byte[] {1, 'q', 0});
      u16(Type.A).u16(1);
    }

    Draft u16(int number) {
      octets.write(number >>> 8);
      octets.write(number);
      return this;
    }

    Draft label(String label) {
      octets.write(label.length());
      octets.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
      return this;
    }

    Draft pointer(int target) {
      return u16(0xc000 | target);
    }

    /** What follows an owner's name, with RDATA of some length still to come. */
    Draft record(int type, int length) {
      return u16(type).u16(1).u16(0).u16(60).u16(length);
    }

    int size() {
      return octets.size();
    }

    byte[] wire() {
      return octets.toByteArray();
    }
  }

  private static void assertRefused(Draft draft, String why) {
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> MessageReader.read(draft.wire()))
        .withMessageContaining(why);
  }

  /** A message with a name that is so many pointers, and ends in the question's. */
  private static Draft pointers(int count) {
    Draft draft = new Draft(1, 2).pointer(QUESTION_NAME).record(99, 2 * count);
    int previous = QUESTION_NAME;
    for (int i = 0; i < count; i++) {
      int here = draft.size();
      draft.pointer(previous);
      previous = here;
    }
    return draft.pointer(previous).record(Type.A, 0);
  }

  @Test
  void pointersToPointers_endAtTheNumberOfLabelsThatANameCanHave() throws Exception {
    assertThat(MessageReader.read(pointers(126).wire()).answer().get(1).owner()).hasToString("q.");
    assertRefused(pointers(127), "bad domain name");
  }

  @Test
  void pointerToItself_isNoName() {
    Draft draft = new Draft(1, 1);
    assertRefused(draft.pointer(draft.size()).record(Type.A, 0), "bad domain name");
  }

  @Test
  void moreThanTcpCanCarry_isNoMessage() {
    // RFC 1035 §4.2.2
    Draft draft = new Draft(1, 2);
    for (int i = 0; i < 2; i++) {
      draft.pointer(QUESTION_NAME).record(99, 33_000);
      draft.octets.writeBytes(new byte[33_000]);
    }
    assertRefused(draft, "longer than 65535");
  }

  @Test
  void countsOfMoreThanAMessageHolds_areRefusedBeforeReading() {
    assertRefused(new Draft(0xffff, 0), "records");
    assertRefused(new Draft(1, 0xffff), "records");
    assertRefused(new Draft(1, 1), "bad domain name");
  }

  private static long fastestReading(byte[] message) throws MalformedMessageException {
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < 7; i++) {
      long start = System.nanoTime();
      assertThat(MessageReader.read(message).answer()).hasSize(1700);
      fastest = Math.min(fastest, System.nanoTime() - start);
    }
    return fastest;
  }

  /** Different owners, of two syllables; a hash code of theirs is a sum over octets. */
  private static byte[] owners(String one, String other) {
    Draft draft = new Draft(1, 1700);
    for (int i = 0; i < 1700; i++) {
      StringBuilder label = new StringBuilder();
      for (int bit = 0; bit < 12; bit++) {
        label.append((i >> bit & 1) == 0 ? one : other);
      }
      draft.label(label.toString()).pointer(QUESTION_NAME).record(Type.A, 0);
    }
    return draft.wire();
  }

  @Test
  void ownersWithEqualHashCodes_areReadAsFastAsOthers() throws Exception {
    // 9 * 'a' + 'j' is 9 * 'b' + 'a': a map that cannot sort them looks at all of them each time.
    long usual = fastestReading(owners("aj", "bb"));
    assertThat(fastestReading(owners("aj", "ba"))).isLessThan(200 * usual);
  }
}
