// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.match.MatchResult;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.smtp.Outcome.Delivered;
import org.dane4j.smtp.policy.DanePolicy;
import org.dane4j.testkit.dns.DnsServer;
import org.dane4j.testkit.scenario.TestInternet;
import org.dane4j.testkit.scenario.TestInternetBuilder;
import org.junit.jupiter.api.Test;

/** RFC 7672 §9.1: what DANE would do is recorded, and mail goes as if there were no DANE. */
class AuditTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");
  private static final Envelope ENVELOPE = Envelope.from("ann@sender.test").to("bob@bank.example");

  private static TestInternetBuilder bank() {
    return TestInternet.at(AT).mailDomain("bank.example", "mx.bank.example");
  }

  private static DeliveryResult deliver(TestInternet internet) {
    try (DnsServer server = internet.startDnsServer();
        DnssecResolver dns = Clients.resolver(internet, server)) {
      return Clients.client(internet, dns)
          .policy(DanePolicy.audit())
          .build()
          .deliver(ENVELOPE, MailMessage.of("Subject: hello\n\nhello\n"));
    }
  }

  private static MatchResult match(DeliveryResult result) {
    Ready ready = (Ready) result.attempts().get(0).result();
    return ready.tls().orElseThrow().match().orElseThrow();
  }

  @Test
  void mismatch_isRecorded_andMailIsDelivered() {
    try (TestInternet internet =
        bank()
            .host("mx.bank.example")
            .zone("bank.example", z -> z.record("_25._tcp.mx TLSA 3 1 1 " + "ab".repeat(32)))
            .start()) {
      DeliveryResult result = deliver(internet);
      assertThat(result.recipients().get(0).outcome())
          .isInstanceOfSatisfying(
              Delivered.class,
              delivered ->
                  assertThat(delivered.security()).isEqualTo(ChannelSecurity.OPPORTUNISTIC_TLS));
      assertThat(match(result)).isInstanceOf(MatchResult.Unmatched.class);
    }
  }

  @Test
  void mismatchBeforeAHandshakeThatFails_isNotWhatKeepsTheMail() {
    // In TLS 1.2 the certificate is judged before the client's second record is sent.
    try (TestInternet internet =
            bank()
                .host("mx.bank.example", host -> host.server(s -> s.tlsProtocols("TLSv1.2")))
                .zone("bank.example", z -> z.record("_25._tcp.mx TLSA 3 1 1 " + "ab".repeat(32)))
                .start();
        DnsServer server = internet.startDnsServer();
        DnssecResolver dns = Clients.resolver(internet, server);
        HandshakeCutter cutter = new HandshakeCutter(internet)) {
      DeliveryResult result =
          Clients.client(internet, dns)
              .policy(DanePolicy.audit())
              .connector((peer, timeout) -> cutter.connect(peer))
              .build()
              .deliver(ENVELOPE, MailMessage.of("Subject: hello\n\nhello\n"));
      assertThat(result.attempts().get(0).result())
          .isInstanceOfSatisfying(
              Failed.class, it -> assertThat(it.cause()).isEqualTo(Cause.TLS_HANDSHAKE));
      assertThat(result.recipients().get(0).outcome())
          .isInstanceOfSatisfying(
              Delivered.class,
              it -> assertThat(it.security()).isEqualTo(ChannelSecurity.PLAIN_TEXT));
    }
  }

  @Test
  void match_isRecorded_andIsNotCalledDane() {
    try (TestInternet internet = bank().host("mx.bank.example", h -> h.tlsa(3, 1, 1)).start()) {
      DeliveryResult result = deliver(internet);
      assertThat(result.recipients().get(0).outcome())
          .isInstanceOfSatisfying(
              Delivered.class,
              delivered ->
                  assertThat(delivered.security()).isEqualTo(ChannelSecurity.OPPORTUNISTIC_TLS));
      assertThat(match(result)).isInstanceOf(MatchResult.Matched.class);
    }
  }
}
