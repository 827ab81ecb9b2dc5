// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.dane4j.testkit.dns.Oracle.Verdict;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class DnsResponderTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

  private static final DnsTree TREE =
      DnsTree.at(AT)
          .zone("bank.example.", z -> z.record("mx A 192.0.2.1\n_25._tcp.mx TLSA 3 1 1 00ff"))
          .build();

  private static final Message ADDRESS = Queries.withDnssec("mx.bank.example.", Type.A);
  private static final Message TLSA = Queries.withDnssec("_25._tcp.mx.bank.example.", Type.TLSA);

  private static Oracle oracle(DnsResponder responder) {
    return Oracle.over(responder, TREE.trustAnchors(), AT);
  }

  @Test
  void droppedQuestion_timesOutAtOnce() throws IOException {
    Resolver resolver = TREE.dropping(Asked.type(Type.TLSA)).asResolver();

    assertThatThrownBy(() -> resolver.send(TLSA)).isInstanceOf(SocketTimeoutException.class);
    assertThat(resolver.sendAsync(TLSA).toCompletableFuture()).isCompletedExceptionally();
    assertThat(resolver.send(ADDRESS).getRcode()).isEqualTo(Rcode.NOERROR);
  }

  @Test
  void failedQuestion_getsTheCodeAndNothingElse() throws IOException {
    Resolver resolver =
        TREE.failing(Asked.below("_tcp.mx.bank.example"), Rcode.NOTIMP).asResolver();

    Message answer = resolver.send(TLSA);

    assertThat(answer.getRcode()).isEqualTo(Rcode.NOTIMP);
    assertThat(answer.getHeader().getID()).isEqualTo(TLSA.getHeader().getID());
    assertThat(answer.getSection(Section.ANSWER)).isEmpty();
    assertThat(resolver.send(ADDRESS).getRcode()).isEqualTo(Rcode.NOERROR);
  }

  @Test
  void asked_tellsQuestionsApart() {
    Record question = TLSA.getQuestion();

    assertThat(Asked.anything()).accepts(question);
    assertThat(Asked.type(Type.TLSA)).accepts(question).rejects(ADDRESS.getQuestion());
    assertThat(Asked.name("mx.bank.example")).accepts(ADDRESS.getQuestion()).rejects(question);
    assertThat(Asked.below("mx.bank.example")).accepts(ADDRESS.getQuestion(), question);
  }

  @Test
  void resolverWithoutDnssec_returnsNoSignatures() throws IOException {
    Message answer = TREE.withoutDnssec().asResolver().send(TLSA);

    assertThat(answer.getSection(Section.ANSWER))
        .extracting(Record::getType)
        .containsOnly(Type.TLSA);
    assertThat(oracle(TREE.withoutDnssec()).verdict("mx.bank.example.", Type.A))
        .isEqualTo(Verdict.BOGUS);
  }

  @Test
  void forgedAd_isSetOnEveryResponse() throws IOException {
    DnsResponder liar = TREE.failing(Asked.type(Type.TLSA), Rcode.SERVFAIL).forgingAd();

    assertThat(liar.asResolver().send(ADDRESS).getHeader().getFlag(Flags.AD)).isTrue();
    assertThat(liar.asResolver().send(TLSA).getHeader().getFlag(Flags.AD)).isTrue();
  }

  @Test
  void replacedData_keepsTheOldSignatureAndIsBogus() throws IOException {
    DnsResponder attacker =
        TREE.tampering(Tampering.replacing("_25._tcp.mx.bank.example", Type.TLSA, "3 1 1 bad0"));

    Message answer = attacker.asResolver().send(TLSA);

    assertThat(answer.getSectionRRsets(Section.ANSWER).get(0).first().rdataToString())
        .isEqualToIgnoringCase("3 1 1 BAD0");
    assertThat(answer.getSectionRRsets(Section.ANSWER).get(0).sigs()).hasSize(1);
    assertThat(oracle(attacker).verdict("_25._tcp.mx.bank.example.", Type.TLSA))
        .isEqualTo(Verdict.BOGUS);
    assertThat(oracle(attacker).verdict("mx.bank.example.", Type.A)).isEqualTo(Verdict.SECURE);
  }

  @Test
  void tampering_doesNotReachTheResponderBehind() {
    DnsResponder attacker =
        TREE.tampering(Tampering.removing(record -> record.getType() == Type.RRSIG))
            .tampering(Tampering.settingRcode(Rcode.NXDOMAIN));

    assertThat(attacker.respond(ADDRESS).message().orElseThrow().getRcode())
        .isEqualTo(Rcode.NXDOMAIN);
    assertThat(TREE.answer(ADDRESS).getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(TREE.answer(ADDRESS).getSectionRRsets(Section.ANSWER).get(0).sigs()).hasSize(1);
  }

  @Test
  void addedRecord_comesBesideTheHonestOnes() {
    Record own = TREE.zone("bank.example").rrset("mx", Type.A).orElseThrow().sigs().get(0);
    DnsResponder attacker = TREE.tampering(Tampering.adding(own));

    assertThat(attacker.respond(TLSA).message().orElseThrow().getSection(Section.ANSWER))
        .hasSize(3)
        .contains(own);
  }

  @Test
  void log_knowsWhatWasAskedAndWhatWasNot() throws IOException {
    QueryLog log = new QueryLog();
    Resolver resolver = TREE.recordedIn(log).asResolver();
    resolver.send(ADDRESS);
    resolver.send(ADDRESS);

    assertThat(log.count(Asked.type(Type.TLSA))).isZero();
    assertThat(log.count(Asked.name("mx.bank.example"))).isEqualTo(2);
    assertThat(log.questions()).containsExactly(ADDRESS.getQuestion(), ADDRESS.getQuestion());
    log.clear();
    assertThat(log.questions()).isEmpty();
    assertThat(log.rounds()).isZero();
  }

  @Test
  void rounds_countWaitingAndNotQuestions() throws Exception {
    QueryLog log = new QueryLog();
    Resolver resolver = TREE.delayed(Duration.ofMillis(20)).recordedIn(log).asResolver();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      CompletableFuture<?>[] first =
          Stream.of(ADDRESS, TLSA, ADDRESS)
              .map(query -> resolver.sendAsync(query, executor).toCompletableFuture())
              .toArray(CompletableFuture<?>[]::new);
      CompletableFuture.allOf(first).get();
      resolver.sendAsync(TLSA, executor).toCompletableFuture().get();
    } finally {
      executor.shutdown();
    }

    assertThat(log.questions()).hasSize(4);
    assertThat(log.rounds()).isEqualTo(2);
  }

  @Test
  void malformedRecord_failsToParseAsItWouldFromTheNetwork() {
    DnsTree tree =
        DnsTree.at(AT)
            .zone("bank.example.", z -> z.rawRecord("_25._tcp.mx", Type.TLSA, new byte[] {3, 1, 1}))
            .build();

    assertThatThrownBy(() -> tree.asResolver().send(TLSA)).isInstanceOf(IOException.class);
  }
}
