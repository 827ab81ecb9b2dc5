// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.dane4j.smtp.Outcome.Deferred;
import org.dane4j.smtp.Outcome.Delivered;
import org.dane4j.smtp.Outcome.Rejected;
import org.dane4j.smtp.Outcome.Unknown;
import org.dane4j.testkit.scenario.HostBuilder;
import org.dane4j.testkit.smtp.MailServerBuilder;
import org.dane4j.testkit.smtp.SmtpAction;
import org.dane4j.testkit.smtp.SmtpStep;
import org.junit.jupiter.api.Test;

/** What one host leaves for the next one. */
class SeveralHostsTest {

  private static final MailMessage HELLO = MailMessage.of("Subject: x\n\nhello\n");
  private static final MailMessage UTF8 = MailMessage.of("Subject: x\u00fc\n\nhello\n");

  private static Net net(Consumer<HostBuilder> first, Consumer<HostBuilder> second) {
    return Net.of(
        it ->
            it.mailDomain("r.test", "mx1.r.test", "mx2.r.test")
                .host("mx1.r.test", host -> first.accept(host.tlsa(3, 1, 1)))
                .host("mx2.r.test", host -> second.accept(host.tlsa(3, 1, 1))));
  }

  private static Consumer<HostBuilder> server(Consumer<MailServerBuilder> settings) {
    return host -> assertThat(host.server(settings)).isSameAs(host);
  }

  private static Map<String, Outcome> send(Net net, MailMessage message, String... recipients) {
    return net
        .client()
        .build()
        .deliver(Envelope.from("ann@s.test").to(recipients), message)
        .recipients()
        .stream()
        .collect(Collectors.toMap(RecipientResult::recipient, RecipientResult::outcome));
  }

  @Test
  void recipientDeferredByOneHost_isTriedAtTheNext_oneThatIsRefusedIsNot() {
    try (Net net =
        net(
            server(
                it ->
                    it.atRecipient("later@r.test", SmtpAction.reply("450 4.2.0 later"))
                        .atRecipient("no@r.test", SmtpAction.reply("550 5.1.1 no"))),
            server(it -> {}))) {
      Map<String, Outcome> outcomes = send(net, HELLO, "yes@r.test", "later@r.test", "no@r.test");
      assertThat(outcomes.get("yes@r.test"))
          .isInstanceOfSatisfying(
              Delivered.class, it -> assertThat(it.host()).isEqualTo("mx1.r.test"));
      assertThat(outcomes.get("later@r.test"))
          .isInstanceOfSatisfying(
              Delivered.class, it -> assertThat(it.host()).isEqualTo("mx2.r.test"));
      assertThat(outcomes.get("no@r.test")).isInstanceOf(Rejected.class);
      assertThat(net.internet().mailServer("mx2.r.test").messages().get(0).recipients())
          .containsExactly("later@r.test");
    }
  }

  @Test
  void host421_isLeftForTheNext() {
    try (Net net =
        net(
            server(it -> it.at(SmtpStep.RCPT, SmtpAction.replyAndDrop("421 4.3.2 closing"))),
            server(it -> {}))) {
      assertThat(send(net, HELLO, "bob@r.test").get("bob@r.test")).isInstanceOf(Delivered.class);
    }
  }

  @Test
  void mailThatAHostMayHave_isNotGivenToTheNext() {
    try (Net net =
        net(server(it -> it.at(SmtpStep.CONTENT, SmtpAction.drop())), server(it -> {}))) {
      assertThat(send(net, HELLO, "bob@r.test").get("bob@r.test")).isInstanceOf(Unknown.class);
      assertThat(net.internet().mailServer("mx2.r.test").sessions()).isEmpty();
    }
  }

  @Test
  void hostThatCannotTakeAMail_isLeftForOneThatCan() {
    try (Net net = net(server(it -> it.extensions("8BITMIME")), server(it -> {}))) {
      assertThat(send(net, UTF8, "bob@r.test").get("bob@r.test"))
          .isInstanceOfSatisfying(
              Delivered.class, it -> assertThat(it.host()).isEqualTo("mx2.r.test"));
    }
  }

  @Test
  void mailThatNoHostCanTake_isRejected() {
    try (Net net =
        net(server(it -> it.extensions("8BITMIME")), server(it -> it.extensions("8BITMIME")))) {
      assertThat(send(net, UTF8, "bob@r.test").get("bob@r.test")).isInstanceOf(Rejected.class);
      assertThat(net.internet().messages()).isEmpty();
    }
  }

  @Test
  void mailThatAnotherHostMightTakeLater_isDeferred() {
    try (Net net = net(server(it -> it.extensions("8BITMIME")), HostBuilder::down)) {
      assertThat(send(net, UTF8, "bob@r.test").get("bob@r.test")).isInstanceOf(Deferred.class);
    }
    try (Net net = net(HostBuilder::down, server(it -> it.extensions("8BITMIME")))) {
      assertThat(send(net, UTF8, "bob@r.test").get("bob@r.test")).isInstanceOf(Deferred.class);
    }
  }

  @Test
  void extensionsFromBeforeTls_areForgotten() {
    // RFC 3207 §4.2
    try (Net net =
        net(
            server(
                it ->
                    it.at(
                        SmtpStep.EHLO,
                        SmtpAction.reply("250-mx", "250-SIZE 5", "250-DSN", "250 STARTTLS"))),
            HostBuilder::down)) {
      assertThat(send(net, HELLO, "bob@r.test").get("bob@r.test")).isInstanceOf(Delivered.class);
    }
    try (Net net =
        net(
            server(it -> it.at(SmtpStep.EHLO_AFTER_TLS, SmtpAction.reply("250 mx"))),
            HostBuilder::down)) {
      assertThat(send(net, UTF8, "bob@r.test").get("bob@r.test")).isNotInstanceOf(Delivered.class);
    }
  }
}
