// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import javax.net.ssl.SSLException;
import org.dane4j.testkit.pki.TestAuthority;
import org.dane4j.testkit.pki.TestIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each way to be bad, seen from the client. */
class HostilityTest {

  private static final TestIdentity IDENTITY =
      TestAuthority.root("Example Root CA", Instant.parse("2026-05-01T12:00:00Z"))
          .issue("mx.bank.example");

  private static MailServerBuilder server() {
    return TestMailServer.builder().identity(IDENTITY);
  }

  private static Dialogue greeted(TestMailServer server) throws IOException {
    Dialogue dialogue = new Dialogue(server);
    dialogue.reply();
    dialogue.say("EHLO mail.sender.example");
    return dialogue;
  }

  @Test
  void noStartTls_isNeitherOfferedNorKnown() throws IOException {
    try (TestMailServer server = server().hostile(Hostility.NO_STARTTLS).start();
        Dialogue dialogue = greeted(server)) {
      assertThat(dialogue.say("EHLO x")).noneMatch(line -> line.contains("STARTTLS"));
      assertThat(dialogue.say("STARTTLS").get(0)).startsWith("502 ");
    }
  }

  @Test
  void hiddenStartTls_worksAlthoughItIsNotOffered() throws IOException {
    try (TestMailServer server = server().hostile(Hostility.HIDDEN_STARTTLS).start();
        Dialogue dialogue = greeted(server)) {
      assertThat(dialogue.say("EHLO x")).noneMatch(line -> line.contains("STARTTLS"));
      assertThat(dialogue.startTls("mx.bank.example")).isEqualTo(IDENTITY.certificate());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTTLS_REFUSED_454", "STARTTLS_REFUSED_502"})
  void refusedStartTls_leavesTheSessionInPlainText(Hostility how) throws IOException {
    try (TestMailServer server = server().hostile(how).start();
        Dialogue dialogue = greeted(server)) {
      String code = how == Hostility.STARTTLS_REFUSED_454 ? "454 " : "502 ";
      assertThat(dialogue.say("EHLO x")).contains("250 STARTTLS");
      assertThat(dialogue.say("STARTTLS").get(0)).startsWith(code);
      assertThat(dialogue.deliver("x\r\n").get(0)).startsWith("250 ");
      assertThat(server.messages().get(0).tls()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "STARTTLS_THEN_CLOSE",
        "STARTTLS_THEN_PLAIN_TEXT",
        "STARTTLS_THEN_SILENCE",
        "NO_COMMON_CIPHER_SUITE"
      })
  void brokenHandshake_failsForTheClient(Hostility how) throws IOException {
    try (TestMailServer server = server().patience(Duration.ofSeconds(2)).hostile(how).start();
        Dialogue dialogue = greeted(server)) {
      assertThat(dialogue.say("STARTTLS").get(0)).startsWith("220 ");
      assertThatThrownBy(() -> dialogue.handshake("mx.bank.example"))
          .isInstanceOfAny(SSLException.class, IOException.class);
      dialogue.hangUp();
      assertThat(server.finishedSessions().get(0).tls()).isEmpty();
      assertThat(server.messages()).isEmpty();
    }
  }

  @Test
  void injection_putsPlainTextBehindThe220AndThenSpeaksTls() throws IOException {
    try (TestMailServer server = server().hostile(Hostility.STARTTLS_INJECTION).start();
        Dialogue dialogue = greeted(server)) {
      assertThat(dialogue.say("STARTTLS").get(0)).startsWith("220 ");
      assertThat(dialogue.reply()).containsExactly("250-injected.test", "250 AUTH PLAIN");
      assertThatCode(() -> dialogue.handshake("mx.bank.example")).doesNotThrowAnyException();
    }
  }

  @Test
  void heloOnly_doesNotKnowEhlo() throws IOException {
    try (TestMailServer server = server().hostile(Hostility.HELO_ONLY).start();
        Dialogue dialogue = greeted(server)) {
      assertThat(dialogue.say("EHLO x").get(0)).startsWith("500 ");
      assertThat(dialogue.say("HELO x").get(0)).startsWith("250 ");
      assertThat(dialogue.deliver("x\r\n").get(0)).startsWith("250 ");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ENDLESS_REPLY_LINES", "ENDLESS_REPLY_LINE"})
  void endlessReply_goesOnForLong(Hostility how) throws IOException {
    try (TestMailServer server = server().hostile(how).start();
        Dialogue dialogue = new Dialogue(server)) {
      dialogue.reply();
      dialogue.send("EHLO x\r\n");
      for (int i = 0; i < 100_000; i++) {
        assertThat(dialogue.readOctet()).isNotNegative();
      }
    }
  }

  @Test
  void endlessReply_endsWhenTheServerLosesItsPatience() throws IOException {
    try (TestMailServer server =
            server()
                .patience(Duration.ofMillis(100))
                .at(SmtpStep.GREETING, SmtpAction.endlessLines())
                .start();
        Dialogue dialogue = new Dialogue(server)) {
      assertThat(dialogue.readsToTheEnd()).isTrue();
    }
  }

  @Test
  void binaryGarbage_takesThePlaceOfTheGreeting() throws IOException {
    try (TestMailServer server = server().hostile(Hostility.BINARY_GARBAGE).start();
        Dialogue dialogue = new Dialogue(server)) {
      for (int octet = 0; octet < 256; octet++) {
        assertThat(dialogue.readOctet()).isEqualTo(octet);
      }
    }
  }

  @Test
  void replyWithoutNumber_isNoReply() throws IOException {
    try (TestMailServer server = server().hostile(Hostility.REPLY_WITHOUT_NUMBER).start();
        Dialogue dialogue = new Dialogue(server)) {
      assertThat(dialogue.reply()).containsExactly("2x0 welcome");
      assertThat(dialogue.reply()).containsExactly("welcome");
    }
  }

  @Test
  void drip_isSlowButHonest() throws IOException {
    try (TestMailServer server = server().hostile(Hostility.DRIP).start();
        Dialogue dialogue = greeted(server)) {
      dialogue.startTls("mx.bank.example");
      dialogue.say("EHLO x");
      assertThat(dialogue.deliver("x\r\n").get(0)).startsWith("250 ");
      assertThat(server.messages()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GREETING", "EHLO", "MAIL", "RCPT", "DATA", "CONTENT", "QUIT"})
  void droppedConnection_endsAtThatStep(SmtpStep step) throws IOException {
    try (TestMailServer server = server().at(step, SmtpAction.drop()).start();
        Dialogue dialogue = new Dialogue(server)) {
      assertThat(goOnUntil(step, dialogue)).isEmpty();
      assertThat(server.finishedSessions().get(0).end()).isEqualTo(SessionEnd.CLOSED_BY_SERVER);
      // The server took the message, but the client cannot know.
      assertThat(server.messages()).hasSize(step.compareTo(SmtpStep.CONTENT) < 0 ? 0 : 1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GREETING", "MAIL", "CONTENT"})
  void stalledServer_saysNothingAtThatStep(SmtpStep step) throws IOException {
    try (TestMailServer server =
            server().patience(Duration.ofSeconds(1)).at(step, SmtpAction.stall()).start();
        Dialogue dialogue = new Dialogue(server)) {
      assertThat(goOnUntil(step, dialogue)).isEmpty();
      assertThat(server.finishedSessions().get(0).end()).isEqualTo(SessionEnd.TIMED_OUT);
    }
  }

  /** Returns the reply at a step, everything before having gone well. */
  private static List<String> goOnUntil(SmtpStep step, Dialogue dialogue) throws IOException {
    var reply = dialogue.reply();
    for (SmtpStep next :
        EnumSet.of(
            SmtpStep.EHLO,
            SmtpStep.MAIL,
            SmtpStep.RCPT,
            SmtpStep.DATA,
            SmtpStep.CONTENT,
            SmtpStep.QUIT)) {
      if (next.compareTo(step) > 0) {
        break;
      }
      assertThat(reply).isNotEmpty();
      reply = dialogue.say(command(next));
    }
    return reply;
  }

  private static String command(SmtpStep step) {
    return switch (step) {
      case EHLO -> "EHLO x";
      case MAIL -> "MAIL FROM:<>";
      case RCPT -> "RCPT TO:<bob@bank.example>";
      case DATA -> "DATA";
      case CONTENT -> "x\r\n.";
      default -> "QUIT";
    };
  }

  @Test
  void dropAfterReply_saysTheHonestThingFirst() throws IOException {
    try (TestMailServer server =
            server().at(SmtpStep.CONTENT, SmtpAction.dropAfterReply()).start();
        Dialogue dialogue = greeted(server)) {
      assertThat(dialogue.deliver("x\r\n").get(0)).startsWith("250 ");
      assertThat(dialogue.reply()).isEmpty();
      assertThat(server.messages()).hasSize(1);
    }
  }

  @Test
  void replyAndDrop_refusesAndCloses() throws IOException {
    try (TestMailServer server =
            server().at(SmtpStep.GREETING, SmtpAction.replyAndDrop("421 4.3.2 Not now")).start();
        Dialogue dialogue = new Dialogue(server)) {
      assertThat(dialogue.reply()).containsExactly("421 4.3.2 Not now");
      assertThat(dialogue.reply()).isEmpty();
    }
  }

  @Test
  void clientThatRefusesTheCertificate_isSeenAsFailedTls() throws IOException {
    try (TestMailServer server = server().tlsProtocols("TLSv1.2").start();
        Dialogue dialogue = greeted(server)) {
      dialogue.say("STARTTLS");
      // An alert "certificate unknown" in plain text, as a client sends it before it has keys.
      dialogue.sendOctets(new byte[] {21, 3, 3, 0, 2, 2, 46});
      dialogue.hangUp();
      assertThat(server.finishedSessions().get(0).end()).isEqualTo(SessionEnd.TLS_FAILED);
    }
  }

  @Test
  void everyHostility_canBeSwitchedOffAgain() throws IOException {
    for (Hostility how : Hostility.values()) {
      try (TestMailServer server = server().hostile(how).start()) {
        server.change(MailServerBuilder::honest);
        try (Dialogue dialogue = greeted(server)) {
          assertThatCode(() -> dialogue.startTls("mx.bank.example"))
              .as(how.name())
              .doesNotThrowAnyException();
        }
      }
    }
  }

  @Test
  void splitReply_isWhole() throws IOException {
    try (TestMailServer server = server().at(SmtpStep.NOOP, SmtpAction.split()).start();
        Dialogue dialogue = greeted(server)) {
      assertThat(dialogue.say("NOOP")).containsExactly("250 2.0.0 OK");
    }
  }

  @Test
  void chosenAction_isAnotherAtEachTurn() throws IOException {
    Iterator<SmtpAction> actions =
        List.of(SmtpAction.reply("450 one"), SmtpAction.reply("451 two")).iterator();
    try (TestMailServer server =
            server().at(SmtpStep.NOOP, SmtpAction.chosenBy(actions::next)).start();
        Dialogue dialogue = greeted(server)) {
      assertThat(dialogue.say("NOOP")).containsExactly("450 one");
      assertThat(dialogue.say("NOOP")).containsExactly("451 two");
    }
  }

  @Test
  void serverThatInterruptsAMessage_hasNotTakenIt() throws IOException {
    try (TestMailServer server =
            server().at(SmtpStep.MESSAGE, SmtpAction.replyAndDrop("421 4.3.2 closing")).start();
        Dialogue dialogue = greeted(server)) {
      dialogue.say("MAIL FROM:<ann@sender.example>");
      dialogue.say("RCPT TO:<bob@bank.example>");
      assertThat(dialogue.say("DATA").get(0)).startsWith("354 ");
      assertThat(dialogue.reply()).containsExactly("421 4.3.2 closing");
      assertThat(server.finishedSessions().get(0).end()).isEqualTo(SessionEnd.CLOSED_BY_SERVER);
      assertThat(server.messages()).isEmpty();
    }
  }

  @Test
  void frozenServer_endsWithoutHavingRead() throws IOException {
    try (TestMailServer server =
            server()
                .patience(Duration.ofMillis(200))
                .at(SmtpStep.NOOP, SmtpAction.freeze())
                .start();
        Dialogue dialogue = greeted(server)) {
      dialogue.send("NOOP\r\nRSET\r\n");
      assertThat(dialogue.reply()).isEmpty();
      assertThat(server.finishedSessions().get(0).commands())
          .extracting(RecordedCommand::line)
          .endsWith("NOOP");
    }
  }
}
