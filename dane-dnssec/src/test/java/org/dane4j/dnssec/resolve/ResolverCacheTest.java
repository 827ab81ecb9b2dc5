// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.dnssec.resolve.ResolverTree.AT;
import static org.dane4j.dnssec.resolve.ResolverTree.AT_ONCE;
import static org.dane4j.dnssec.resolve.ResolverTree.ROUND_TRIP;
import static org.dane4j.dnssec.resolve.ResolverTree.TLSA;
import static org.dane4j.dnssec.resolve.ResolverTree.TREE;
import static org.dane4j.dnssec.resolve.ResolverTree.over;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.dnssec.ValidationResult.Indeterminate;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.QueryLog;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** What a resolver keeps, and for how long. */
class ResolverCacheTest {

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
      now.set(AT.plusSeconds(269));
      assertThat(dns.resolve(TLSA)).isSameAs(first);
      assertThat(log.questions()).isEmpty();
      now.set(AT.plusSeconds(301));
      assertThat(dns.resolve(TLSA)).isNotSameAs(first).isInstanceOf(Secure.class);
      assertThat(log.count(question -> question.getType() == Type.TLSA)).isEqualTo(1);
    }
  }

  @Test
  void verdictOfAClockThatRanAhead_isNotKept() {
    AtomicReference<Instant> now = new AtomicReference<>(AT.plus(Duration.ofDays(3650)));
    try (DnssecResolver dns = over(TREE).clock(now::get).executor(AT_ONCE).build()) {
      assertThat(dns.resolve(TLSA)).isInstanceOf(Bogus.class);
      now.set(AT);
      assertThat(dns.resolve(TLSA)).isInstanceOf(Secure.class);
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
}
