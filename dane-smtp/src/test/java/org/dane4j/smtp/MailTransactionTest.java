// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.Envelope.Returned;
import org.dane4j.smtp.Outcome.Deferred;
import org.dane4j.smtp.Outcome.Delivered;
import org.dane4j.smtp.Outcome.Rejected;
import org.dane4j.smtp.Outcome.Unknown;
import org.dane4j.smtp.Recipient.Notify;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said to one server in a mail transaction, and what is made of its replies. */
class MailTransactionTest {

  private static final Envelope ANN_TO_BOB = Envelope.from("ann@s.test").to("bob@r.test");
  private static final MailMessage HELLO = MailMessage.of("Subject: x\n\nhello\n");

  private static SmtpClient.Builder client() {
    // Nobody is asked about an address literal.
    DnssecResolver nobody =
        DnssecResolver.builder(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9))
            .trustAnchors(TrustAnchors.iana())
            .build();
    return SmtpClient.builder(nobody)
        .heloName("client.test")
        .timeouts(SmtpTimeouts.of(Duration.ofSeconds(2)));
  }

  private static Map<String, Outcome> send(
      ScriptedServer server, Envelope envelope, MailMessage message) {
    return client().build().deliver(envelope, message, server.hop()).recipients().stream()
        .collect(Collectors.toMap(RecipientResult::recipient, RecipientResult::outcome));
  }

  private static Outcome sendOne(UnaryOperator<String> script) {
    try (ScriptedServer server = new ScriptedServer(script)) {
      return Objects.requireNonNull(send(server, ANN_TO_BOB, HELLO).get("bob@r.test"));
    }
  }

  // ------ PIPELINING ------

  @Test
  void commandsOfATransaction_goTogetherIfTheServerOffersPipelining() {
    List<String> waiting = new ArrayList<>();
    // It does not answer until it has DATA.
    UnaryOperator<String> script =
        line -> {
          if (line.startsWith("MAIL") || line.startsWith("RCPT")) {
            waiting.add("250 ok");
            return "";
          }
          String reply = ScriptedServer.politely(line, "PIPELINING");
          return line.equals("DATA") ? String.join("\r\n", waiting) + "\r\n" + reply : reply;
        };
    try (ScriptedServer server = new ScriptedServer(script)) {
      Map<String, Outcome> outcomes =
          send(server, Envelope.from("ann@s.test").to("a@r.test", "b@r.test"), HELLO);
      assertThat(outcomes.values()).hasSize(2).allMatch(Delivered.class::isInstance);
    }
  }

  @Test
  void withoutPipelining_nothingIsSaidAfterARefusal() {
    try (ScriptedServer server =
        new ScriptedServer(
            line -> line.startsWith("MAIL") ? "550 5.7.1 no" : ScriptedServer.politely(line))) {
      assertThat(send(server, ANN_TO_BOB, HELLO).get("bob@r.test")).isInstanceOf(Rejected.class);
      assertThat(server.lines()).noneMatch(line -> line.startsWith("RCPT") || line.equals("DATA"));
    }
  }

  @Test
  void manyRecipients_goInGroupsThatFitTheWindow() {
    String[] addresses =
        IntStream.range(0, 250)
            .mapToObj(i -> "recipient-with-a-rather-long-local-part-" + i + "@r.test")
            .toArray(String[]::new);
    try (ScriptedServer server =
        new ScriptedServer(line -> ScriptedServer.politely(line, "PIPELINING"))) {
      Map<String, Outcome> outcomes =
          send(server, Envelope.from("ann@s.test").to(addresses), HELLO);
      assertThat(outcomes.values()).hasSize(250).allMatch(Delivered.class::isInstance);
      // RFC 5321 §4.5.3.1.8: a hundred at a time.
      assertThat(server.lines().stream().filter("DATA"::equals)).hasSize(3);
      assertThat(server.lines().stream().filter(line -> line.startsWith("RCPT"))).hasSize(250);
    }
  }

  @Test
  void refusedSender_decides_whateverTheServerSaysToRcpt() {
    UnaryOperator<String> script =
        line ->
            switch (line.substring(0, Math.min(4, line.length()))) {
              case "MAIL" -> "451 4.7.1 later";
              case "RCPT" -> "503 5.5.1 need MAIL first";
              case "DATA" -> "503 5.5.1 need RCPT first";
              default -> ScriptedServer.politely(line, "PIPELINING");
            };
    assertThat(sendOne(script))
        .isInstanceOfSatisfying(Deferred.class, it -> assertThat(it.status()).isEqualTo("4.7.1"));
  }

  @Test
  void noRecipientButDataAccepted_endsWithASingleDot() {
    // RFC 2920 §3.1
    UnaryOperator<String> script =
        line ->
            line.startsWith("RCPT")
                ? "550 5.1.1 who?"
                : ScriptedServer.politely(line, "PIPELINING");
    try (ScriptedServer server = new ScriptedServer(script)) {
      assertThat(send(server, ANN_TO_BOB, HELLO).get("bob@r.test"))
          .isInstanceOfSatisfying(Rejected.class, it -> assertThat(it.status()).isEqualTo("5.1.1"));
      assertThat(server.content()).isEmpty();
      assertThat(server.lines()).containsSubsequence("DATA", ".", "QUIT");
    }
  }

  @Test
  void refusedSenderButAcceptedRecipient_getsNoEmptyMail() {
    UnaryOperator<String> script =
        line ->
            line.startsWith("MAIL") ? "550 5.7.1 no" : ScriptedServer.politely(line, "PIPELINING");
    try (ScriptedServer server = new ScriptedServer(script)) {
      assertThat(send(server, ANN_TO_BOB, HELLO).get("bob@r.test")).isInstanceOf(Rejected.class);
      assertThat(server.lines()).doesNotContain(".");
    }
  }

  // ------ Results ------

  @Test
  void eachRecipient_hasItsOwnResult() {
    UnaryOperator<String> script =
        line ->
            line.contains("<no@")
                ? "550 5.1.1 no"
                : line.contains("<later@")
                    ? "450 4.2.1 later"
                    : line.contains("<many@")
                        ? "552 too many"
                        : ScriptedServer.politely(line, "PIPELINING");
    try (ScriptedServer server = new ScriptedServer(script)) {
      Map<String, Outcome> outcomes =
          send(
              server,
              Envelope.from("").to("no@r.test", "later@r.test", "many@r.test", "yes@r.test"),
              HELLO);
      assertThat(outcomes.get("no@r.test")).isInstanceOf(Rejected.class);
      assertThat(outcomes.get("later@r.test")).isInstanceOf(Deferred.class);
      assertThat(outcomes.get("many@r.test")).isInstanceOf(Deferred.class);
      assertThat(outcomes.get("yes@r.test")).isInstanceOf(Delivered.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"EHLO", "MAIL", "RCPT", "DATA", "."})
  void server421_defers_whereverItComes(String step) {
    assertThat(
            sendOne(
                line ->
                    line.startsWith(step)
                        ? "421 4.3.2 going down"
                        : ScriptedServer.politely(line, "PIPELINING")))
        .isInstanceOfSatisfying(Deferred.class, it -> assertThat(it.status()).isEqualTo("4.3.2"));
  }

  @Test
  void replyBeforeTheFinalDot_isNotTakenForTheReplyToIt() {
    UnaryOperator<String> script =
        line ->
            switch (line.substring(0, Math.min(4, line.length()))) {
              case "DATA" -> "354 go on\r\n250 2.0.0 taken";
              case "." -> "554 5.6.0 no";
              default -> ScriptedServer.politely(line);
            };
    try (ScriptedServer server = new ScriptedServer(script)) {
      assertThat(send(server, ANN_TO_BOB, HELLO).get("bob@r.test")).isInstanceOf(Deferred.class);
      assertThat(server.lines()).doesNotContain(".");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"354 go on", "garbage", "25", "250-never ends\r\n251 so"})
  void nonsenseAfterTheFinalDot_leavesItOpenWhatBecameOfTheMail(String reply) {
    assertThat(sendOne(line -> line.equals(".") ? reply : ScriptedServer.politely(line)))
        .isInstanceOf(Unknown.class);
  }

  @Test
  void statusOfAnotherClass_isNotBelieved() {
    // RFC 2034 §4
    assertThat(
            sendOne(
                line -> line.startsWith("RCPT") ? "550 2.1.5 fine" : ScriptedServer.politely(line)))
        .isInstanceOfSatisfying(Rejected.class, it -> assertThat(it.status()).isEqualTo("5.0.0"));
  }

  // ------ Content ------

  @SuppressWarnings("InputStreamSlowMultibyteRead") // It counts octet by octet.
  private static MailMessage failingAfter(int octets, RuntimeException problem) {
    AtomicInteger opened = new AtomicInteger();
    String text = "Subject: x\n\n" + "hello\n".repeat(octets / 6);
    return () ->
        opened.getAndIncrement() == 0
            ? MailMessage.of(text).open()
            : new InputStream() {
              private final InputStream whole = MailMessage.of(text).open();
              private int left = octets;

              @Override
              public int read() throws IOException {
                if (left-- <= 0) {
                  throw problem;
                }
                return whole.read();
              }
            };
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 70_000})
  void messageThatBreaksOff_isNotEnded(int octets) {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer::politely)) {
      MailMessage broken =
          failingAfter(octets, new UncheckedIOException(new IOException("the disk is gone")));
      assertThat(send(server, ANN_TO_BOB, broken).get("bob@r.test"))
          .isInstanceOfSatisfying(
              Deferred.class, it -> assertThat(it.explanation()).contains("the disk is gone"));
      assertThat(server.lines()).contains("DATA").doesNotContain(".");
    }
  }

  @Test
  void messageThatIsShorterThanAnnounced_isNotEnded() {
    AtomicInteger opened = new AtomicInteger();
    MailMessage changing =
        () ->
            MailMessage.of(opened.getAndIncrement() == 0 ? "Subject: x\n\nall\n" : "Subject: x\n")
                .open();
    try (ScriptedServer server = new ScriptedServer(ScriptedServer::politely)) {
      assertThat(send(server, ANN_TO_BOB, changing).get("bob@r.test")).isInstanceOf(Deferred.class);
      assertThat(server.lines()).contains("DATA").doesNotContain(".");
    }
  }

  @Test
  void messageThatCannotBeOpened_meetsNoServer() {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer::politely)) {
      MailMessage gone =
          () -> {
            throw new IOException("no such file");
          };
      assertThat(send(server, ANN_TO_BOB, gone).get("bob@r.test")).isInstanceOf(Deferred.class);
      assertThat(server.lines()).isEmpty();
    }
  }

  // ------ SIZE, 8BITMIME, SMTPUTF8, DSN ------

  private static List<String> envelopeCommands(
      Envelope envelope, MailMessage message, String... extensions) {
    try (ScriptedServer server =
        new ScriptedServer(line -> ScriptedServer.politely(line, extensions))) {
      assertThat(send(server, envelope, message).values())
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
      Outcome outcome = send(server, envelope, message).values().iterator().next();
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
          client()
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
      Map<String, Outcome> outcomes = send(server, envelope.to("bob@r.test"), HELLO);
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
    assertThat(sendOne(line -> ScriptedServer.politely(line, "DSN")))
        .isInstanceOfSatisfying(
            Delivered.class, it -> assertThat(it.reports()).isEqualTo(ReportDuty.SERVER));
    assertThat(sendOne(ScriptedServer::politely))
        .isInstanceOfSatisfying(
            Delivered.class, it -> assertThat(it.reports()).isEqualTo(ReportDuty.SENDER));
  }
}
