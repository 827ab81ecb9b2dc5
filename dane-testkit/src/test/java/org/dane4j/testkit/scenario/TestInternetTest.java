// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import javax.net.SocketFactory;
import org.dane4j.testkit.dns.Asked;
import org.dane4j.testkit.dns.DnsServer;
import org.dane4j.testkit.dns.Tampering;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.dane4j.testkit.pki.Tlsa;
import org.dane4j.testkit.smtp.Hostility;
import org.dane4j.testkit.smtp.MailServerBuilder;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Address;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

class TestInternetTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

  private static TestInternetBuilder bank() {
    return TestInternet.at(AT)
        .mailDomain("bank.example", "mx1.bank.example", "mx2.bank.example")
        .host("mx1.bank.example", host -> host.tlsa(3, 1, 1))
        .host("mx2.bank.example", host -> host.tlsa(2, 1, 1));
  }

  private static Outcome deliver(TestInternet internet) {
    return new ReferenceClient(internet).deliverTo("bank.example");
  }

  private static InetSocketAddress published(TestInternet internet, String host) {
    RRset address = internet.tree().zone("bank.example").rrset(host + ".", Type.A).orElseThrow();
    return new InetSocketAddress(((ARecord) address.first()).getAddress(), 25);
  }

  @Test
  void composedInternet_deliversMail() {
    try (TestInternet internet = bank().start()) {
      assertThat(deliver(internet)).isEqualTo(Outcome.DANE_VERIFIED);
      assertThat(internet.queries().count(Asked.type(Type.TLSA))).isEqualTo(1);
      assertThat(internet.mailServer("mx1.bank.example").finishedSessions()).hasSize(1);
      assertThat(internet.mailServer("mx2.bank.example").sessions()).isEmpty();
      assertThat(internet.at()).isEqualTo(AT);
      assertThat(internet.hosts()).containsExactly("mx1.bank.example", "mx2.bank.example");
    }
  }

  @Test
  void publishedAddresses_areForDocumentationAndDiffer() throws Exception {
    try (TestInternet internet = bank().start()) {
      assertThat(published(internet, "mx1.bank.example").getAddress())
          .isEqualTo(InetAddress.getByName("192.0.2.1"));
      assertThat(published(internet, "mx2.bank.example").getAddress())
          .isEqualTo(InetAddress.getByName("192.0.2.2"));
    }
  }

  @Test
  void hostsOfOneAddress_areToldApartByTheirPorts() {
    TestInternetBuilder builder =
        TestInternet.at(AT)
            .zone("bank.example")
            .host("a.bank.example", host -> host.address("192.0.2.7").port(465).tlsa(3, 1, 1))
            .host("b.bank.example", host -> host.address("192.0.2.7").port(587));
    try (TestInternet internet = builder.start()) {
      InetSocketAddress a = new InetSocketAddress("192.0.2.7", 465);
      InetSocketAddress b = new InetSocketAddress("192.0.2.7", 587);
      assertThat(internet.locate(a)).isEqualTo(internet.mailServer("a.bank.example").address());
      assertThat(internet.locate(b)).isEqualTo(internet.mailServer("b.bank.example").address());
      assertThat(internet.tree().zone("bank.example").rrset("_465._tcp.a.bank.example.", Type.TLSA))
          .isPresent();
    }
  }

  @Test
  void locate_leadsToTheServerByAddressAndByName() {
    try (TestInternet internet = bank().start()) {
      InetSocketAddress server = internet.mailServer("mx1.bank.example").address();

      assertThat(internet.locate(published(internet, "mx1.bank.example"))).isEqualTo(server);
      assertThat(internet.locate(InetSocketAddress.createUnresolved("MX1.bank.example.", 25)))
          .isEqualTo(server);
    }
  }

  @Test
  void whatIsDownOrUnknown_refusesConnections() {
    try (TestInternet internet = bank().host("mx2.bank.example", HostBuilder::down).start()) {
      for (InetSocketAddress nobody :
          new InetSocketAddress[] {
            published(internet, "mx2.bank.example"),
            new InetSocketAddress(published(internet, "mx1.bank.example").getAddress(), 465),
            InetSocketAddress.createUnresolved("mx3.bank.example", 25)
          }) {
        InetSocketAddress where = internet.locate(nobody);
        assertThatThrownBy(() -> new Socket(where.getAddress(), where.getPort()).close())
            .isInstanceOf(ConnectException.class);
      }
      assertThatThrownBy(() -> internet.mailServer("mx2.bank.example"))
          .hasMessageContaining("is down");
      assertThatThrownBy(() -> internet.mailServer("mx3.bank.example"))
          .hasMessageContaining("no host mx3.bank.example");
    }
  }

  @Test
  void socketFactory_connectsToHostsByTheirNames() throws IOException {
    try (TestInternet internet = bank().start()) {
      SocketFactory factory = internet.socketFactory();
      int port = internet.mailServer("mx1.bank.example").address().getPort();
      try (Socket byName = factory.createSocket("mx1.bank.example", 25);
          Socket byAddress = factory.createSocket(Address.getByAddress("192.0.2.1"), 25);
          Socket later = factory.createSocket()) {
        later.connect(InetSocketAddress.createUnresolved("mx1.bank.example", 25), 1000);
        assertThat(byName.getPort()).isEqualTo(port);
        assertThat(byAddress.getPort()).isEqualTo(port);
        assertThat(later.getPort()).isEqualTo(port);
      }
      assertThatThrownBy(() -> factory.createSocket("nobody.example", 25))
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void attackOnStartTls_canComeAndGo() {
    try (TestInternet internet = TestInternet.start(Scenarios.byId("ee-311"), AT)) {
      ReferenceClient client = new ReferenceClient(internet);
      internet
          .mailServer("mx.ee-311.example")
          .change(server -> server.hostile(Hostility.NO_STARTTLS));
      assertThat(client.deliverTo("ee-311.example")).isEqualTo(Outcome.DEFER);

      internet.mailServer("mx.ee-311.example").change(MailServerBuilder::honest);
      assertThat(client.deliverTo("ee-311.example")).isEqualTo(Outcome.DANE_VERIFIED);
    }
  }

  @Test
  void attackOnNames_canComeAndGo() {
    try (TestInternet internet = bank().start()) {
      internet.attack(
          path ->
              path.tampering(
                  Tampering.replacing(
                      "_25._tcp.mx1.bank.example", Type.TLSA, "3 1 1 " + "ab".repeat(32))));
      internet.attack(path -> path.dropping(Asked.below("mx2.bank.example")));
      assertThat(deliver(internet)).isEqualTo(Outcome.DEFER);

      internet.endAttacks();
      assertThat(deliver(internet)).isEqualTo(Outcome.DANE_VERIFIED);
    }
  }

  @Test
  void publishedChange_isSignedByTheSameKeys() {
    try (TestInternet internet = bank().start()) {
      var anchors = internet.trustAnchors();
      var otherKey = Tlsa.rdata(3, 1, 1, internet.identity("mx2.bank.example").certificate());
      internet.publish(
          tree ->
              tree.zone(
                  "bank.example",
                  zone ->
                      zone.withoutRecords("_25._tcp.mx1", Type.TLSA)
                          .withoutRecords("_25._tcp.mx2", Type.TLSA)
                          .record("_25._tcp.mx1 TLSA " + otherKey)
                          .record("_25._tcp.mx2 TLSA " + otherKey)));

      assertThat(internet.trustAnchors()).isEqualTo(anchors);
      // The first host does not match any more, the second one matches in another way.
      assertThat(deliver(internet)).isEqualTo(Outcome.DANE_VERIFIED);
      assertThat(internet.mailServer("mx2.bank.example").finishedSessions()).hasSize(1);
    }
  }

  @Test
  void laterTime_makesNewSignatures() {
    try (TestInternet internet = bank().start()) {
      Instant later = AT.plus(Duration.ofDays(30));
      internet.publish(tree -> tree.at(later));

      assertThat(internet.at()).isEqualTo(later);
      assertThat(deliver(internet)).isEqualTo(Outcome.DANE_VERIFIED);
    }
  }

  @Test
  void dnsServer_seesTheSameAttacks() throws IOException {
    try (TestInternet internet = bank().start()) {
      DnsServer server = internet.startDnsServer();
      SimpleResolver resolver = new SimpleResolver(server.address());
      Message query =
          Message.newQuery(
              Record.newRecord(Name.fromConstantString("mx1.bank.example."), Type.A, DClass.IN));
      assertThat(resolver.send(query).getSection(Section.ANSWER)).hasSize(1);

      internet.attack(path -> path.forgingAd());
      assertThat(resolver.send(query).getHeader().getFlag(Flags.AD)).isTrue();
      assertThat(internet.queries().count(Asked.anything())).isEqualTo(2);
    }
  }

  @Test
  void topLevelDomains_areAddedAndSigned() {
    try (TestInternet internet = bank().start()) {
      assertThat(internet.tree().zone("example").keys()).hasSize(1);
    }
  }

  @Test
  void topLevelDomain_canBeSetUp() {
    try (TestInternet internet = bank().zone("example", ZoneBuilder::unsigned).start()) {
      assertThat(internet.tree().zone("example").keys()).isEmpty();
      assertThat(deliver(internet)).isEqualTo(Outcome.OPPORTUNISTIC);
    }
  }

  @Test
  void hostInNoZone_isRefused() {
    assertThatThrownBy(() -> bank().host("mx.elsewhere.test").start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no zone for mx.elsewhere.test");
  }

  @Test
  void chosenAddress_isPublishedInItsFamily() {
    try (TestInternet internet =
        bank()
            .host("mx1.bank.example", host -> host.address("2001:db8::25"))
            .host("mx2.bank.example", host -> host.address("192.0.2.1"))
            .host("mx3.bank.example")
            .start()) {
      var zone = internet.tree().zone("bank.example");
      assertThat(zone.rrset("mx1", Type.AAAA)).isPresent();
      assertThat(zone.rrset("mx1", Type.A)).isEmpty();
      assertThat(zone.rrset("mx3", Type.A).orElseThrow().first().rdataToString())
          .isEqualTo("192.0.2.2");
      assertThat(internet.locate(new InetSocketAddress("2001:db8::25", 25)))
          .isEqualTo(internet.mailServer("mx1.bank.example").address());
    }
  }

  @Test
  void closedInternet_hasItsRecordsStill() {
    TestInternet internet = bank().start();
    assertThat(deliver(internet)).isEqualTo(Outcome.DANE_VERIFIED);
    internet.close();

    assertThat(internet.mailServer("mx1.bank.example").finishedSessions()).hasSize(1);
  }
}
