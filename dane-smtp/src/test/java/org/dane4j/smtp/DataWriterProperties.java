// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;

/** What is sent as DATA, whatever the message is. */
class DataWriterProperties {

  private static String send(String message, int blockSize) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DataWriter writer = new DataWriter();
    byte[] octets = message.getBytes(StandardCharsets.ISO_8859_1);
    for (int at = 0; at < octets.length; at += blockSize) {
      int length = Math.min(blockSize, octets.length - at);
      byte[] block = new byte[length];
      System.arraycopy(octets, at, block, 0, length);
      writer.encode(block, length);
      out.write(writer.encoded());
      writer.discard();
    }
    writer.endLastLine();
    out.write(writer.encoded());
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  /**
   * What a server makes of it: lines end with CRLF, a leading dot is taken off (RFC 5321 §4.5.2).
   */
  private static String receive(String sent) {
    StringBuilder message = new StringBuilder();
    for (String line : sent.split("\r\n", -1)) {
      message.append(line.startsWith(".") ? line.substring(1) : line).append('\n');
    }
    return message.substring(0, message.length() - 1);
  }

  @Property
  void message_arrivesAsItWas_butForLineEnds(
      @ForAll @Chars({'\r', '\n', '.', 'a'}) @CharRange(from = 'x', to = 'z') String message,
      @ForAll @IntRange(min = 1, max = 5) int blockSize)
      throws IOException {
    String normal = message.replace("\r\n", "\n").replace('\r', '\n');
    String ended = normal.isEmpty() || normal.endsWith("\n") ? normal : normal + "\n";
    assertThat(receive(send(message, blockSize))).isEqualTo(ended);
  }

  @Property
  void messageCannotEndItself(
      @ForAll @Chars({'\r', '\n', '.', 'a'}) String message,
      @ForAll @IntRange(min = 1, max = 5) int blockSize)
      throws IOException {
    String sent = send(message, blockSize);
    // Neither what RFC 5321 §4.1.1.4 takes for the end, nor what lenient servers do.
    assertThat("\r\n" + sent).doesNotContain("\r\n.\r\n");
    assertThat(sent.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
  }

  @Example
  void emptyMessage_isEmpty() throws IOException {
    assertThat(send("", 1)).isEmpty();
  }
}
