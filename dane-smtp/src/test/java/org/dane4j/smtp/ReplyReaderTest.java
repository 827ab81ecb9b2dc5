// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {

  private static ReplyReader over(String text) {
    return new ReplyReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void reply_hasCodeAndLines() throws IOException {
    SmtpReply reply = over("250-mx.example\r\n250-STARTTLS\r\n250 8BITMIME\r\n").read();
    assertThat(reply.code()).isEqualTo(250);
    assertThat(reply.lines()).containsExactly("mx.example", "STARTTLS", "8BITMIME");
  }

  @Test
  void replies_areReadOneByOne() throws IOException {
    ReplyReader reader = over("220 hello\r\n250\r\n");
    assertThat(reader.read()).hasToString("220 hello");
    assertThat(reader.hasMore()).isTrue();
    assertThat(reader.read().code()).isEqualTo(250);
    assertThat(reader.hasMore()).isFalse();
    assertThatThrownBy(reader::read).isInstanceOf(ConnectionEndedException.class);
  }

  @Test
  void lineFeedAlone_endsALineToo() throws IOException {
    assertThat(over("220 hello\n").read().lines()).containsExactly("hello");
  }

  @Test
  void controlCharacters_doNotComeThrough() throws IOException {
    assertThat(over("250 a\u001b[31m\u0007b\u00ffc\rd\r\n").read().lines())
        .containsExactly("a?[31m?b?c?d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello\r\n",
        "25\r\n",
        "2500 ok\r\n",
        "250x ok\r\n",
        "150 no\r\n",
        "650 no\r\n",
        "\r\n",
        "250-a\r\n251 b\r\n",
        "\u0000\u0001\u0002\r\n"
      })
  void anythingElse_isMalformed(String text) {
    assertThatThrownBy(() -> over(text).read()).isInstanceOf(MalformedReplyException.class);
  }

  @Test
  void endlessLines_areRefused() {
    assertThatThrownBy(() -> over("250 " + "x".repeat(100_000)).read())
        .isInstanceOf(MalformedReplyException.class)
        .hasMessageContaining("octets");
    assertThatThrownBy(() -> over("250-x\r\n".repeat(1000)).read())
        .isInstanceOf(MalformedReplyException.class)
        .hasMessageContaining("lines");
  }

  @Test
  void enhancedStatus_isFoundWhereThereIsOne() throws IOException {
    // RFC 2034 §4
    assertThat(over("550 5.7.1 no\r\n").read().enhancedStatus()).contains("5.7.1");
    assertThat(over("250 ok 2.0.0\r\n").read().enhancedStatus()).isEmpty();
    assertThat(over("250 2.0.0\r\n").read().enhancedStatus()).contains("2.0.0");
  }
}
