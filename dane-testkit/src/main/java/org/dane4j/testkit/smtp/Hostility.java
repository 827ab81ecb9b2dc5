// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.smtp;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Ways to be a bad mail server, by name. What breaks off or falls silent somewhere is rather a
 * {@link SmtpAction#drop} or {@link SmtpAction#stall} at a {@link SmtpStep}.
 */
public enum Hostility implements Consumer<MailServerBuilder> {
  /** STARTTLS is not offered and not known: it was stripped, or never there. */
  NO_STARTTLS,
  /** STARTTLS is not offered, but would work. */
  HIDDEN_STARTTLS,
  /** STARTTLS is offered and refused for now, with 454. */
  STARTTLS_REFUSED_454,
  /** STARTTLS is offered and then not known, with 502. */
  STARTTLS_REFUSED_502,
  /** After the 220 for STARTTLS the connection is closed. */
  STARTTLS_THEN_CLOSE,
  /** After the 220 for STARTTLS comes plain text in place of the handshake. */
  STARTTLS_THEN_PLAIN_TEXT,
  /** In the same segment as the 220 for STARTTLS come replies in plain text; then TLS begins. */
  STARTTLS_INJECTION,
  /** After the 220 for STARTTLS the server says nothing. */
  STARTTLS_THEN_SILENCE,
  /** The handshake fails because there is no cipher suite in common. */
  NO_COMMON_CIPHER_SUITE,
  /** Only HELO is known. */
  HELO_ONLY,
  /** The reply to EHLO has lines without end. */
  ENDLESS_REPLY_LINES,
  /** The reply to EHLO is one line without end. */
  ENDLESS_REPLY_LINE,
  /** All octets from 0 to 255 take the place of the greeting. */
  BINARY_GARBAGE,
  /** The greeting begins with something else than a number. */
  REPLY_WITHOUT_NUMBER,
  /** All replies come one octet at a time. */
  DRIP;

  @Override
  public void accept(MailServerBuilder builder) {
    switch (this) {
      case NO_STARTTLS -> builder.withoutStartTls();
      case HIDDEN_STARTTLS -> builder.hidingStartTls();
      case STARTTLS_REFUSED_454 ->
          startTls(builder, SmtpAction.reply("454 4.7.0 TLS not available"));
      case STARTTLS_REFUSED_502 -> startTls(builder, SmtpAction.reply("502 5.5.1 Not implemented"));
      case STARTTLS_THEN_CLOSE -> startTls(builder, SmtpAction.dropAfterReply());
      case STARTTLS_THEN_PLAIN_TEXT ->
          startTls(builder, SmtpAction.thenPlainText("250 never mind, go on in plain text\r\n"));
      case STARTTLS_INJECTION ->
          startTls(builder, SmtpAction.inject("250-injected.test\r\n250 AUTH PLAIN\r\n"));
      case STARTTLS_THEN_SILENCE -> builder.at(SmtpStep.TLS_HANDSHAKE, SmtpAction.stall());
      case NO_COMMON_CIPHER_SUITE -> builder.withoutCommonCipherSuite();
      case HELO_ONLY -> builder.heloOnly();
      case ENDLESS_REPLY_LINES -> builder.at(SmtpStep.EHLO, SmtpAction.endlessLines());
      case ENDLESS_REPLY_LINE -> builder.at(SmtpStep.EHLO, SmtpAction.endlessLine());
      case BINARY_GARBAGE -> builder.at(SmtpStep.GREETING, SmtpAction.raw(allOctets() + "\r\n"));
      case REPLY_WITHOUT_NUMBER ->
          builder.at(SmtpStep.GREETING, SmtpAction.raw("2x0 welcome\r\nwelcome\r\n"));
      case DRIP -> builder.dripping(Duration.ZERO);
    }
  }

  private static void startTls(MailServerBuilder builder, SmtpAction action) {
    builder.at(SmtpStep.STARTTLS, action);
  }

  private static String allOctets() {
    return IntStream.range(0, 256)
        .mapToObj(octet -> String.valueOf((char) octet))
        .collect(Collectors.joining());
  }
}
