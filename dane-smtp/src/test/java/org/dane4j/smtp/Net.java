// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.testkit.dns.DnsServer;
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
