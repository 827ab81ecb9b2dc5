// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.dane4j.smtp.Outcome.Deferred;
import org.dane4j.smtp.Outcome.Delivered;
import org.dane4j.smtp.Outcome.Rejected;
import org.dane4j.smtp.Outcome.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said to one server in a mail transaction, and what is made of its replies. */
class MailTransactionTest {

  private static final Envelope ANN_TO_BOB = Envelope.from("ann@s.test").to("bob@r.test");
  private static final MailMessage HELLO = MailMessage.of("Subject: x\n\nhello\n");

  private static Outcome sendOne(UnaryOperator<String> script) {
    try (ScriptedServer server = new ScriptedServer(script)) {
      return Objects.requireNonNull(server.send(ANN_TO_BOB, HELLO).get("bob@r.test"));
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
          server.send(Envelope.from("ann@s.test").to("a@r.test", "b@r.test"), HELLO);
      assertThat(outcomes.values()).hasSize(2).allMatch(Delivered.class::isInstance);
    }
  }

  @Test
  void withoutPipelining_nothingIsSaidAfterARefusal() {
    try (ScriptedServer server =
        new ScriptedServer(
            line -> line.startsWith("MAIL") ? "550 5.7.1 no" : ScriptedServer.politely(line))) {
      assertThat(server.send(ANN_TO_BOB, HELLO).get("bob@r.test")).isInstanceOf(Rejected.class);
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
      Map<String, Outcome> outcomes = server.send(Envelope.from("ann@s.test").to(addresses), HELLO);
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
      assertThat(server.send(ANN_TO_BOB, HELLO).get("bob@r.test"))
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
      assertThat(server.send(ANN_TO_BOB, HELLO).get("bob@r.test")).isInstanceOf(Rejected.class);
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
          server.send(
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
      assertThat(server.send(ANN_TO_BOB, HELLO).get("bob@r.test")).isInstanceOf(Deferred.class);
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
      assertThat(server.send(ANN_TO_BOB, broken).get("bob@r.test"))
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
      assertThat(server.send(ANN_TO_BOB, changing).get("bob@r.test")).isInstanceOf(Deferred.class);
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
      assertThat(server.send(ANN_TO_BOB, gone).get("bob@r.test")).isInstanceOf(Deferred.class);
      assertThat(server.lines()).isEmpty();
    }
  }
}
