// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.quickstart;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.DeliveryResult;
import org.dane4j.smtp.Envelope;
import org.dane4j.smtp.MailMessage;
import org.dane4j.smtp.SmtpClient;
import org.dane4j.smtp.SmtpConnector;
import org.dane4j.smtp.SmtpTimeouts;
import org.dane4j.testkit.dns.DnsServer;
import org.dane4j.testkit.scenario.TestInternet;
import org.dane4j.testkit.smtp.RecordedSession;

/** The small internet of this example, and a client in it. */
final class World implements AutoCloseable {

  static final List<String> HOSTS = List.of("mx1.bank.example", "mx2.bank.example");

  private final TestInternet internet;
  private final DnsServer nameServer;

  private World(TestInternet internet) {
    this.internet = internet;
    this.nameServer = internet.startDnsServer();
  }

  static World start(Instant at) {
    return new World(
        TestInternet.at(at)
            .zone("attacker.example")
            .mailDomain("bank.example", HOSTS.toArray(String[]::new))
            .host(HOSTS.get(0), host -> host.tlsa(3, 1, 1))
            .host(HOSTS.get(1), host -> host.tlsa(3, 1, 1))
            .start());
  }

  TestInternet internet() {
    return internet;
  }

  /** Returns a resolver that trusts the root of this internet, and knows nothing yet. */
  DnssecResolver resolver() {
    return DnssecResolver.builder(nameServer.address())
        .trustAnchors(TrustAnchors.parse(String.join("\n", internet.trustAnchors())))
        .clock(InstantSource.fixed(internet.at()))
        .build();
  }

  DeliveryResult send(DnssecResolver dns) {
    SmtpClient client =
        SmtpClient.builder(dns)
            .heloName("mail.sender.example")
            .timeouts(SmtpTimeouts.of(Duration.ofSeconds(5)))
            .clock(InstantSource.fixed(internet.at()))
            .connector(
                (published, timeout) -> {
                  // The zones have addresses for documentation; the servers are on the loopback.
                  InetSocketAddress real = internet.locate(published);
                  return SmtpConnector.direct().connect(real, timeout);
                })
            .build();
    return client.deliver(
        Envelope.from("ann@sender.example").to("bob@bank.example"),
        MailMessage.of(
            "From: ann@sender.example\nTo: bob@bank.example\nSubject: Hello\n\nHello Bob\n"));
  }

  /** How many mails servers have taken. */
  int arrived() {
    return internet.messages().size();
  }

  /** What was said in plain text that is nobody's business. */
  List<String> leaks() {
    return internet.sessions().stream()
        .map(RecordedSession::plainTextCommands)
        .flatMap(List::stream)
        .filter(command -> command.contains("@"))
        .toList();
  }

  @Override
  public void close() {
    nameServer.close();
    internet.close();
  }
}
