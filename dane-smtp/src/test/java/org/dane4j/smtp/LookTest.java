// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.smtp.tls.CertificateKeys;
import org.dane4j.testkit.pki.CertificateSpec;
import org.dane4j.testkit.pki.KeyType;
import org.dane4j.testkit.pki.TestAuthority;
import org.dane4j.testkit.pki.TestIdentity;
import org.dane4j.testkit.smtp.Hostility;
import org.dane4j.testkit.smtp.MailServerBuilder;
import org.dane4j.testkit.smtp.TestMailServer;
import org.junit.jupiter.api.Test;

/** What is seen of a server of which nothing is expected. */
class LookTest {

  private final TestAuthority authority = TestAuthority.root("Root", Instant.now());

  private TestIdentity identity(KeyType type) {
    return authority.issue(CertificateSpec.forNames("mx.example").key(type));
  }

  private static Result look(MailServerBuilder builder, String serverName, CertificateKeys keys) {
    try (Net net = Net.withDane();
        SmtpClient client = net.client().connector(SmtpConnector.direct()).build();
        TestMailServer server = builder.start()) {
      return client.look(server.address(), serverName, keys);
    }
  }

  @Test
  void anyCertificate_isShownAndNotJudged() {
    MailServerBuilder server = TestMailServer.builder().identity(identity(KeyType.EC_P256));
    Result result = look(server, "other.example", CertificateKeys.ANY);
    TlsSession tls = ((Ready) result).tls().orElseThrow();
    assertThat(tls.serverName()).isEqualTo("other.example");
    assertThat(tls.match()).isEmpty();
    assertThat(tls.certificates()).isNotEmpty();
  }

  @Test
  void withoutServerName_noneIsSent() {
    try (TestMailServer server =
            TestMailServer.builder().identity(identity(KeyType.EC_P256)).start();
        Net net = Net.withDane();
        SmtpClient client = net.client().connector(SmtpConnector.direct()).build()) {
      assertThat(client.look(server.address(), "", CertificateKeys.ANY)).isInstanceOf(Ready.class);
      assertThat(server.finishedSessions().get(0).tls().orElseThrow().serverName()).isEmpty();
    }
  }

  @Test
  void rsaOffer_isNotTakenByAServerWithAnEllipticCurve() {
    MailServerBuilder curve = TestMailServer.builder().identity(identity(KeyType.EC_P256));
    assertThat(look(curve, "mx.example", CertificateKeys.RSA)).isInstanceOf(Failed.class);
    assertThat(look(curve, "mx.example", CertificateKeys.ECDSA)).isInstanceOf(Ready.class);
    MailServerBuilder rsa = TestMailServer.builder().identity(identity(KeyType.RSA_2048));
    assertThat(look(rsa, "mx.example", CertificateKeys.RSA)).isInstanceOf(Ready.class);
    assertThat(look(rsa, "mx.example", CertificateKeys.ECDSA)).isInstanceOf(Failed.class);
  }

  @Test
  void offerThatIsRefused_failsInTheHandshake_andSilenceOnlyLosesTheConnection() {
    MailServerBuilder curve = TestMailServer.builder().identity(identity(KeyType.EC_P256));
    assertThat(((Failed) look(curve, "mx.example", CertificateKeys.RSA)).cause())
        .isEqualTo(Cause.TLS_HANDSHAKE);
    try (Net net = Net.withDane();
        SmtpClient client =
            net.client()
                .connector(SmtpConnector.direct())
                .timeouts(SmtpTimeouts.of(Duration.ofMillis(500)))
                .build();
        TestMailServer silent =
            TestMailServer.builder()
                .identity(identity(KeyType.EC_P256))
                .hostile(Hostility.STARTTLS_THEN_SILENCE)
                .start()) {
      Result result = client.look(silent.address(), "mx.example", CertificateKeys.RSA);
      assertThat(((Failed) result).cause()).isEqualTo(Cause.CONNECTION_LOST);
    }
  }

  @Test
  void serverWithoutTls_isSeenInPlainText() {
    Result result =
        look(
            TestMailServer.builder().hostile(Hostility.NO_STARTTLS),
            "mx.example",
            CertificateKeys.ANY);
    assertThat(((Ready) result).security()).isEqualTo(ChannelSecurity.PLAIN_TEXT);
    assertThat(((Ready) result).tls()).isEqualTo(Optional.empty());
  }

  @Test
  void serverThatIsNotThere_isAFailureToConnect() {
    TestMailServer server = TestMailServer.builder().start();
    server.close();
    try (Net net = Net.withDane();
        SmtpClient client = net.client().connector(SmtpConnector.direct()).build()) {
      Result result = client.look(server.address(), "mx.example", CertificateKeys.ANY);
      assertThat(((Failed) result).cause()).isEqualTo(Cause.CONNECT);
    }
  }
}
