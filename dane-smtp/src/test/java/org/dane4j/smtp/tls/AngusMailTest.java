// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import javax.net.ssl.SSLException;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.policy.DanePolicy;
import org.dane4j.testkit.scenario.HostBuilder;
import org.dane4j.testkit.scenario.TestInternet;
import org.dane4j.testkit.smtp.RecordedSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jakarta Mail delivers under DANE, or not at all, however it is given the factory. */
class AngusMailTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

  /** How Jakarta Mail gets to know the factory. */
  enum Way {
    OBJECT {
      @Override
      void configure(Properties properties, DaneSslSocketFactory factory) {
        properties.put("mail.smtp.ssl.socketFactory", factory);
      }
    },
    CLASS_NAME {
      @Override
      void configure(Properties properties, DaneSslSocketFactory factory) {
        DaneSslSocketFactory.setDefault(factory);
        properties.put("mail.smtp.ssl.socketFactory.class", DaneSslSocketFactory.class.getName());
      }
    };

    abstract void configure(Properties properties, DaneSslSocketFactory factory);
  }

  @AfterEach
  void forget() {
    DaneSslSocketFactory.forgetDefault();
  }

  private static TestInternet internet(UnaryOperator<HostBuilder> host) {
    return TestInternet.at(AT)
        .zone("r.test")
        .host("mx.r.test", it -> assertThat(host.apply(it)).isSameAs(it))
        .start();
  }

  private static void send(TestInternet internet, Way way, DanePolicy policy)
      throws MessagingException {
    try (DnssecResolver dns =
        DnssecResolver.builder(internet.resolver())
            .trustAnchors(TrustAnchors.parse(String.join("\n", internet.trustAnchors())))
            .clock(InstantSource.fixed(AT))
            .build()) {
      Properties properties = properties(internet);
      way.configure(
          properties,
          DaneSslSocketFactory.over(dns).withPolicy(policy).withClock(InstantSource.fixed(AT)));
      send(properties);
    }
  }

  private static Properties properties(TestInternet internet) {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", "mx.r.test");
    properties.put("mail.smtp.port", "25");
    properties.put("mail.smtp.starttls.enable", "true");
    properties.put("mail.smtp.starttls.required", "true");
    properties.put("mail.smtp.localhost", "client.test");
    properties.put("mail.smtp.connectiontimeout", "10000");
    properties.put("mail.smtp.timeout", "10000");
    properties.put("mail.smtp.socketFactory", new PublishedSocketFactory(internet));
    properties.put("mail.smtp.socketFactory.fallback", "false");
    return properties;
  }

  /** Leads to where the hosts really are, and does not let it show. */
  private static final class PublishedSocketFactory extends SocketFactory {
    private final TestInternet internet;

    PublishedSocketFactory(TestInternet internet) {
      this.internet = internet;
    }

    @Override
    public Socket createSocket() {
      return new Socket() {
        @Override
        public void connect(SocketAddress published, int timeout) throws IOException {
          super.connect(internet.locate((InetSocketAddress) published), timeout);
        }

        @Override
        public int getPort() {
          return 25;
        }
      };
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }
  }

  private static void send(Properties properties) throws MessagingException {
    MimeMessage message = new MimeMessage(Session.getInstance(properties));
    message.setFrom(new InternetAddress("ann@s.test"));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress("bob@r.test"));
    message.setSubject("hello");
    message.setText("hello\n");
    Transport.send(message);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, it -> it != null, Throwable::getCause);
  }

  private static void assertNothingWasSent(TestInternet internet) {
    assertThat(internet.messages()).isEmpty();
    assertThat(internet.sessions())
        .isNotEmpty()
        .allSatisfy(
            session ->
                assertThat(session.commands()).noneMatch(it -> it.line().startsWith("MAIL")));
  }

  @ParameterizedTest
  @EnumSource
  void matchingServer_getsTheMail_whateverItsCertificateSays(Way way) throws MessagingException {
    try (TestInternet internet =
        internet(host -> host.certificateFor("unrelated.example").tlsa(3, 1, 1))) {
      send(internet, way, DanePolicy.opportunistic());
      assertThat(internet.messages()).hasSize(1);
      assertThat(internet.messages().get(0).tls().orElseThrow().serverName()).contains("mx.r.test");
      assertThat(internet.sessions())
          .flatExtracting(RecordedSession::plainTextCommands)
          .noneMatch(line -> line.startsWith("MAIL"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void otherServer_isRefused_andTheReasonIsACause(Way way) {
    try (TestInternet internet = internet(host -> host.tlsaOfAnotherKey(3, 1, 1))) {
      MessagingException failure =
          catchThrowableOfType(
              MessagingException.class, () -> send(internet, way, DanePolicy.opportunistic()));
      assertThat(causes(failure)).hasAtLeastOneElementOfType(DaneCertificateException.class);
      assertNothingWasSent(internet);
    }
  }

  @ParameterizedTest
  @EnumSource
  void hostWithoutRecords_isNotTrustedByChance(Way way) {
    // The authority that vouches for it is none of the platform's.
    try (TestInternet internet = internet(host -> host)) {
      MessagingException failure =
          catchThrowableOfType(
              MessagingException.class, () -> send(internet, way, DanePolicy.opportunistic()));
      assertThat(causes(failure)).hasAtLeastOneElementOfType(SSLException.class);
      assertNothingWasSent(internet);
    }
  }

  @Test
  void hostWithoutRecords_isAvoidedIfDaneIsMandatory() {
    try (TestInternet internet = internet(host -> host)) {
      MessagingException failure =
          catchThrowableOfType(
              MessagingException.class, () -> send(internet, Way.OBJECT, DanePolicy.mandatory()));
      assertThat(causes(failure))
          .anyMatch(it -> String.valueOf(it.getMessage()).contains("must not be used"));
      assertNothingWasSent(internet);
    }
  }

  @Test
  void classWithoutADefault_makesNoConnections() {
    try (TestInternet internet = internet(host -> host.tlsa(3, 1, 1))) {
      Properties properties = properties(internet);
      properties.put("mail.smtp.ssl.socketFactory.class", DaneSslSocketFactory.class.getName());
      MessagingException failure =
          catchThrowableOfType(MessagingException.class, () -> send(properties));
      assertThat(causes(failure))
          .anyMatch(it -> String.valueOf(it.getMessage()).contains("setDefault"));
      assertNothingWasSent(internet);
    }
  }
}
