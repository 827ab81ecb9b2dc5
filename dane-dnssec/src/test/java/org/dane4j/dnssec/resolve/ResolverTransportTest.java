// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.dane4j.dnssec.resolve.ResolverTree.AT;
import static org.dane4j.dnssec.resolve.ResolverTree.BIG;
import static org.dane4j.dnssec.resolve.ResolverTree.TLSA;
import static org.dane4j.dnssec.resolve.ResolverTree.TREE;
import static org.dane4j.dnssec.resolve.ResolverTree.over;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.dane4j.dnssec.Answer;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Indeterminate;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsServer;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.tlsa.Octets;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Sockets and threads: what comes in over them, what does not, and what goes wrong. */
class ResolverTransportTest {

  @Test
  void dnsjavasSockets_carryIt() {
    try (DnsServer server = DnsServer.start(TREE);
        DnssecResolver dns =
            DnssecResolver.builder(new SimpleResolver(server.address()))
                .trustAnchors(TrustAnchors.parse(String.join("\n", TREE.trustAnchors())))
                .clock(InstantSource.fixed(AT))
                .build()) {
      assertThat(dns.resolve(TLSA)).isInstanceOf(Secure.class);
      assertThat(dns.resolve(BIG)).isInstanceOf(Secure.class);
    }
  }

  @Test
  void ownSockets_carryIt_alsoWhatIsTooLongForUdp() {
    try (DnsServer server = DnsServer.start(TREE);
        DnssecResolver dns = over(server.address()).build()) {
      assertThat(dns.resolve(TLSA)).isInstanceOf(Secure.class);
      Secure big = (Secure) dns.resolve(BIG);
      assertThat(((Answer.Positive) big.answer()).rrset().rdata()).hasSize(12);
    }
  }

  @Test
  void secondNameServer_isAskedWhereTheFirstFails() {
    try (DnsServer broken = DnsServer.start(DnsResponder.alwaysFailing(2));
        DnsServer server = DnsServer.start(TREE);
        DnssecResolver dns = over(broken.address(), server.address()).build()) {
      assertThat(dns.resolve(TLSA)).isInstanceOf(Secure.class);
    }
  }

  @Test
  void closedPort_isToldAsSuch() throws Exception {
    InetSocketAddress nobody;
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      nobody = (InetSocketAddress) socket.getLocalSocketAddress();
    }
    try (DnssecResolver dns = over(nobody).queryTimeout(Duration.ofSeconds(2)).build()) {
      assertThat(dns.resolve(TLSA)).isInstanceOf(Indeterminate.class);
    }
  }

  @Test
  void strayDatagrams_doNotEndAQuery() throws Exception {
    // RFC 5452 §9.1: what does not match the query is not its response.
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        DnssecResolver dns = over((InetSocketAddress) socket.getLocalSocketAddress()).build()) {
      Thread server = new Thread(() -> answerAfterStrays(socket));
      server.setDaemon(true);
      server.start();
      assertThat(dns.resolve(TLSA)).isInstanceOf(Secure.class);
    }
  }

  /** Sends garbage, a wrong identifier and a wrong question before each true response. */
  private static void answerAfterStrays(DatagramSocket socket) {
    byte[] buffer = new byte[1500];
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        Message query = new Message(Arrays.copyOf(buffer, packet.getLength()));
        byte[] response = TREE.answer(query).toWire();
        byte[] wrongId = response.clone();
        wrongId[0] ^= 1;
        byte[] wrongQuestion = response.clone();
        wrongQuestion[13] ^= 1;
        for (byte[] octets : List.of(new byte[0], new byte[5], wrongId, wrongQuestion, response)) {
          socket.send(new DatagramPacket(octets, octets.length, packet.getSocketAddress()));
        }
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  @Test
  void malformedRecord_costsItsOwnRrsetOnly() {
    DnsTree tree =
        TREE.changed(
            t ->
                t.zone(
                    "bank.example.",
                    zone -> zone.rawRecord("odd", Type.TLSA, new byte[] {3, 1, 1})));
    try (DnsServer server = DnsServer.start(tree);
        DnssecResolver dns = over(server.address()).build()) {
      Secure odd = (Secure) dns.resolve(Question.of("odd.bank.example", Type.TLSA));
      assertThat(((Answer.Positive) odd.answer()).rrset().rdata())
          .containsExactly(Octets.ofHex("030101"));
    }
  }

  @Test
  @SuppressWarnings("try") // Closing is what this is about.
  void closingTheResolver_endsLookupsUnderWay_andThereAreNoMore() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    DnsResponder silent =
        TREE.dropping(
            question -> {
              asked.countDown();
              return true;
            });
    try (DnsServer server = DnsServer.start(silent);
        DnssecResolver dns = over(server.address()).build()) {
      CompletableFuture<ValidationResult> result =
          CompletableFuture.supplyAsync(() -> dns.resolve(TLSA));
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      dns.close();
      assertThat(result.get(2, TimeUnit.SECONDS)).isInstanceOf(Indeterminate.class);
      assertThatIllegalStateException()
          .isThrownBy(() -> dns.resolve(TLSA))
          .withMessageContaining("closed");
    }
  }

  @Test
  void executorThatRefusesTasksForATime_doesNoLastingHarm() {
    AtomicInteger refusals = new AtomicInteger(6);
    Executor moody =
        task -> {
          if (refusals.getAndDecrement() > 0) {
            throw new RejectedExecutionException("too busy");
          }
          task.run();
        };
    try (DnsServer server = DnsServer.start(TREE);
        DnssecResolver dns =
            over(server.address()).executor(moody).deadline(Duration.ofSeconds(10)).build()) {
      assertThat(dns.resolve(TLSA)).isInstanceOf(Secure.class);
      assertThat(dns.resolve(BIG)).isInstanceOf(Secure.class);
    }
  }
}
