// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.dane4j.testkit.pki.TestAuthority;
import org.dane4j.testkit.pki.TestIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestMailServerTest {

  private static final TestAuthority CA =
      TestAuthority.root("Example Root CA", Instant.parse("2026-05-01T12:00:00Z"));
  private static final TestIdentity IDENTITY = CA.issue("mx.bank.example");

  private static MailServerBuilder server() {
    return TestMailServer.builder().hostName("mx.bank.example").identity(IDENTITY);
  }

  private static Dialogue greeted(TestMailServer server) throws IOException {
    Dialogue dialogue = new Dialogue(server);
    dialogue.reply();
    dialogue.say("EHLO mail.sender.example");
    return dialogue;
  }

  private static Dialogue secured(TestMailServer server) throws IOException {
    Dialogue dialogue = greeted(server);
    dialogue.startTls("mx.bank.example");
    dialogue.say("EHLO mail.sender.example");
    return dialogue;
  }

  @Test
  void plainTextMessage_isKeptOctetByOctet() throws IOException {
    try (TestMailServer server = server().start();
        Dialogue dialogue = greeted(server)) {
      assertThat(dialogue.deliver("Subject: x\r\n\r\n..dot\r\nbare\nfeed\r\n..\r\n"))
          .containsExactly("250 2.0.0 Accepted");

      ReceivedMessage message = server.messages().get(0);
      assertThat(message.text()).isEqualTo("Subject: x\r\n\r\n.dot\r\nbare\nfeed\r\n.\r\n");
      assertThat(message.content()).isEqualTo(message.text().getBytes(StandardCharsets.UTF_8));
      assertThat(message.sender()).isEqualTo("ann@sender.example");
      assertThat(message.recipients()).containsExactly("bob@bank.example");
      assertThat(message.clientName()).isEqualTo("mail.sender.example");
      assertThat(message.tls()).isEmpty();
    }
  }

  @Test
  void implicitTls_beginsBeforeTheGreeting() throws IOException {
    // RFC 8314 §3.3
    try (TestMailServer server = server().implicitTls().start();
        Dialogue dialogue = new Dialogue(server)) {
      assertThat(dialogue.handshake("mx.bank.example")).isEqualTo(IDENTITY.certificate());
      assertThat(dialogue.reply().get(0)).startsWith("220 ");
      assertThat(dialogue.say("EHLO mail.sender.example")).noneMatch(it -> it.contains("STARTTLS"));
      assertThat(dialogue.deliver("x\r\n")).containsExactly("250 2.0.0 Accepted");
      dialogue.say("QUIT");

      RecordedSession session = server.finishedSessions().get(0);
      assertThat(session.tls()).isPresent();
      assertThat(session.plainTextCommands()).isEmpty();
    }
  }

  @Test
  void messageUnderTls_comesWithTheFacts() throws IOException {
    try (TestMailServer server = server().tlsProtocols("TLSv1.3").start();
        Dialogue dialogue = greeted(server)) {
      assertThat(dialogue.startTls("mx.bank.example")).isEqualTo(IDENTITY.certificate());
      dialogue.say("EHLO mail.sender.example");
      dialogue.deliver("x\r\n");
      dialogue.say("QUIT");

      TlsFacts facts = server.messages().get(0).tls().orElseThrow();
      assertThat(facts.protocol()).isEqualTo("TLSv1.3");
      assertThat(facts.cipherSuite()).startsWith("TLS_");
      assertThat(facts.serverName()).contains("mx.bank.example");
      RecordedSession session = server.finishedSessions().get(0);
      assertThat(session.tls()).contains(facts);
      assertThat(session.plainTextCommands())
          .containsExactly("EHLO mail.sender.example", "STARTTLS");
      assertThat(session.encryptedCommands())
          .containsExactly(
              "EHLO mail.sender.example",
              "MAIL FROM:<ann@sender.example>",
              "RCPT TO:<bob@bank.example>",
              "DATA",
              "QUIT");
      assertThat(session.end()).isEqualTo(SessionEnd.QUIT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void tlsProtocols_areTheOnlyOnes(String protocol) throws IOException {
    try (TestMailServer server = server().tlsProtocols(protocol).start();
        Dialogue dialogue = greeted(server)) {
      dialogue.startTls("mx.bank.example");
      dialogue.say("EHLO x");

      assertThat(server.sessions().get(0).tls().orElseThrow().protocol()).isEqualTo(protocol);
    }
  }

  @Test
  void ehlo_listsExtensionsAndStartTlsUntilItIsOn() throws IOException {
    try (TestMailServer server = server().extensions("SIZE 1000", "PIPELINING").start();
        Dialogue dialogue = new Dialogue(server)) {
      assertThat(dialogue.reply()).containsExactly("220 mx.bank.example ESMTP for tests");
      assertThat(dialogue.say("EHLO x"))
          .containsExactly(
              "250-mx.bank.example", "250-SIZE 1000", "250-PIPELINING", "250 STARTTLS");
      dialogue.startTls("mx.bank.example");
      assertThat(dialogue.say("EHLO x"))
          .containsExactly("250-mx.bank.example", "250-SIZE 1000", "250 PIPELINING");
      assertThat(dialogue.say("STARTTLS").get(0)).startsWith("503 ");
    }
  }

  @Test
  void startTls_makesTheServerForgetTheGreeting() throws IOException {
    try (TestMailServer server = server().start();
        Dialogue dialogue = greeted(server)) {
      dialogue.say("MAIL FROM:<>");
      dialogue.startTls("mx.bank.example");

      assertThat(dialogue.say("MAIL FROM:<>").get(0)).startsWith("503 ");
      dialogue.say("EHLO x");
      assertThat(dialogue.say("MAIL FROM:<>").get(0)).startsWith("250 ");
    }
  }

  @Test
  void plainTextBehindStartTls_isDropped() throws IOException {
    try (TestMailServer server = server().start();
        Dialogue dialogue = greeted(server)) {
      dialogue.send("STARTTLS\r\nMAIL FROM:<attacker@test>\r\n");
      dialogue.reply();
      dialogue.handshake("mx.bank.example");
      dialogue.say("EHLO x");

      assertThat(server.sessions().get(0).commands())
          .extracting(RecordedCommand::line)
          .noneMatch(line -> line.startsWith("MAIL"));
    }
  }

  @Test
  void commandsOutOfOrder_areRefused() throws IOException {
    try (TestMailServer server = server().start();
        Dialogue dialogue = new Dialogue(server)) {
      dialogue.reply();
      assertThat(dialogue.say("MAIL FROM:<>").get(0)).startsWith("503 ");
      assertThat(dialogue.say("HELO x").get(0)).isEqualTo("250 mx.bank.example");
      assertThat(dialogue.say("RCPT TO:<a@b>").get(0)).startsWith("503 ");
      assertThat(dialogue.say("MAIL TO:<a@b>").get(0)).startsWith("501 ");
      assertThat(dialogue.say("mail from:<> size=10").get(0)).startsWith("250 ");
      assertThat(dialogue.say("MAIL FROM:<>").get(0)).startsWith("503 ");
      assertThat(dialogue.say("RCPT FROM:<a@b>").get(0)).startsWith("501 ");
      assertThat(dialogue.say("DATA").get(0)).startsWith("554 ");
      assertThat(dialogue.say("RSET").get(0)).startsWith("250 ");
      assertThat(dialogue.say("DATA").get(0)).startsWith("503 ");
      assertThat(dialogue.say("NOOP").get(0)).startsWith("250 ");
      assertThat(dialogue.say("XYZZY").get(0)).startsWith("500 ");
    }
  }

  @Test
  void pipelinedCommands_areAnsweredInOrder() throws IOException {
    try (TestMailServer server = server().start();
        Dialogue dialogue = greeted(server)) {
      dialogue.send("MAIL FROM:<>\r\nRCPT TO:<a@b>\r\nDATA\r\n");

      assertThat(dialogue.reply().get(0)).startsWith("250 2.1.0");
      assertThat(dialogue.reply().get(0)).startsWith("250 2.1.5");
      assertThat(dialogue.reply().get(0)).startsWith("354 ");
      dialogue.send("x\r\n.\r\n");
      assertThat(dialogue.reply().get(0)).startsWith("250 ");
      assertThat(server.messages().get(0).sender()).isEmpty();
    }
  }

  @Test
  void identity_isChosenByServerName() throws IOException {
    TestIdentity other = CA.issue("other.example");
    try (TestMailServer server = server().identity("Other.Example", other).start()) {
      try (Dialogue dialogue = greeted(server)) {
        assertThat(dialogue.startTls("other.example")).isEqualTo(other.certificate());
      }
      try (Dialogue dialogue = greeted(server)) {
        assertThat(dialogue.startTls("mx.bank.example")).isEqualTo(IDENTITY.certificate());
      }
    }
  }

  @Test
  void login_isOfferedUnderTlsAndRequired() throws IOException {
    String right =
        Base64.getEncoder().encodeToString("\0ann\0secret".getBytes(StandardCharsets.UTF_8));
    try (TestMailServer server = server().requiringLogin("ann", "secret").start();
        Dialogue plain = greeted(server);
        Dialogue dialogue = secured(server)) {
      assertThat(plain.say("AUTH PLAIN " + right).get(0)).startsWith("502 ");
      assertThat(dialogue.say("EHLO x")).contains("250 AUTH PLAIN");
      assertThat(dialogue.say("MAIL FROM:<>").get(0)).startsWith("530 ");
      assertThat(dialogue.say("AUTH LOGIN").get(0)).startsWith("504 ");
      assertThat(dialogue.say("AUTH PLAIN AAAA").get(0)).startsWith("535 ");
      assertThat(dialogue.say("AUTH PLAIN")).containsExactly("334 ");
      assertThat(dialogue.say(right).get(0)).startsWith("235 ");
      assertThat(dialogue.say("MAIL FROM:<>").get(0)).startsWith("250 ");
    }
  }

  @Test
  void requiredTls_refusesMailInPlainText() throws IOException {
    try (TestMailServer server = server().requiringTls().start();
        Dialogue plain = greeted(server);
        Dialogue dialogue = secured(server)) {
      assertThat(plain.say("MAIL FROM:<>").get(0)).startsWith("530 ");
      assertThat(dialogue.say("MAIL FROM:<>").get(0)).startsWith("250 ");
    }
  }

  @Test
  void scriptedReplies_takeTheirEffect() throws IOException {
    try (TestMailServer server =
            server()
                .at(SmtpStep.MAIL, SmtpAction.reply("451 4.3.0 Later").once())
                .at(SmtpStep.CONTENT, SmtpAction.reply("554-5.6.0 No", "554 5.6.0 Never"))
                .atRecipient("Carol@bank.example", SmtpAction.reply("550 5.1.1 Unknown"))
                .start();
        Dialogue dialogue = greeted(server)) {
      assertThat(dialogue.say("MAIL FROM:<>")).containsExactly("451 4.3.0 Later");
      assertThat(dialogue.say("MAIL FROM:<>").get(0)).startsWith("250 ");
      assertThat(dialogue.say("RCPT TO:<carol@bank.example>").get(0)).startsWith("550 ");
      assertThat(dialogue.say("DATA").get(0)).startsWith("554 5.5.1");
      assertThat(dialogue.say("RCPT TO:<bob@bank.example>").get(0)).startsWith("250 ");
      assertThat(dialogue.say("DATA").get(0)).startsWith("354 ");
      assertThat(dialogue.say("x\r\n.")).containsExactly("554-5.6.0 No", "554 5.6.0 Never");
      assertThat(server.messages()).isEmpty();
    }
  }

  @Test
  void changedSettings_holdForLaterSessions() throws IOException {
    try (TestMailServer server = server().start();
        Dialogue before = new Dialogue(server)) {
      before.reply();
      server.change(settings -> settings.hostile(Hostility.NO_STARTTLS));
      try (Dialogue after = new Dialogue(server)) {
        after.reply();
        assertThat(before.say("EHLO x")).contains("250 STARTTLS");
        assertThat(after.say("EHLO x")).noneMatch(line -> line.contains("STARTTLS"));
      }
      server.change(MailServerBuilder::honest);
      try (Dialogue later = new Dialogue(server)) {
        later.reply();
        assertThat(later.say("EHLO x")).contains("250 STARTTLS");
      }
    }
  }

  @Test
  void clientThatGoesAway_isToldFromOneThatSaysQuit() throws IOException {
    try (TestMailServer server = server().start()) {
      greeted(server).close();
      try (Dialogue dialogue = greeted(server)) {
        dialogue.say("QUIT");
      }
      assertThat(server.finishedSessions())
          .extracting(RecordedSession::end)
          .containsExactly(SessionEnd.CLOSED_BY_CLIENT, SessionEnd.QUIT);
    }
  }

  @Test
  void silentClient_isLeftWhenPatienceIsLost() throws IOException {
    try (TestMailServer server = server().patience(Duration.ofMillis(50)).start();
        Dialogue dialogue = new Dialogue(server)) {
      dialogue.reply();

      assertThat(dialogue.reply()).isEmpty();
      assertThat(server.finishedSessions().get(0).end()).isEqualTo(SessionEnd.TIMED_OUT);
    }
  }

  @Test
  void closedServer_endsSessionsAndRefusesConnections() throws IOException {
    TestMailServer server = server().start();
    try (Dialogue plain = greeted(server);
        Dialogue dialogue = secured(server)) {
      server.close();

      assertThat(plain.reply()).isEmpty();
      assertThat(isOver(dialogue)).isTrue();
    }
    assertThat(server.finishedSessions())
        .extracting(RecordedSession::end)
        .containsOnly(SessionEnd.CLOSED_BY_SERVER);
    assertThatThrownBy(() -> new Dialogue(server)).hasMessageContaining("refused");
  }

  private static boolean isOver(Dialogue dialogue) {
    try {
      return dialogue.say("NOOP").isEmpty();
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void openSession_isNotFinished() throws IOException {
    try (TestMailServer server = server().start();
        Dialogue dialogue = greeted(server)) {
      assertThat(dialogue.say("NOOP").get(0)).startsWith("250 ");
      assertThat(server.sessions().get(0).end()).isEqualTo(SessionEnd.OPEN);
      assertThat(server.sessions().get(0).clientName()).isEqualTo("mail.sender.example");
    }
  }

  @Test
  void serverWithoutIdentity_offersNoTls() throws IOException {
    try (TestMailServer server = TestMailServer.builder().start();
        Dialogue dialogue = new Dialogue(server)) {
      dialogue.reply();
      assertThat(dialogue.say("EHLO x")).noneMatch(line -> line.contains("STARTTLS"));
      assertThat(dialogue.say("STARTTLS").get(0)).startsWith("502 ");
      assertThat(Optional.ofNullable(dialogue.say("EHLO x").get(0))).contains("250-mx.test");
    }
  }
}
