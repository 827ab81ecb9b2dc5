// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.Outcome.Deferred;
import org.dane4j.testkit.smtp.RecordedCommand;
import org.dane4j.testkit.smtp.RecordedSession;
import org.dane4j.testkit.smtp.SmtpAction;
import org.dane4j.testkit.smtp.SmtpStep;
import org.dane4j.testkit.smtp.TestMailServer;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** Which mails share a session. */
class SessionReuseTest {

  private static final MailMessage HELLO = MailMessage.of("Subject: x\n\nhello\n");
  private static final String OTHER_KEY = "3 1 1 " + "00".repeat(32);

  private static DeliveryResult send(SmtpClient client) {
    return client.deliver(Envelope.from("ann@s.test").to("bob@r.test"), HELLO);
  }

  private static List<RecordedSession> sessions(Net net) {
    return net.internet().mailServer("mx.r.test").sessions();
  }

  private static void publishOtherKey(Net net) {
    net.internet()
        .publish(
            tree ->
                tree.zone(
                    "r.test",
                    zone ->
                        zone.withoutRecords("_25._tcp.mx.r.test.", Type.TLSA)
                            .record("_25._tcp.mx.r.test. 300 IN TLSA " + OTHER_KEY)));
  }

  @Test
  void byDefault_eachMailHasItsOwnSession() {
    try (Net net = Net.withDane();
        SmtpClient client = net.client().build()) {
      assertThat(send(client).isDeliveredToAll()).isTrue();
      assertThat(send(client).isDeliveredToAll()).isTrue();
      assertThat(sessions(net)).hasSize(2);
    }
  }

  @Test
  void keptSession_isUsedForFurtherMails_behindRset() {
    try (Net net = Net.withDane();
        SmtpClient client = net.client().reuse(SessionReuse.upTo(10)).build()) {
      for (int i = 0; i < 3; i++) {
        assertThat(send(client).isDeliveredToAll()).isTrue();
      }
      assertThat(net.internet().messages()).hasSize(3);
      assertThat(sessions(net)).hasSize(1);
      assertThat(sessions(net).get(0).commands())
          .extracting(RecordedCommand::line)
          .containsSubsequence("DATA", "RSET", "DATA", "RSET", "DATA");
    }
  }

  @Test
  void closedClient_hasSaidGoodbye() {
    try (Net net = Net.withDane()) {
      try (SmtpClient client = net.client().reuse(SessionReuse.upTo(10)).build()) {
        assertThat(send(client).isDeliveredToAll()).isTrue();
      }
      RecordedSession session = net.internet().mailServer("mx.r.test").finishedSessions().get(0);
      assertThat(session.encryptedCommands()).endsWith("QUIT");
    }
  }

  @Test
  void session_hasNoMoreMessagesThanAllowed() {
    try (Net net = Net.withDane();
        SmtpClient client = net.client().reuse(SessionReuse.upTo(2)).build()) {
      for (int i = 0; i < 5; i++) {
        assertThat(send(client).isDeliveredToAll()).isTrue();
      }
      assertThat(sessions(net)).hasSize(3);
    }
  }

  @Test
  void idleSession_isClosedInTime() {
    try (Net net = Net.withDane();
        SmtpClient client =
            net.client().reuse(new SessionReuse(10, Duration.ofMillis(1))).build()) {
      assertThat(send(client).isDeliveredToAll()).isTrue();
      // Ends when the client has closed it.
      assertThat(net.internet().mailServer("mx.r.test").finishedSessions()).hasSize(1);
      assertThat(send(client).isDeliveredToAll()).isTrue();
      assertThat(sessions(net)).hasSize(2);
    }
  }

  @Test
  void sessionThatTheServerHasClosed_isReplacedWithoutANote() {
    try (Net net = Net.withDane();
        SmtpClient client = net.client().reuse(SessionReuse.upTo(10)).build()) {
      net.internet().mailServer("mx.r.test").change(it -> it.at(SmtpStep.RSET, SmtpAction.drop()));
      assertThat(send(client).isDeliveredToAll()).isTrue();
      DeliveryResult second = send(client);
      assertThat(second.isDeliveredToAll()).isTrue();
      assertThat(second.attempts()).hasSize(1);
      assertThat(sessions(net)).hasSize(2);
    }
  }

  @Test
  void serverThatIsTiredOfASession_getsTheMailInAnother() {
    SmtpAction tired = SmtpAction.replyAndDrop("421 4.7.0 too many messages");
    try (Net net = Net.withDane();
        SmtpClient client = net.client().reuse(SessionReuse.upTo(10)).build()) {
      TestMailServer server = net.internet().mailServer("mx.r.test");
      AtomicInteger turn = new AtomicInteger();
      server.change(
          it ->
              it.at(
                  SmtpStep.MAIL,
                  SmtpAction.chosenBy(
                      () -> turn.incrementAndGet() == 2 ? tired : SmtpAction.honest())));
      assertThat(send(client).isDeliveredToAll()).isTrue();
      assertThat(send(client).isDeliveredToAll()).isTrue();
      assertThat(sessions(net)).hasSize(2);
    }
  }

  @Test
  void sessionOfARefusedMail_isNotUsedAgain() {
    try (Net net = Net.withDane();
        SmtpClient client = net.client().reuse(SessionReuse.upTo(10)).build()) {
      TestMailServer server = net.internet().mailServer("mx.r.test");
      server.change(it -> it.at(SmtpStep.CONTENT, SmtpAction.reply("451 4.3.0 not now")));
      assertThat(send(client).recipients().get(0).outcome()).isInstanceOf(Deferred.class);
      server.change(it -> it.honest());
      assertThat(send(client).isDeliveredToAll()).isTrue();
      assertThat(sessions(net)).hasSize(2);
    }
  }

  @Test
  void otherTlsaRecords_needAnotherConnection() {
    try (Net net = Net.withDane();
        SmtpClient client = net.client().reuse(SessionReuse.upTo(10)).build()) {
      assertThat(send(client).isDeliveredToAll()).isTrue();
      publishOtherKey(net);
      // RFC 7672 §2.2: the session was authenticated by records that are no more.
      DeliveryResult second = send(client);
      assertThat(second.recipients().get(0).outcome()).isInstanceOf(Deferred.class);
      assertThat(second.attempts().get(0).result())
          .isInstanceOfSatisfying(
              Failed.class, it -> assertThat(it.cause()).isEqualTo(Cause.DANE_MISMATCH));
      assertThat(net.internet().messages()).hasSize(1);
    }
  }

  @Test
  void otherTlsaRecords_areHeldAgainstAServerThatWouldResumeTls() {
    // A resumed session of TLS would not show its certificate.
    try (Net net = Net.withDane();
        SmtpClient client = net.client().build()) {
      assertThat(send(client).isDeliveredToAll()).isTrue();
      publishOtherKey(net);
      assertThat(send(client).recipients().get(0).outcome()).isInstanceOf(Deferred.class);
      assertThat(net.internet().messages()).hasSize(1);
    }
  }

  @Test
  void anotherDomainAtTheSameHost_isAnotherMatterForDaneTa() {
    try (Net net =
            Net.of(
                it ->
                    it.mailDomain("r.test", "mx.r.test")
                        .mailDomain("q.test", "mx.r.test")
                        .host("mx.r.test", host -> host.tlsa(2, 1, 1)));
        SmtpClient client = net.client().reuse(SessionReuse.upTo(10)).build()) {
      Envelope both = Envelope.from("ann@s.test").to("bob@r.test", "bob@q.test");
      assertThat(client.deliver(both, HELLO).isDeliveredToAll()).isTrue();
      // RFC 7672 §3.2.2: the names that the server may go by differ.
      assertThat(sessions(net)).hasSize(2);
      assertThat(client.deliver(both, HELLO).isDeliveredToAll()).isTrue();
      assertThat(sessions(net)).hasSize(2);
    }
  }

  @Test
  void nonsense_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> SessionReuse.upTo(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new SessionReuse(2, Duration.ZERO));
  }
}
