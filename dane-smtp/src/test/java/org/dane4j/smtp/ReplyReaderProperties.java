// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Replies are read the same however they arrive, and whatever arrives. */
class ReplyReaderProperties {

  /** A stream that gives out a few octets at a time. */
  private static InputStream inPieces(byte[] octets, int size) {
    return new ByteArrayInputStream(octets) {
      @Override
      public synchronized int read(byte[] buffer, int offset, int length) {
        return super.read(buffer, offset, Math.min(length, size));
      }
    };
  }

  /** The replies, and how it ended. */
  private static List<String> read(InputStream in) {
    List<String> read = new ArrayList<>();
    ReplyReader reader = new ReplyReader(in);
    try {
      while (true) {
        SmtpReply reply = reader.read();
        assertThat(reply.code()).isBetween(200, 599);
        assertThat(reply.lines()).isNotEmpty().hasSizeLessThanOrEqualTo(128);
        assertThat(reply.toString().chars()).allMatch(c -> c >= ' ' && c < 0x7f);
        read.add(reply.toString());
      }
    } catch (IOException e) {
      read.add(e.getClass().getSimpleName());
      return read;
    }
  }

  @Provide
  Arbitrary<byte[]> octets() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "250 ok\r\n", "250-more\r\n", "250", "354 go\n", "5", "\r", "\n", " ", "-", "\0", "x");
    return Arbitraries.oneOf(
        pieces
            .list()
            .ofMaxSize(40)
            .map(list -> String.join("", list).getBytes(StandardCharsets.US_ASCII)),
        Arbitraries.bytes().array(byte[].class).ofMaxSize(200));
  }

  @Property
  void replies_doNotDependOnWhereTheyAreCut(
      @ForAll("octets") byte[] octets, @ForAll @IntRange(min = 1, max = 7) int size) {
    assertThat(read(inPieces(octets, size))).isEqualTo(read(new ByteArrayInputStream(octets)));
  }

  @SuppressWarnings("InputStreamSlowMultibyteRead") // It counts octet by octet.
  @Property(tries = 20)
  void repliesWithoutEnd_areNotReadToTheEnd(@ForAll boolean lines) {
    byte[] piece = (lines ? "250-x\r\n" : "250-x").getBytes(StandardCharsets.US_ASCII);
    List<Integer> given = new ArrayList<>();
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            given.add(1);
            return piece[(given.size() - 1) % piece.length];
          }
        };
    assertThat(read(endless)).containsExactly("MalformedReplyException");
    assertThat(given).hasSizeLessThan(10_000);
  }
}
