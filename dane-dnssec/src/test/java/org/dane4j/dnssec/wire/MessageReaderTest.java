// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

  @Test
  void twoNsecRecordsOfOneName_areOfTwoZones_andMoreAreOfNone() throws Exception {
    // RFC 4035 §2.3: of each zone, one.
    for (int count = 1; count <= 4; count++) {
      Draft draft = new Draft(1, count);
      for (int i = 0; i < count; i++) {
        draft
            .pointer(QUESTION_NAME)
            .record(Type.NSEC, 3)
            .octets
            .writeBytes(new byte[] {1, (byte) ('a' + i), 0});
      }
      assertThat(MessageReader.read(draft.wire()).answer())
          .as("%s records", count)
          .hasSize(count == 2 ? 2 : 1);
    }
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

  @Test
  void whatIsNoResponseToAQuery_isRefused() {
    // RFC 1035 §4.1.1
    byte[] response = new Draft(1, 0).wire();
    assertThat(refusal(with(response, 2, 0x00))).contains("not a response");
    for (int opcode = 1; opcode < 16; opcode++) {
      assertThat(refusal(with(response, 2, 0x80 | opcode << 3))).contains("not a response");
    }
    assertThat(refusal(Arrays.copyOf(response, 11))).contains("shorter");
    assertThat(refusal(new byte[0])).contains("shorter");
    assertThat(refusal(Arrays.copyOf(response, response.length - 1))).contains("cut off");
  }

  private static byte[] with(byte[] message, int offset, int octet) {
    byte[] changed = message.clone();
    changed[offset] = (byte) octet;
    return changed;
  }

  private static String refusal(byte[] message) {
    try {
      return "no refusal, but " + MessageReader.read(message);
    } catch (MalformedMessageException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void headerAlone_isAResponseWithoutAQuestion() throws Exception {
    byte[] header = new byte[12];
    header[2] = (byte) 0x80;
    WireMessage message = MessageReader.read(header);
    assertThat(message.questionName()).isNull();
    assertThat(message.truncated()).isFalse();
    assertThat(message.signed()).isFalse();
    assertThat(message.rcode()).isZero();
    assertThat(MessageReader.read(with(header, 2, 0x82)).truncated()).isTrue();
    assertThat(MessageReader.read(with(header, 3, 0xf3)).rcode()).isEqualTo(3);
  }

  @Test
  void extendedResponseCode_hasItsUpperBitsInOpt() throws Exception {
    // RFC 6891 §6.1.3
    Draft draft = new Draft(1, 1);
    draft.octets.write(0);
    draft.u16(Type.OPT).u16(1232).u16(0x1200).u16(0x8000).u16(0);
    byte[] wire = with(draft.wire(), 3, 5);
    WireMessage message = MessageReader.read(wire);
    assertThat(message.rcode()).isEqualTo(0x125);
    assertThat(message.answer()).isEmpty();
  }

  @Test
  void onlyRecordsOfClassIn_areThere() throws Exception {
    Draft draft = new Draft(1, 2);
    draft.pointer(QUESTION_NAME).u16(Type.TXT).u16(3).u16(0).u16(60).u16(0);
    draft.pointer(QUESTION_NAME).u16(Type.A).u16(1).u16(0x0001).u16(60).u16(0);
    assertThat(MessageReader.read(draft.wire()).answer())
        .singleElement()
        .matches(rrset -> rrset.type() == Type.A && rrset.ttl() == 0x1003c);
  }

  @Test
  void ttl_isTheLeastOfItsRrset_andNoneIfItsFirstBitIsSet() throws Exception {
    // RFC 2181 §5.2 and §8
    assertThat(ttl(0x7fff, 0x0001)).isEqualTo(0x0001_003cL);
    assertThat(ttl(0x0001, 0x7fff)).isEqualTo(0x0001_003cL);
    assertThat(ttl(0x7fff, 0x7fff)).isEqualTo(0x7fff_003cL);
    assertThat(ttl(0x8000, 0x7fff)).isZero();
  }

  private static long ttl(int one, int other) throws MalformedMessageException {
    Draft draft = new Draft(1, 2);
    draft.pointer(QUESTION_NAME).u16(99).u16(1).u16(one).u16(60).u16(1).label("");
    draft.pointer(QUESTION_NAME).u16(99).u16(1).u16(other).u16(60).u16(0);
    SignedRrset rrset = MessageReader.read(draft.wire()).answer().get(0);
    assertThat(rrset.rdata()).hasSize(2);
    return rrset.ttl();
  }

  @Test
  void equalRecords_areOne_andAMalformedOneIsNoted() throws Exception {
    Draft draft = new Draft(1, 4);
    for (int i = 0; i < 2; i++) {
      draft.pointer(QUESTION_NAME).record(99, 1).label("");
    }
    draft.pointer(QUESTION_NAME).record(Type.MX, 1).label("");
    draft.pointer(QUESTION_NAME).record(Type.MX, 3).u16(10).label("");
    WireMessage message = MessageReader.read(draft.wire());
    assertThat(message.answer()).hasSize(2);
    assertThat(message.answer().get(0).rdata()).hasSize(1);
    assertThat(message.answer().get(0).malformed()).isFalse();
    assertThat(message.answer().get(1).rdata()).hasSize(1);
    assertThat(message.answer().get(1).malformed()).isTrue();
  }

  @Test
  void severalQuestions_areNone() throws Exception {
    // RFC 9619
    byte[] two = new Draft(2, 0).pointer(QUESTION_NAME).u16(Type.A).u16(1).wire();
    assertThat(MessageReader.read(two).questionName()).isNull();
    byte[] one = new Draft(1, 0).wire();
    assertThat(MessageReader.read(one).questionName()).hasToString("q.");
    byte[] otherClass = with(one, one.length - 1, 3);
    assertThat(MessageReader.read(otherClass).questionName()).isNull();
  }

  @Test
  void asManyRecordsAsAllowed_andNoMore() throws Exception {
    Draft draft = new Draft(1, MessageReader.MAX_RECORDS - 1);
    for (int i = 0; i < MessageReader.MAX_RECORDS - 1; i++) {
      draft.pointer(QUESTION_NAME).record(99, 0);
    }
    assertThat(MessageReader.read(draft.wire()).answer()).hasSize(1);
    assertRefused(new Draft(1, MessageReader.MAX_RECORDS), "more than 4096 records");
  }
}
