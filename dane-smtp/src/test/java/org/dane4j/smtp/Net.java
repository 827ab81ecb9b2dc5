// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.tls.DaneSslContexts;
import org.dane4j.testkit.dns.DnsServer;
import org.dane4j.testkit.pki.CertificateSpec;
import org.dane4j.testkit.scenario.TestInternet;
import org.dane4j.testkit.scenario.TestInternetBuilder;
import org.dane4j.testkit.smtp.ReceivedMessage;
import org.dane4j.testkit.smtp.RecordedSession;

/** A test internet, a name server for it, and a resolver over that, which remembers nothing. */
record Net(TestInternet internet, DnsServer server, DnssecResolver dns) implements AutoCloseable {

  static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

  static Net of(Consumer<TestInternetBuilder> composition) {
    TestInternetBuilder builder = TestInternet.at(AT);
    composition.accept(builder);
    TestInternet internet = builder.start();
    DnsServer server = internet.startDnsServer();
    DnssecResolver dns =
        DnssecResolver.builder(server.address())
            .trustAnchors(TrustAnchors.parse(String.join("\n", internet.trustAnchors())))
            .clock(InstantSource.fixed(AT))
            .cacheSize(0)
            .build();
    return new Net(internet, server, dns);
  }

  /** The domain r.test with one host, mx.r.test, whose TLSA record matches. */
  static Net withDane() {
    return of(
        it -> it.mailDomain("r.test", "mx.r.test").host("mx.r.test", host -> host.tlsa(3, 1, 1)));
  }

  SmtpClient.Builder client() {
    return Clients.client(internet, dns);
  }

  /** TLS that trusts the root authority of this internet, in place of the platform's. */
  DaneSslContexts contexts() {
    List<X509Certificate> issuers = internet.identity(internet.hosts().get(0)).issuers();
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry("root", issuers.get(issuers.size() - 1));
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return DaneSslContexts.ofPlatform()
          .withAuthorities((X509TrustManager) factory.getTrustManagers()[0]);
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A certificate for now: the platform's authorities go by their own clock. */
  static CertificateSpec longLived(CertificateSpec spec) {
    return spec.validity(Duration.ofDays(-1), Duration.ofDays(3650));
  }

  /** Those that have it, by whatever server. */
  List<String> holders(String subject) {
    return messages(subject).flatMap(message -> message.recipients().stream()).toList();
  }

  Stream<ReceivedMessage> messages(String subject) {
    return internet.messages().stream()
        .filter(message -> message.text().startsWith("Subject: " + subject + "\r\n"));
  }

  /** What nobody may see who is on the way. */
  List<String> mailInPlainText() {
    return internet.sessions().stream()
        .map(RecordedSession::plainTextCommands)
        .flatMap(List::stream)
        .filter(
            line ->
                Stream.of("MAIL", "RCPT", "DATA", "AUTH")
                    .anyMatch(line.toUpperCase(Locale.ROOT)::startsWith))
        .toList();
  }

  @Override
  public void close() {
    dns.close();
    server.close();
    internet.close();
  }
}
