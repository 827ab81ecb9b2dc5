// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.dane4j.match.MatchResult;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.smtp.policy.DanePolicy;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.dane4j.testkit.pki.CertificateSpec;
import org.dane4j.testkit.scenario.HostBuilder;
import org.dane4j.testkit.smtp.Hostility;
import org.dane4j.testkit.smtp.MailServerBuilder;
import org.dane4j.testkit.smtp.SmtpAction;
import org.dane4j.testkit.smtp.SmtpStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Type;

/** Mail for the submission servers that SRV records name (RFC 7673, RFC 8314, RFC 6186). */
class SubmissionTest {

  private static final NextHop SUBMISSION = NextHop.submission("s.test");
  private static final SmtpAuthenticator ANN = SmtpAuthenticator.plain("ann", "secret");
  private static final String IMPLICIT = "_submissions._tcp SRV 0 1 465 mail.p.test.";
  private static final String BY_STARTTLS = "_submission._tcp SRV 0 1 1587 mail.p.test.";

  /** The zone s.test with SRV records, and a host mail.p.test. */
  private static Net net(Consumer<ZoneBuilder> srv, UnaryOperator<HostBuilder> host) {
    return Net.of(
        it ->
            it.zone("s.test", srv)
                .zone("p.test")
                .host(
                    "mail.p.test",
                    h -> host.apply(h).server(s -> s.requiringLogin("ann", "secret"))));
  }

  private static HostBuilder implicit(HostBuilder host) {
    return host.port(465).server(MailServerBuilder::implicitTls);
  }

  private static Net implicitNet(UnaryOperator<HostBuilder> host) {
    return net(zone -> zone.record(IMPLICIT), it -> host.apply(implicit(it)));
  }

  private static Net startTlsNet(UnaryOperator<HostBuilder> host) {
    return net(zone -> zone.record(BY_STARTTLS), it -> host.apply(it.port(1587)));
  }

  private static HostBuilder certified(HostBuilder host, String name) {
    return host.certificate(spec -> Net.longLived(CertificateSpec.forNames(name)));
  }

  private static DeliveryResult send(Net net) {
    return send(net, SmtpTimeouts.of(Duration.ofSeconds(5)));
  }

  private static DeliveryResult send(Net net, SmtpTimeouts timeouts) {
    return send(net, timeouts, DanePolicy.opportunistic());
  }

  private static DeliveryResult send(Net net, SmtpTimeouts timeouts, DanePolicy policy) {
    return net.client()
        .policy(policy)
        .timeouts(timeouts)
        .contexts(net.contexts())
        .random(new Random(1))
        .login(SUBMISSION, ANN)
        .build()
        .deliver(
            Envelope.from("ann@s.test").to("bob@r.test"),
            MailMessage.of("Subject: x\n\nhello\n"),
            SUBMISSION);
  }

  private static Attempt last(DeliveryResult result) {
    return result.attempts().get(result.attempts().size() - 1);
  }

  private static ChannelSecurity security(DeliveryResult result) {
    assertThat(result.isDeliveredToAll()).as(result.toString()).isTrue();
    return ((Ready) last(result).result()).security();
  }

  private static Failed failure(Net net, DeliveryResult result) {
    assertThat(result.isDeliveredToAll()).isFalse();
    assertThat(net.internet().messages()).isEmpty();
    assertThat(net.internet().sessions())
        .allSatisfy(
            session ->
                assertThat(session.commands()).noneMatch(it -> it.line().startsWith("AUTH")));
    return (Failed) last(result).result();
  }

  @Test
  void implicitTls_isAuthenticatedByDane_beforeAWordIsSaid() {
    // RFC 8314 §3.3
    try (Net net = implicitNet(host -> host.tlsa(3, 1, 1))) {
      DeliveryResult result = send(net);
      assertThat(security(result)).isEqualTo(ChannelSecurity.DANE);
      assertThat(last(result).address().orElseThrow().getPort()).isEqualTo(465);
      assertThat(net.internet().sessions())
          .singleElement()
          .satisfies(
              session -> {
                assertThat(session.plainTextCommands()).isEmpty();
                assertThat(session.encryptedCommands()).doesNotContain("STARTTLS");
                assertThat(session.tls().orElseThrow().serverName()).contains("mail.p.test");
              });
    }
  }

  @Test
  void startTls_atAPortOfItsOwn_isAuthenticatedByDane() {
    // RFC 7673 §3.3
    try (Net net = startTlsNet(host -> host.tlsa(3, 1, 1))) {
      DeliveryResult result = send(net);
      assertThat(security(result)).isEqualTo(ChannelSecurity.DANE);
      assertThat(last(result).address().orElseThrow().getPort()).isEqualTo(1587);
      assertThat(net.mailInPlainText()).isEmpty();
    }
  }

  @Test
  void certificateThatDaneDoesNotMatch_isRefused_whateverTheAuthoritiesSay() {
    // RFC 7673 §4.2
    for (Net made :
        List.of(
            implicitNet(host -> certified(host, "s.test").tlsaOfAnotherKey(3, 1, 1)),
            startTlsNet(host -> certified(host, "s.test").tlsaOfAnotherKey(3, 1, 1)))) {
      try (Net net = made) {
        assertThat(failure(net, send(net)).cause()).isEqualTo(Cause.DANE_MISMATCH);
      }
    }
  }

  @Test
  void daneTa_takesTheNameOfTheService_orOfTheHost_andNoOther() {
    // RFC 7673 §6
    for (String name : List.of("s.test", "mail.p.test")) {
      try (Net net = implicitNet(host -> host.certificateFor(name).tlsa(2, 1, 1))) {
        assertThat(security(send(net))).isEqualTo(ChannelSecurity.DANE);
      }
    }
    try (Net net = implicitNet(host -> host.certificateFor("p.test").tlsa(2, 1, 1))) {
      assertThat(failure(net, send(net)).status()).isEqualTo("4.7.325");
    }
  }

  @Test
  void audit_recordsWhatDaneSays_ofAServerThatTheAuthoritiesVouchFor() {
    // RFC 7673 §4.1
    SmtpTimeouts timeouts = SmtpTimeouts.of(Duration.ofSeconds(5));
    try (Net net = implicitNet(host -> certified(host, "s.test").tlsaOfAnotherKey(3, 1, 1))) {
      DeliveryResult result = send(net, timeouts, DanePolicy.audit());
      assertThat(security(result)).isEqualTo(ChannelSecurity.PKIX);
      TlsSession tls = ((Ready) last(result).result()).tls().orElseThrow();
      assertThat(tls.match()).containsInstanceOf(MatchResult.Unmatched.class);
    }
    try (Net net = implicitNet(host -> certified(host, "p.test").tlsa(3, 1, 1))) {
      DeliveryResult result = send(net, timeouts, DanePolicy.audit());
      assertThat(failure(net, result).cause()).isEqualTo(Cause.CERTIFICATE_NOT_TRUSTED);
    }
  }

  @Test
  void withoutTlsa_andSecureSrv_theAuthoritiesVouchForEitherName() {
    // RFC 7673 §4.1
    for (String name : List.of("s.test", "mail.p.test")) {
      try (Net net = implicitNet(host -> certified(host, name))) {
        assertThat(security(send(net))).isEqualTo(ChannelSecurity.PKIX);
        assertThat(net.internet().sessions().get(0).tls().orElseThrow().serverName())
            .contains("s.test");
      }
    }
    try (Net net = implicitNet(host -> certified(host, "p.test"))) {
      assertThat(failure(net, send(net)).cause()).isEqualTo(Cause.CERTIFICATE_NOT_TRUSTED);
    }
  }

  @Test
  void insecureSrv_neverLetsTheTargetsOwnNameCount() {
    // RFC 7673 §4.1: an attacker who forges the record has a certificate for a host of his own.
    Consumer<ZoneBuilder> unsigned = zone -> zone.unsigned().record(IMPLICIT);
    try (Net net = net(unsigned, host -> certified(implicit(host), "mail.p.test").tlsa(3, 1, 1))) {
      Failed failed = failure(net, send(net));
      assertThat(failed.cause()).isEqualTo(Cause.CERTIFICATE_NOT_TRUSTED);
      assertThat(failed.status()).isEqualTo("4.7.5");
      assertThat(failed.explanation()).contains("named s.test").doesNotContain("or mail.p.test");
    }
    try (Net net = net(unsigned, host -> certified(implicit(host), "s.test"))) {
      assertThat(security(send(net))).isEqualTo(ChannelSecurity.PKIX);
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "NO_STARTTLS",
        "HIDDEN_STARTTLS",
        "STARTTLS_REFUSED_454",
        "STARTTLS_THEN_CLOSE",
        "STARTTLS_INJECTION",
        "HELO_ONLY"
      })
  void withoutTls_nothingIsSubmitted_alsoWithoutTlsaRecords(Hostility how) {
    // RFC 8314 §5.2
    try (Net net = startTlsNet(host -> host.hostile(how))) {
      Failed failed = failure(net, send(net));
      assertThat(failed.status()).isEqualTo("4.7.321");
      assertThat(net.mailInPlainText()).isEmpty();
    }
  }

  @Test
  void withoutALogin_theServerIsAuthenticatedAllTheSame() {
    try (Net net = startTlsNet(host -> host.hostile(Hostility.NO_STARTTLS))) {
      DeliveryResult result =
          net.client()
              .build()
              .deliver(
                  Envelope.from("ann@s.test").to("bob@r.test"),
                  MailMessage.of("Subject: x\n\nhello\n"),
                  SUBMISSION);
      assertThat(failure(net, result).cause()).isEqualTo(Cause.STARTTLS_NOT_OFFERED);
      assertThat(net.mailInPlainText()).isEmpty();
    }
  }

  @Test
  void plainTextServer_whereTlsShouldBegin_isSentNothing() {
    try (Net net = net(zone -> zone.record(IMPLICIT), host -> host.port(465).tlsa(3, 1, 1))) {
      assertThat(failure(net, send(net)).cause()).isEqualTo(Cause.TLS_HANDSHAKE);
      assertThat(net.internet().sessions()).hasSize(1);
      assertThat(net.mailInPlainText()).isEmpty();
    }
  }

  @Test
  void silentHandshake_endsInTime() {
    try (Net net =
        implicitNet(
            host ->
                host.tlsa(3, 1, 1)
                    .server(s -> s.at(SmtpStep.TLS_HANDSHAKE, SmtpAction.freeze())))) {
      DeliveryResult result = send(net, SmtpTimeouts.of(Duration.ofMillis(500)));
      assertThat(failure(net, result).cause()).isEqualTo(Cause.TLS_HANDSHAKE);
    }
  }

  @Test
  void bogusSrv_defers_andNobodyIsSpokenTo() {
    // RFC 7673 §3.1
    try (Net net =
        net(
            zone ->
                zone.record(IMPLICIT)
                    .damage(
                        "_submissions._tcp",
                        Type.SRV,
                        Damage.forged("0 1 465 mail.attacker.test.")),
            host -> implicit(host).tlsa(3, 1, 1))) {
      DeliveryResult result = send(net);
      assertThat(result.recipients().get(0).outcome())
          .isInstanceOfSatisfying(
              Outcome.Deferred.class, it -> assertThat(it.status()).isEqualTo("4.7.324"));
      assertThat(net.internet().sessions()).isEmpty();
    }
  }

  @Test
  void serviceThatIsNotOffered_rejects() {
    // RFC 2782, RFC 3463 §3.5
    try (Net net =
        net(zone -> zone.record("_submission._tcp SRV 0 0 0 ."), host -> host.tlsa(3, 1, 1))) {
      assertThat(send(net).recipients().get(0).outcome())
          .isInstanceOfSatisfying(
              Outcome.Rejected.class,
              it -> {
                assertThat(it.status()).isEqualTo("5.4.4");
                assertThat(it.explanation()).contains("submission for s.test");
              });
      assertThat(net.client().build().check(SUBMISSION).verdict()).isEqualTo(Verdict.NO_SUBMISSION);
    }
  }

  @Test
  void bogusTlsaOfTheFirstServer_leavesTheMailToTheSecond() {
    // RFC 7673 §3.4
    try (Net net =
        Net.of(
            it ->
                it.zone(
                        "s.test",
                        zone -> zone.record(IMPLICIT + "\n_submission._tcp SRV 9 1 587 b.q.test."))
                    .zone("q.test")
                    .zone(
                        "p.test",
                        zone -> zone.damage("_465._tcp.mail", Type.TLSA, Damage.corruptSignature()))
                    .host("mail.p.test", host -> implicit(host).tlsa(3, 1, 1))
                    .host(
                        "b.q.test",
                        host ->
                            host.port(587)
                                .tlsa(3, 1, 1)
                                .server(s -> s.requiringLogin("ann", "secret"))))) {
      DeliveryResult result = send(net);
      assertThat(security(result)).isEqualTo(ChannelSecurity.DANE);
      assertThat(((Failed) result.attempts().get(0).result()).cause()).isEqualTo(Cause.TLSA_LOOKUP);
      assertThat(net.internet().mailServer("mail.p.test").sessions()).isEmpty();
    }
  }

  @Test
  void twoPortsOfOneHost_areTwoServers() {
    // RFC 7673 §2
    try (Net net =
        Net.of(
            it ->
                it.zone("s.test", zone -> zone.record(IMPLICIT + "\n" + BY_STARTTLS))
                    .zone("p.test")
                    .host(
                        "mail.p.test",
                        host -> implicit(host).address("192.0.2.7").tlsaOfAnotherKey(3, 1, 1))
                    .host(
                        "second.p.test",
                        host ->
                            host.port(1587)
                                .address("192.0.2.7")
                                .tlsa(3, 1, 1)
                                .tlsaAt("_1587._tcp.mail.p.test")
                                .server(s -> s.requiringLogin("ann", "secret"))))) {
      DeliveryResult result = send(net);
      assertThat(security(result)).isEqualTo(ChannelSecurity.DANE);
      assertThat(((Failed) result.attempts().get(0).result()).cause())
          .isEqualTo(Cause.DANE_MISMATCH);
      assertThat(net.client().build().check(SUBMISSION).attempts())
          .extracting(Verdict::of)
          .containsExactly(Verdict.DANE_MISMATCH, Verdict.DANE_VERIFIED);
    }
  }

  @Test
  void configuredHost_atPort465_speaksTlsAtOnce() {
    NextHop relay = NextHop.implicitTls("mail.p.test", 465);
    try (Net net = implicitNet(host -> certified(host, "mail.p.test"))) {
      CheckResult check = net.client().contexts(net.contexts()).build().check(relay);
      assertThat(check.verdict()).isEqualTo(Verdict.PKIX_VERIFIED);
      assertThat(net.internet().sessions().get(0).plainTextCommands()).isEmpty();
    }
    try (Net net = implicitNet(host -> host)) {
      assertThat(net.client().build().check(relay).verdict()).isEqualTo(Verdict.DEFER);
    }
  }
}
