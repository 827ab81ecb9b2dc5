// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.testkit.dns.DnsServer;
import org.dane4j.testkit.scenario.TestInternet;

/** Resolvers and clients for a test internet, with short timeouts. */
final class Clients {

  private Clients() {}

  static DnssecResolver resolver(TestInternet internet, DnsServer server) {
    return DnssecResolver.builder(server.address())
        .trustAnchors(TrustAnchors.parse(String.join("\n", internet.trustAnchors())))
        .clock(InstantSource.fixed(internet.at()))
        .queryTimeout(Duration.ofMillis(500))
        .build();
  }

  static SmtpClient.Builder client(TestInternet internet, DnssecResolver dns) {
    return SmtpClient.builder(dns)
        .heloName("client.sender.test")
        .clock(InstantSource.fixed(internet.at()))
        .timeouts(SmtpTimeouts.of(Duration.ofSeconds(5)))
        .connector(
            (peer, timeout) -> {
              InetSocketAddress real = internet.locate(peer);
              return SmtpConnector.direct().connect(real, timeout);
            });
  }
}
