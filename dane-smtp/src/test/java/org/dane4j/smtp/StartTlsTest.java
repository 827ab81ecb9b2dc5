// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.Outcome.Deferred;
import org.dane4j.smtp.Outcome.Delivered;
import org.dane4j.testkit.scenario.HostBuilder;
import org.dane4j.testkit.smtp.Hostility;
import org.dane4j.testkit.smtp.ReceivedMessage;
import org.dane4j.testkit.smtp.RecordedSession;
import org.dane4j.testkit.smtp.SmtpAction;
import org.dane4j.testkit.smtp.SmtpStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The step from plain text to TLS, as the server sees it and as an attacker disturbs it. */
class StartTlsTest {

  private static final MailMessage HELLO = MailMessage.of("Subject: x\n\nhello\n");

  private static Net net(Consumer<HostBuilder> host) {
    return Net.of(it -> it.mailDomain("r.test", "mx.r.test").host("mx.r.test", host));
  }

  private static DeliveryResult send(Net net) {
    return net.client().build().deliver(Envelope.from("ann@s.test").to("bob@r.test"), HELLO);
  }

  private static Cause cause(DeliveryResult result, int attempt) {
    return ((Failed) result.attempts().get(attempt).result()).cause();
  }

  private static Outcome outcome(DeliveryResult result) {
    return result.recipients().get(0).outcome();
  }

  @Test
  void beforeTls_nothingIsSaidButEhloAndStarttls() {
    // RFC 3207 §4: no PIPELINING past STARTTLS, no address, no login.
    try (Net net = Net.withDane()) {
      assertThat(send(net).isDeliveredToAll()).isTrue();
      RecordedSession session = net.internet().mailServer("mx.r.test").finishedSessions().get(0);
      assertThat(session.plainTextCommands())
          .containsExactly("EHLO client.sender.test", "STARTTLS");
      assertThat(session.encryptedCommands()).startsWith("EHLO client.sender.test");
    }
  }

  @Test
  void plainTextBehindTheReply_endsTheSession() {
    // RFC 3207 §6
    try (Net net = net(host -> host.tlsa(3, 1, 1).hostile(Hostility.STARTTLS_INJECTION))) {
      DeliveryResult result = send(net);
      assertThat(cause(result, 0)).isEqualTo(Cause.PLAIN_TEXT_INJECTED);
      assertThat(outcome(result)).isInstanceOf(Deferred.class);
      assertThat(net.internet().messages()).isEmpty();
    }
  }

  @Test
  void plainTextBehindTheReply_isNoReasonForPlainText() {
    // Where no TLS is owed either: somebody attacks this very connection.
    try (Net net = net(host -> host.hostile(Hostility.STARTTLS_INJECTION))) {
      DeliveryResult result = send(net);
      assertThat(cause(result, 0)).isEqualTo(Cause.PLAIN_TEXT_INJECTED);
      assertThat(net.mailInPlainText()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTTLS_REFUSED_454", "STARTTLS_REFUSED_502"})
  void refusal_isTemporary_whateverItsCode(Hostility how) {
    // RFC 7672 §2.2: nobody has authenticated the reply.
    try (Net net = net(host -> host.tlsa(3, 1, 1).hostile(how))) {
      DeliveryResult result = send(net);
      assertThat(cause(result, 0)).isEqualTo(Cause.STARTTLS_REFUSED);
      assertThat(outcome(result))
          .isInstanceOfSatisfying(Deferred.class, it -> assertThat(it.status()).startsWith("4."));
    }
  }

  @ParameterizedTest
  @CsvSource({"454 4.7.0 not now", "554 5.1.1 no such user"})
  void refusal_hasTheStatusOfItsStep_whateverItSays(String reply) {
    // Nobody has authenticated what it says either.
    try (Net net =
        net(
            host ->
                host.tlsa(3, 1, 1).server(s -> s.at(SmtpStep.STARTTLS, SmtpAction.reply(reply))))) {
      assertThat(outcome(send(net)).status()).isEqualTo("4.7.321");
    }
  }

  @Test
  void hiddenOffer_isNotTakenUp() {
    try (Net net = net(host -> host.tlsa(3, 1, 1).hostile(Hostility.HIDDEN_STARTTLS))) {
      assertThat(cause(send(net), 0)).isEqualTo(Cause.STARTTLS_NOT_OFFERED);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NO_COMMON_CIPHER_SUITE", "STARTTLS_REFUSED_454", "STARTTLS_THEN_CLOSE"})
  void brokenTls_isNoWorseThanNone_whereNoneIsOwed(Hostility how) {
    // RFC 7672 §2.2, RFC 7435 §3: in another session
    try (Net net = net(host -> host.hostile(how))) {
      DeliveryResult result = send(net);
      assertThat(outcome(result))
          .isInstanceOfSatisfying(
              Delivered.class,
              it -> assertThat(it.security()).isEqualTo(ChannelSecurity.PLAIN_TEXT));
      assertThat(result.attempts()).hasSize(2);
      assertThat(net.internet().sessions()).hasSize(2);
      // It does offer TLS.
      assertThat(result.attempts().get(1).result().explanation())
          .startsWith("plain text: ")
          .doesNotContain("offers no TLS");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "real, 3, real.r.test",
    "mx, 3, mx.r.test",
    // Unusable records have a base domain as well.
    "real, 1, real.r.test",
    // Without records the name of the MX record.
    "nobody, 3, mx.r.test"
  })
  void serverName_isTheTlsaBaseDomain(String base, int usage, String serverName) {
    // RFC 7672 §8.1
    try (Net net =
        Net.of(
            it ->
                it.mailDomain("r.test", "mx.r.test")
                    .zone("r.test", zone -> zone.record("mx CNAME real"))
                    .host(
                        "real.r.test",
                        host -> host.tlsa(usage, 1, 1).tlsaAt("_25._tcp." + base + ".r.test")))) {
      assertThat(send(net).isDeliveredToAll()).isTrue();
      List<ReceivedMessage> messages = net.internet().messages();
      assertThat(messages.get(0).tls().orElseThrow().serverName()).contains(serverName);
    }
  }

  @ParameterizedTest
  @CsvSource({"421 4.3.2 closing", "450 4.7.1 later", "521 no mail here", "554 5.3.2 go away"})
  void hostThatDoesNotGreet_isLeftForTheNext_whateverItSays(String greeting) {
    // RFC 7672 §2.2: whoever wrote that is not authenticated either.
    try (Net net =
        Net.of(
            it ->
                it.mailDomain("r.test", "mx1.r.test", "mx2.r.test")
                    .host(
                        "mx1.r.test",
                        host ->
                            host.tlsa(3, 1, 1)
                                .server(s -> s.at(SmtpStep.GREETING, SmtpAction.reply(greeting))))
                    .host("mx2.r.test", host -> host.tlsa(3, 1, 1)))) {
      DeliveryResult result = send(net);
      assertThat(cause(result, 0)).isEqualTo(Cause.GREETING);
      assertThat(((Delivered) outcome(result)).host()).isEqualTo("mx2.r.test");
    }
  }

  @Test
  void addressWithTheOldKey_isLeftForTheNextAddress() {
    // RFC 7672 §2.2: some of the machines behind a name are late.
    try (Net net =
        Net.of(
            it ->
                it.mailDomain("r.test", "mx.r.test")
                    .zone("r.test", zone -> zone.record("mx A 192.0.2.99"))
                    .host("mx.r.test", host -> host.address("192.0.2.98"))
                    .host(
                        "late.r.test",
                        host ->
                            host.address("192.0.2.99")
                                .tlsa(3, 1, 1)
                                .tlsaAt("_25._tcp.mx.r.test")))) {
      DeliveryResult result = send(net);
      assertThat(((Delivered) outcome(result)).security()).isEqualTo(ChannelSecurity.DANE);
      assertThat(net.internet().mailServer("mx.r.test").messages()).isEmpty();
      assertThat(net.internet().mailServer("late.r.test").messages()).hasSize(1);
    }
  }
}
