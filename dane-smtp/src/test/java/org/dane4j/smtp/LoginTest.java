// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.security.sasl.SaslClient;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.testkit.pki.CertificateSpec;
import org.dane4j.testkit.scenario.HostBuilder;
import org.dane4j.testkit.smtp.Hostility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Logins, and that they are for the right server alone. */
class LoginTest {

  private static final NextHop RELAY = NextHop.host("relay.r.test", 25);
  private static final SmtpAuthenticator ANN = SmtpAuthenticator.plain("ann", "secret");

  private static Net relay(UnaryOperator<HostBuilder> settings) {
    return Net.of(
        it ->
            it.zone("r.test")
                .host(
                    "relay.r.test",
                    host -> settings.apply(host).server(s -> s.requiringLogin("ann", "secret"))));
  }

  private static Net relayWithDane() {
    return relay(host -> host.tlsa(3, 1, 1));
  }

  private static Attempt send(SmtpClient client) {
    DeliveryResult result =
        client.deliver(
            Envelope.from("ann@s.test").to("bob@r.test"),
            MailMessage.of("Subject: x\n\nhello\n"),
            RELAY);
    Attempt last = result.attempts().get(result.attempts().size() - 1);
    assertThat(result.isDeliveredToAll()).isEqualTo(last.result() instanceof Ready);
    return last;
  }

  private static Cause cause(Attempt attempt) {
    assertThat(attempt.result()).isInstanceOf(Failed.class);
    return ((Failed) attempt.result()).cause();
  }

  private static void assertNobodySawALogin(Net net) {
    assertThat(net.internet().sessions())
        .isNotEmpty()
        .allSatisfy(
            session ->
                assertThat(session.commands()).noneMatch(it -> it.line().startsWith("AUTH")));
  }

  @Test
  void plain_logsInUnderDane() {
    try (Net net = relayWithDane()) {
      Attempt attempt = send(net.client().login(RELAY, ANN).build());
      assertThat(((Ready) attempt.result()).security()).isEqualTo(ChannelSecurity.DANE);
      assertThat(net.mailInPlainText()).isEmpty();
    }
  }

  @Test
  void withoutALogin_theServerSaysNo() {
    try (Net net = relayWithDane()) {
      DeliveryResult result =
          net.client()
              .build()
              .deliver(
                  Envelope.from("ann@s.test").to("bob@r.test"),
                  MailMessage.of("Subject: x\n\nhello\n"),
                  RELAY);
      assertThat(result.isDeliveredToAll()).isFalse();
    }
  }

  @Test
  void wrongPassword_defers() {
    try (Net net = relayWithDane()) {
      SmtpAuthenticator wrong = SmtpAuthenticator.plain("ann", "wrong");
      assertThat(cause(send(net.client().login(RELAY, wrong).build()))).isEqualTo(Cause.LOGIN);
    }
  }

  @Test
  void ownExchange_mayAnswerAChallenge() {
    try (Net net = relayWithDane()) {
      SmtpAuthenticator own = (mechanisms, host) -> Optional.of(new LatePlain());
      assertThat(send(net.client().login(RELAY, own).build()).result()).isInstanceOf(Ready.class);
    }
  }

  @Test
  void noSuitingMechanism_defers() {
    try (Net net = relayWithDane()) {
      SmtpAuthenticator none = (mechanisms, host) -> Optional.empty();
      assertThat(cause(send(net.client().login(RELAY, none).build()))).isEqualTo(Cause.LOGIN);
    }
  }

  @Test
  void serverThatDaneDoesNotMatch_seesNoLogin() {
    try (Net net = relay(host -> host.tlsaOfAnotherKey(3, 1, 1))) {
      assertThat(cause(send(net.client().login(RELAY, ANN).build())))
          .isEqualTo(Cause.DANE_MISMATCH);
      assertNobodySawALogin(net);
    }
  }

  @Test
  void serverThatNobodyVouchesFor_seesNoLogin() {
    // Without TLSA records mail would go there; a password does not.
    try (Net net = relay(host -> host)) {
      assertThat(cause(send(net.client().login(RELAY, ANN).build())))
          .isEqualTo(Cause.CERTIFICATE_NOT_TRUSTED);
      assertNobodySawALogin(net);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NO_STARTTLS", "STARTTLS_REFUSED_454", "STARTTLS_INJECTION", "HELO_ONLY"})
  void withoutTls_thereIsNoLogin(Hostility how) {
    try (Net net = relay(host -> host.hostile(how))) {
      send(net.client().login(RELAY, ANN).build());
      assertNobodySawALogin(net);
      assertThat(net.internet().messages()).isEmpty();
    }
  }

  @Test
  void withoutTlsaRecords_theAuthoritiesDecide() {
    try (Net net = relay(host -> host.certificate(Net::longLived))) {
      Attempt attempt = send(net.client().login(RELAY, ANN).contexts(net.contexts()).build());
      assertThat(((Ready) attempt.result()).security()).isEqualTo(ChannelSecurity.PKIX);
    }
  }

  @Test
  void withoutTlsaRecords_theNameMustBeRight() {
    try (Net net =
        relay(
            host ->
                host.certificate(
                    spec -> Net.longLived(CertificateSpec.forNames("other.r.test"))))) {
      assertThat(cause(send(net.client().login(RELAY, ANN).contexts(net.contexts()).build())))
          .isEqualTo(Cause.CERTIFICATE_NOT_TRUSTED);
      assertNobodySawALogin(net);
    }
  }

  @Test
  void loginForADomain_isRefused() {
    try (Net net = relayWithDane()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> net.client().login(NextHop.of("r.test"), ANN));
    }
  }

  @Test
  void otherHosts_doNotGetToSeeTheLogin() {
    try (Net net = Net.withDane()) {
      SmtpClient client = net.client().login(RELAY, ANN).build();
      assertThat(
              client
                  .deliver(
                      Envelope.from("ann@s.test").to("bob@r.test"),
                      MailMessage.of("Subject: x\n\nhello\n"))
                  .isDeliveredToAll())
          .isTrue();
      assertNobodySawALogin(net);
    }
  }

  /** PLAIN that does not speak before it is spoken to. */
  private static final class LatePlain implements SaslClient {
    private boolean done;

    @Override
    public String getMechanismName() {
      return "PLAIN";
    }

    @Override
    public boolean hasInitialResponse() {
      return false;
    }

    @Override
    public byte[] evaluateChallenge(byte[] challenge) {
      done = true;
      return "\0ann\0secret".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isComplete() {
      return done;
    }

    @Override
    public byte[] unwrap(byte[] incoming, int offset, int len) {
      throw new IllegalStateException("there is no security layer");
    }

    @Override
    public byte[] wrap(byte[] outgoing, int offset, int len) {
      throw new IllegalStateException("there is no security layer");
    }

    @Override
    public Object getNegotiatedProperty(String propName) {
      throw new IllegalStateException("nothing is negotiated");
    }

    @Override
    public void dispose() {}
  }
}
