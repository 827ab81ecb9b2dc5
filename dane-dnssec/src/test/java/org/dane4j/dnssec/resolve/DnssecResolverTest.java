// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.dane4j.dnssec.Answer;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.dnssec.ValidationResult.Indeterminate;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsServer;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.QueryLog;
import org.dane4j.tlsa.Octets;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Rounds, caches and deadlines. */
class DnssecResolverTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

  /** So that no answer to a guess comes in after the verdict. */
  private static final Executor AT_ONCE = Runnable::run;

  private static final Duration ROUND_TRIP = Duration.ofMillis(50);

  private static final DnsTree TREE =
      DnsTree.at(AT)
          .zone(".")
          .zone("example.")
          .zone("test.")
          .zone("other.test.", zone -> zone.record("www A 192.0.2.2"))
          .zone(
              "bank.example.",
              zone ->
                  zone.record("@ 300 MX 10 mx\nmx 300 A 192.0.2.1\nwww 300 A 192.0.2.7")
                      .record("far 300 CNAME www.other.test.")
                      .record("_25._tcp.mx 300 TLSA 3 1 1 " + "00".repeat(32))
                      .record(big())
                      .damage("www", Type.A, Damage.corruptSignature()))
          .build();

  private static String big() {
    StringBuilder records = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      records.append("big 300 TXT ").append(i).append("x".repeat(240)).append('\n');
    }
    return records.toString();
  }

  private static DnssecResolver.Builder over(DnsResponder responder) {
    return DnssecResolver.builder(responder.asResolver())
        .trustAnchors(TrustAnchors.parse(String.join("\n", TREE.trustAnchors())))
        .clock(InstantSource.fixed(AT));
  }

  private static final Question BIG = Question.of("big.bank.example", Type.TXT);
  private static final Question TLSA = Question.of("_25._tcp.mx.bank.example", Type.TLSA);

  @Test
  void coldLookup_takesOneRound() {
    QueryLog log = new QueryLog();
    try (DnssecResolver dns = over(TREE.delayed(ROUND_TRIP).recordedIn(log)).build()) {
      assertThat(dns.resolve(TLSA)).isInstanceOf(Secure.class);
    }
    assertThat(log.rounds()).isEqualTo(1);
    assertThat(log.questions()).hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void lookupAlongAnAlias_takesTwoRounds() {
    QueryLog log = new QueryLog();
    try (DnssecResolver dns = over(TREE.delayed(ROUND_TRIP).recordedIn(log)).build()) {
      assertThat(dns.resolve(Question.of("far.bank.example", Type.A))).isInstanceOf(Secure.class);
    }
    assertThat(log.rounds()).isLessThanOrEqualTo(3);
  }

  @Test
  void siblingNames_reuseValidatedAncestors() {
    QueryLog log = new QueryLog();
    try (DnssecResolver dns = over(TREE.recordedIn(log)).executor(AT_ONCE).build()) {
      dns.resolve(Question.of("bank.example", Type.MX));
      log.clear();
      assertThat(dns.resolve(Question.of("bank.example", Type.TXT))).isInstanceOf(Secure.class);
    }
    assertThat(log.questions()).hasSize(1);
  }

  @Test
  void secondLookup_isFromTheCache_untilTheTtlEnds() {
    QueryLog log = new QueryLog();
    AtomicReference<Instant> now = new AtomicReference<>(AT);
    try (DnssecResolver dns =
        over(TREE.recordedIn(log)).clock(now::get).executor(AT_ONCE).build()) {
      ValidationResult first = dns.resolve(TLSA);
      log.clear();
      assertThat(dns.resolve(TLSA)).isSameAs(first);
      now.set(AT.plusSeconds(299));
      assertThat(dns.resolve(TLSA)).isSameAs(first);
      assertThat(log.questions()).isEmpty();
      now.set(AT.plusSeconds(301));
      assertThat(dns.resolve(TLSA)).isNotSameAs(first).isInstanceOf(Secure.class);
      assertThat(log.count(question -> question.getType() == Type.TLSA)).isEqualTo(1);
    }
  }

  @Test
  void bogusVerdict_isKeptForHalfAMinute() {
    // RFC 4035 §4.7
    QueryLog log = new QueryLog();
    AtomicReference<Instant> now = new AtomicReference<>(AT);
    Question www = Question.of("www.bank.example", Type.A);
    try (DnssecResolver dns =
        over(TREE.recordedIn(log)).clock(now::get).executor(AT_ONCE).build()) {
      assertThat(dns.resolve(www)).isInstanceOf(Bogus.class);
      log.clear();
      now.set(AT.plusSeconds(29));
      assertThat(dns.resolve(www)).isInstanceOf(Bogus.class);
      assertThat(log.questions()).isEmpty();
      now.set(AT.plusSeconds(31));
      assertThat(dns.resolve(www)).isInstanceOf(Bogus.class);
      assertThat(log.questions()).isNotEmpty();
    }
  }

  @Test
  void indeterminateVerdict_isNotKept() {
    QueryLog log = new QueryLog();
    DnsResponder broken = TREE.failing(question -> question.getType() == Type.TLSA, 2);
    try (DnssecResolver dns = over(broken.recordedIn(log)).executor(AT_ONCE).build()) {
      assertThat(dns.resolve(TLSA)).isInstanceOf(Indeterminate.class);
      log.clear();
      assertThat(dns.resolve(TLSA)).isInstanceOf(Indeterminate.class);
    }
    assertThat(log.count(question -> question.getType() == Type.TLSA)).isEqualTo(1);
  }

  @Test
  void equalLookupsAtOneTime_areMadeOnce() {
    QueryLog log = new QueryLog();
    ExecutorService callers = Executors.newFixedThreadPool(8);
    try (DnssecResolver dns = over(TREE.delayed(ROUND_TRIP).recordedIn(log)).build()) {
      List<CompletableFuture<ValidationResult>> calls =
          IntStream.range(0, 8)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> dns.resolve(TLSA), callers))
              .toList();
      assertThat(calls).allSatisfy(call -> assertThat(call.join()).isInstanceOf(Secure.class));
    } finally {
      callers.shutdown();
    }
    assertThat(log.questions()).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void severalQuestions_shareTheirRounds() {
    QueryLog log = new QueryLog();
    try (DnssecResolver dns = over(TREE.delayed(ROUND_TRIP).recordedIn(log)).build()) {
      List<ValidationResult> results =
          dns.resolveAll(
              List.of(
                  Question.of("mx.bank.example", Type.A),
                  Question.of("mx.bank.example", Type.AAAA),
                  TLSA));
      assertThat(results).allSatisfy(result -> assertThat(result).isInstanceOf(Secure.class));
      assertThat(((Secure) results.get(1)).answer()).isInstanceOf(Answer.NoData.class);
    }
    assertThat(log.rounds()).isEqualTo(1);
  }

  @Test
  void silentUpstream_endsAsIndeterminateInTime() {
    DnsResponder silent = TREE.dropping(question -> true);
    long start = System.nanoTime();
    try (DnssecResolver dns = over(silent).queryTimeout(Duration.ofMillis(100)).build()) {
      Indeterminate result = (Indeterminate) dns.resolve(TLSA);
      assertThat(result.explanation()).contains("no response in time");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void deadline_endsTheCall() {
    DnsResponder silent = TREE.dropping(question -> true);
    try (DnssecResolver dns = over(silent).deadline(Duration.ofMillis(100)).build()) {
      assertThat(dns.resolve(TLSA)).isInstanceOf(Indeterminate.class);
    }
  }

  @Test
  void interruptedCaller_getsAnIndeterminateVerdict_andStaysInterrupted() {
    DnsResponder silent = TREE.dropping(question -> true);
    try (DnssecResolver dns = over(silent).build()) {
      Thread.currentThread().interrupt();
      assertThat(dns.resolve(TLSA)).isInstanceOf(Indeterminate.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void speculativeQueriesThatFail_doNotMatter() {
    // mx.bank.example is no zone: its DS and DNSKEY need no answer.
    DnsResponder picky =
        TREE.dropping(
            question ->
                question.getName().toString().equals("mx.bank.example.")
                    && question.getType() != Type.A);
    try (DnssecResolver dns = over(picky).queryTimeout(Duration.ofSeconds(5)).build()) {
      assertThat(dns.resolve(Question.of("mx.bank.example", Type.A))).isInstanceOf(Secure.class);
    }
  }

  private static DnssecResolver.Builder over(InetSocketAddress... servers) {
    return DnssecResolver.builder(servers)
        .trustAnchors(TrustAnchors.parse(String.join("\n", TREE.trustAnchors())))
        .clock(InstantSource.fixed(AT));
  }

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

  @Test
  void anchorsOfWhichNoneCounts_areRefused_asAllWouldPassForUnsigned() {
    TrustAnchors sha1 = TrustAnchors.parse(". DS 1 8 1 " + "ab".repeat(20));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> over(TREE).trustAnchors(sha1).build())
        .withMessageContaining("no trust anchor of . counts");
    TrustAnchors unknown = TrustAnchors.parse("example. DS 1 18 2 " + "ab".repeat(32));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> over(TREE).trustAnchors(unknown).build())
        .withMessageContaining("example.");
  }

  @Test
  void nameServerWithoutAddress_isRefused() {
    InetSocketAddress unresolved = InetSocketAddress.createUnresolved("ns.invalid", 53);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DnssecResolver.builder(unresolved))
        .withMessageContaining("ns.invalid");
  }

  @Test
  void withoutDnssecInTheUpstream_nothingIsInsecure() {
    try (DnssecResolver dns = over(TREE.withoutDnssec()).build()) {
      assertThat(dns.resolve(TLSA)).isNotInstanceOf(Insecure.class);
    }
  }

  @Test
  void misuse_isToldAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> over(TREE).deadline(Duration.ZERO))
        .withMessageContaining("deadline");
    assertThatIllegalArgumentException().isThrownBy(() -> over(TREE).cacheSize(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> over(TREE).queryTimeout(Duration.ZERO));
  }
}
