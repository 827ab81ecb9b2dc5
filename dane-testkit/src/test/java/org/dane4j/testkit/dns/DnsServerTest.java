// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

class DnsServerTest {

  private static final DnsTree TREE =
      DnsTree.at(Instant.parse("2026-05-01T12:00:00Z"))
          .zone(
              "bank.example.",
              z -> {
                z.record("mx A 192.0.2.1");
                for (int i = 0; i < 40; i++) {
                  z.record("_25._tcp.mx TLSA 3 1 1 " + String.format("%064x", i));
                }
              })
          .build();

  private static final Message SMALL = Queries.withDnssec("mx.bank.example.", Type.A);
  private static final Message LARGE = Queries.withDnssec("_25._tcp.mx.bank.example.", Type.TLSA);

  private final DnsServer server = DnsServer.start(TREE);

  @AfterEach
  void close() {
    server.close();
  }

  private static Message byUdp(InetSocketAddress address, byte[] query) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(10_000);
      socket.send(new DatagramPacket(query, query.length, address));
      DatagramPacket packet = new DatagramPacket(new byte[65535], 65535);
      socket.receive(packet);
      return new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
    }
  }

  @Test
  void udp_answersWhatFits() throws IOException {
    Message answer = byUdp(server.address(), SMALL.toWire());

    assertThat(answer.getHeader().getFlag(Flags.TC)).isFalse();
    assertThat(answer.getSectionRRsets(Section.ANSWER).get(0).sigs()).hasSize(1);
  }

  @Test
  void udp_truncatesWhatIsLongerThanTheClientCanTake() throws IOException {
    Message answer = byUdp(server.address(), LARGE.toWire());

    assertThat(answer.getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(answer.numBytes()).isLessThanOrEqualTo(1232);
    Message plain =
        byUdp(server.address(), Queries.plain("_25._tcp.mx.bank.example.", Type.TLSA).toWire());
    assertThat(plain.getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(plain.numBytes()).isLessThanOrEqualTo(512);
  }

  @Test
  void resolverOfDnsjava_goesOnByTcp() throws IOException {
    SimpleResolver resolver = new SimpleResolver(server.address());

    Message answer = resolver.send(LARGE);

    assertThat(answer.getHeader().getFlag(Flags.TC)).isFalse();
    assertThat(answer.getSectionRRsets(Section.ANSWER).get(0).size()).isEqualTo(40);
  }

  @Test
  void tcp_takesManyQueriesBeforeItsAnswersAreRead() throws IOException {
    try (Socket socket = new Socket(server.address().getAddress(), server.address().getPort())) {
      socket.setSoTimeout(10_000);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      DataInputStream in = new DataInputStream(socket.getInputStream());
      Set<Integer> asked = new HashSet<>();
      for (int i = 0; i < 5; i++) {
        byte[] query = Queries.withDnssec("mx.bank.example.", Type.A).toWire();
        asked.add(new Message(query).getHeader().getID());
        out.writeShort(query.length);
        out.write(query);
      }
      Set<Integer> answered = new HashSet<>();
      for (int i = 0; i < 5; i++) {
        byte[] answer = new byte[in.readUnsignedShort()];
        in.readFully(answer);
        answered.add(new Message(answer).getHeader().getID());
      }
      assertThat(answered).isEqualTo(asked);
    }
  }

  @Test
  void garbage_isIgnoredAndTheNextQueryAnswered() throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(new byte[] {1, 2, 3}, 3, server.address()));
    }

    assertThat(byUdp(server.address(), SMALL.toWire()).getRcode()).isEqualTo(Rcode.NOERROR);
  }

  @Test
  void delayedAnswer_arrivesByBothTransports() throws IOException {
    QueryLog log = new QueryLog();
    try (DnsServer slow = DnsServer.start(TREE.delayed(Duration.ofMillis(10)).recordedIn(log))) {
      SimpleResolver resolver = new SimpleResolver(slow.address());
      assertThat(resolver.send(SMALL).getRcode()).isEqualTo(Rcode.NOERROR);
      resolver.setTCP(true);
      assertThat(resolver.send(SMALL).getRcode()).isEqualTo(Rcode.NOERROR);
    }
    assertThat(log.rounds()).isEqualTo(2);
  }

  @Test
  void responderThatThrows_isServerFailureForTheClient() throws IOException {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> {});
    try (DnsServer broken =
        DnsServer.start(
            query -> {
              throw new IllegalStateException("a mistake in the test");
            })) {
      assertThat(byUdp(broken.address(), SMALL.toWire()).getRcode()).isEqualTo(Rcode.SERVFAIL);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Test
  void closedServer_refusesConnections() {
    server.close();

    assertThatThrownBy(
            () -> new Socket(server.address().getAddress(), server.address().getPort()).close())
        .isInstanceOf(ConnectException.class);
  }
}
