// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.dane4j.smtp.Envelope.Returned;
import org.dane4j.smtp.Outcome.Delivered;
import org.dane4j.smtp.Outcome.Rejected;
import org.dane4j.smtp.Recipient.Notify;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * SIZE, 8BITMIME, SMTPUTF8 and DSN: what is said where they are offered, and where they are not.
 */
class MailExtensionsTest {

  private static final Envelope ANN_TO_BOB = Envelope.from("ann@s.test").to("bob@r.test");
  private static final MailMessage HELLO = MailMessage.of("Subject: x\n\nhello\n");

  private static List<String> envelopeCommands(
      Envelope envelope, MailMessage message, String... extensions) {
    try (ScriptedServer server =
        new ScriptedServer(line -> ScriptedServer.politely(line, extensions))) {
      assertThat(server.send(envelope, message).values())
          .isNotEmpty()
          .allMatch(Delivered.class::isInstance);
      return server.lines().stream()
          .filter(line -> line.startsWith("MAIL") || line.startsWith("RCPT"))
          .toList();
    }
  }

  private static Outcome outcome(Envelope envelope, MailMessage message, String... extensions) {
    try (ScriptedServer server =
        new ScriptedServer(line -> ScriptedServer.politely(line, extensions))) {
      Outcome outcome = server.send(envelope, message).values().iterator().next();
      assertThat(server.lines()).noneMatch(line -> line.startsWith("MAIL"));
      return outcome;
    }
  }

  private static void assertRejected(@Nullable Outcome outcome, String status) {
    assertThat(outcome)
        .isInstanceOfSatisfying(Rejected.class, it -> assertThat(it.status()).isEqualTo(status));
  }

  @Test
  void size_isThatOfTheLinesAsTheyAreSent() {
    // RFC 1870 §6: line ends count as two octets, doubled dots as one.
    assertThat(envelopeCommands(ANN_TO_BOB, MailMessage.of("A: b\n\n.x"), "SIZE 1000"))
        .containsExactly("MAIL FROM:<ann@s.test> SIZE=12", "RCPT TO:<bob@r.test>");
  }

  @Test
  void messageAboveTheLimit_isRejectedWithoutBeingSent() {
    assertRejected(outcome(ANN_TO_BOB, HELLO, "SIZE 20"), "5.3.4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SIZE", "SIZE 0", "SIZE x", "SIZE -1", "SIZE 99999999999999999999"})
  void limitThatIsNone_doesNotLimit(String size) {
    assertThat(envelopeCommands(ANN_TO_BOB, HELLO, size)).hasSize(2);
  }

  @Test
  void eightBitBody_isAnnounced() {
    assertThat(envelopeCommands(ANN_TO_BOB, MailMessage.of("A: b\n\n\u00fc\n"), "8BITMIME"))
        .containsExactly("MAIL FROM:<ann@s.test> BODY=8BITMIME", "RCPT TO:<bob@r.test>");
  }

  @Test
  void eightBitBody_isNotSentToAServerThatDoesNotOfferIt() {
    assertRejected(outcome(ANN_TO_BOB, MailMessage.of("A: b\n\n\u00fc\n")), "5.6.3");
  }

  @Test
  void eightBitBody_isSentAnywayIfThatIsWanted() {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer::politely)) {
      DeliveryResult result =
          ScriptedServer.client()
              .eightBitMail(EightBitMail.SEND)
              .build()
              .deliver(ANN_TO_BOB, MailMessage.of("A: b\n\n\u00fc\n"), server.hop());
      assertThat(result.isDeliveredToAll()).isTrue();
      assertThat(server.content()).endsWith("\u00fc");
      assertThat(server.lines()).contains("MAIL FROM:<ann@s.test>");
    }
  }

  @Test
  void utf8Header_needsSmtpUtf8() {
    MailMessage message = MailMessage.of("Subject: \u00fc\n\nx\n");
    assertRejected(outcome(ANN_TO_BOB, message, "8BITMIME"), "5.6.9");
    assertThat(envelopeCommands(ANN_TO_BOB, message, "8BITMIME", "SMTPUTF8"))
        .containsExactly("MAIL FROM:<ann@s.test> BODY=8BITMIME SMTPUTF8", "RCPT TO:<bob@r.test>");
  }

  @Test
  void utf8Address_needsSmtpUtf8_forItselfAlone() {
    Envelope envelope = Envelope.from("ann@s.test").to("b\u00f6b@r.test");
    assertRejected(outcome(envelope, HELLO), "5.6.7");
    assertThat(envelopeCommands(envelope, HELLO, "SMTPUTF8"))
        .containsExactly("MAIL FROM:<ann@s.test> SMTPUTF8", "RCPT TO:<b\u00f6b@r.test>");
    try (ScriptedServer server = new ScriptedServer(ScriptedServer::politely)) {
      Map<String, Outcome> outcomes = server.send(envelope.to("bob@r.test"), HELLO);
      assertRejected(outcomes.get("b\u00f6b@r.test"), "5.6.7");
      assertThat(outcomes.get("bob@r.test")).isInstanceOf(Delivered.class);
    }
  }

  @Test
  void reports_areAskedForWhereTheServerOffersDsn() {
    Envelope envelope =
        Envelope.from("ann@s.test")
            .returning(Returned.HEADERS)
            .identified("a+b=c d")
            .to(
                Recipient.of("bob@r.test")
                    .notifying(Notify.SUCCESS, Notify.FAILURE)
                    .originally("rfc822;b+o=b@r.test"));
    assertThat(envelopeCommands(envelope, HELLO, "DSN"))
        .containsExactly(
            "MAIL FROM:<ann@s.test> RET=HDRS ENVID=a+2Bb+3Dc+20d",
            "RCPT TO:<bob@r.test> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;b+2Bo+3Db@r.test");
    assertThat(envelopeCommands(envelope, HELLO))
        .containsExactly("MAIL FROM:<ann@s.test>", "RCPT TO:<bob@r.test>");
  }

  @Test
  void whoReports_isTold() {
    assertThat(reports("DSN")).isEqualTo(ReportDuty.SERVER);
    assertThat(reports()).isEqualTo(ReportDuty.SENDER);
  }

  private static ReportDuty reports(String... extensions) {
    try (ScriptedServer server =
        new ScriptedServer(line -> ScriptedServer.politely(line, extensions))) {
      Outcome outcome = server.send(ANN_TO_BOB, HELLO).values().iterator().next();
      return ((Delivered) outcome).reports();
    }
  }
}
