// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.SmtpClient;
import org.dane4j.smtp.SmtpConnector;
import org.dane4j.smtp.SmtpTimeouts;
import org.dane4j.smtp.audit.DomainFacts;
import org.dane4j.smtp.audit.NameServerFacts;
import org.dane4j.smtp.audit.ServerReply;
import org.dane4j.smtp.audit.ServerReply.Transport;
import org.dane4j.smtp.audit.ZoneFacts;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsServer;
import org.dane4j.testkit.scenario.HostBuilder;
import org.dane4j.testkit.scenario.TestInternet;
import org.dane4j.testkit.scenario.TestInternetBuilder;
import org.xbill.DNS.Name;

/**
 * The domain r.test with the host mx.r.test and the name servers ns1 and ns2, each at a published
 * address; where they really listen only the observer's settings know.
 */
final class Village implements AutoCloseable {

  static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

  static final String FIRST = "192.0.2.53";
  static final String SECOND = "192.0.2.54";

  final TestInternet internet;
  final DnssecResolver dns;
  private final Map<InetAddress, DnsServer> servers = new HashMap<>();

  private Village(TestInternet internet) {
    this.internet = internet;
    this.dns =
        DnssecResolver.builder(internet.startDnsServer().address())
            .trustAnchors(TrustAnchors.parse(String.join("\n", internet.trustAnchors())))
            .clock(InstantSource.fixed(AT))
            .queryTimeout(Duration.ofMillis(500))
            .build();
    serve(FIRST, authority());
    serve(SECOND, authority());
  }

  /** A village in which nothing is wrong. */
  static Village healthy() {
    return with(internet -> {}, host -> host.tlsa(3, 1, 1));
  }

  static Village with(Consumer<TestInternetBuilder> more, Consumer<HostBuilder> host) {
    TestInternetBuilder builder =
        TestInternet.at(AT)
            .mailDomain("r.test", "mx.r.test")
            .zone("r.test", zone -> zone.record("@ NS ns1\n@ NS ns2"))
            .zone("r.test", zone -> zone.record("ns1 A " + FIRST + "\nns2 A " + SECOND))
            .host("mx.r.test", host);
    more.accept(builder);
    return new Village(builder.start());
  }

  /** An honest name server of r.test. */
  DnsResponder authority() {
    return query -> internet.tree().zone("r.test").authority().respond(query);
  }

  /** Puts another name server at an address. */
  void serve(String address, DnsResponder responder) {
    serve(address, responder, responder);
  }

  void serve(String address, DnsResponder overUdp, DnsResponder overTcp) {
    DnsServer before = servers.put(inet(address), DnsServer.start(overUdp, overTcp));
    if (before != null) {
      before.close();
    }
  }

  /** Leaves nobody at an address. */
  void abandon(String address) {
    Objects.requireNonNull(servers.remove(inet(address))).close();
  }

  private InetSocketAddress nameServer(InetSocketAddress published) {
    DnsServer server = servers.get(published.getAddress());
    return server == null ? internet.locate(published) : server.address();
  }

  DomainObserver.Builder observer() {
    SmtpClient client =
        SmtpClient.builder(dns)
            .clock(InstantSource.fixed(AT))
            .timeouts(SmtpTimeouts.of(Duration.ofSeconds(5)))
            .connector(
                (peer, timeout) -> SmtpConnector.direct().connect(internet.locate(peer), timeout))
            .build();
    return DomainObserver.builder(dns, client)
        .clock(InstantSource.fixed(AT))
        .policyFetcher(
            domain -> {
              throw new AssertionError("nothing to fetch");
            })
        .limits(
            ObservationLimits.defaults()
                .withTotalTime(Duration.ofSeconds(20))
                .withQueryTimeout(Duration.ofSeconds(1)))
        .nameServersAt(this::nameServer)
        .allowReservedAddresses();
  }

  DomainFacts observe() {
    return observe(observer().build());
  }

  DomainFacts observe(DomainObserver observer) {
    return observer.observe(domain("r.test"), ObservationProgress.unheard());
  }

  static NextHop.Domain domain(String name) {
    return (NextHop.Domain) NextHop.of(name);
  }

  static ZoneFacts zone(DomainFacts facts, String name) {
    return facts.zones().stream()
        .filter(zone -> zone.name().equals(Name.fromConstantString(name)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no zone " + name + " in " + facts.zones()));
  }

  /** What the server at an address replied over a transport, in the order of the questions. */
  static List<ServerReply> replies(DomainFacts facts, String address, Transport transport) {
    Stream<NameServerFacts> servers = zone(facts, "r.test.").servers().stream();
    return servers
        .filter(server -> server.address().equals(Optional.of(inet(address))))
        .flatMap(server -> server.replies().stream())
        .filter(reply -> reply.transport() == transport)
        .toList();
  }

  static InetAddress inet(String address) {
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new AssertionError(address, e);
    }
  }

  @Override
  public void close() {
    dns.close();
    servers.values().forEach(DnsServer::close);
    internet.close();
  }
}
