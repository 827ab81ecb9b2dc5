// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.dane4j.dnssec.resolve.ResolverTree.ROUND_TRIP;
import static org.dane4j.dnssec.resolve.ResolverTree.TLSA;
import static org.dane4j.dnssec.resolve.ResolverTree.TREE;
import static org.dane4j.dnssec.resolve.ResolverTree.over;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.dane4j.dnssec.Answer;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Indeterminate;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.QueryLog;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** Rounds and deadlines. */
class DnssecResolverTest {

  @Test
  void coldLookup_takesOneRound() {
    QueryLog log = new QueryLog();
    try (DnssecResolver dns = over(TREE.delayed(ROUND_TRIP).recordedIn(log)).build()) {
      assertThat(dns.resolve(TLSA)).isInstanceOf(Secure.class);
    }
    assertThat(log.rounds()).isEqualTo(1);
    assertThat(log.questions()).as("the answer, and the keys of three zones").hasSize(6);
  }

  @Test
  void newDomain_takesOneRoundOfThreeQueries() {
    QueryLog log = new QueryLog();
    try (DnssecResolver dns = over(TREE.delayed(ROUND_TRIP).recordedIn(log)).build()) {
      dns.resolve(Question.of("example", Type.SOA));
      log.clear();
      assertThat(dns.resolve(TLSA)).isInstanceOf(Secure.class);
      assertThat(log.rounds()).isEqualTo(1);
      assertThat(log.questions()).as("TLSA, DS, DNSKEY").hasSize(3);
    }
  }

  @Test
  void hostOfAKnownDomain_takesOneQuery() {
    QueryLog log = new QueryLog();
    try (DnssecResolver dns = over(TREE.recordedIn(log)).build()) {
      dns.resolve(Question.of("bank.example", Type.MX));
      log.clear();
      assertThat(dns.resolve(TLSA)).isInstanceOf(Secure.class);
    }
    assertThat(log.questions()).hasSize(1);
  }

  @Test
  void hostWithAZoneOfItsOwn_takesTwoRounds() {
    DnsTree tree =
        TREE.changed(
            all ->
                all.zone(
                    "mx2.bank.example.",
                    zone -> zone.record("_25._tcp TLSA 3 1 1 " + "00".repeat(32))));
    QueryLog log = new QueryLog();
    try (DnssecResolver dns = over(tree.delayed(ROUND_TRIP).recordedIn(log)).build()) {
      assertThat(dns.resolve(Question.of("_25._tcp.mx2.bank.example", Type.TLSA)))
          .isInstanceOf(Secure.class);
    }
    assertThat(log.rounds()).isEqualTo(2);
    assertThat(log.questions()).as("the answer, and the keys of four zones").hasSize(8);
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
                    && question.getType() != Type.MX);
    try (DnssecResolver dns = over(picky).queryTimeout(Duration.ofSeconds(5)).build()) {
      assertThat(dns.resolve(Question.of("mx.bank.example", Type.MX))).isInstanceOf(Secure.class);
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
