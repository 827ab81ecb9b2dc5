// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.ValidationLimits;
import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.dnssec.ValidationResult.Indeterminate;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.QueryLog;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** How long answers live, how much is asked, and who is named when an upstream is to blame. */
class ResolverLimitsTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final AtomicReference<Instant> now = new AtomicReference<>(AT);
  private final QueryLog log = new QueryLog();

  private static final DnsTree TREE =
      DnsTree.at(AT)
          .zone(".", zone -> zone.validity(HOUR.negated(), Duration.ofDays(30)))
          .zone("example.", zone -> zone.validity(HOUR.negated(), Duration.ofSeconds(100)))
          .zone(
              "long.",
              zone ->
                  zone.validity(HOUR.negated(), Duration.ofDays(30))
                      .record("week 604800 A 192.0.2.1\nnever 0 A 192.0.2.2"))
          .zone(
              "bank.example.",
              zone ->
                  zone.validity(HOUR.negated(), Duration.ofSeconds(50))
                      .record("mx 86400 A 192.0.2.1"))
          .zone("plain.example.", zone -> zone.unsigned().record("mx 86400 A 192.0.2.9"))
          .build();

  private DnssecResolver.Builder over(DnsResponder responder) {
    return DnssecResolver.builder(responder.recordedIn(log).asResolver())
        .trustAnchors(TrustAnchors.parse(String.join("\n", TREE.trustAnchors())))
        .prefetch(0)
        .clock(now::get);
  }

  private static Question a(String name) {
    return Question.of(name, Type.A);
  }

  private boolean asksAgain(DnssecResolver dns, Question question, Duration later) {
    now.set(AT.plus(later));
    log.clear();
    dns.resolve(question);
    return log.count(asked -> asked.getType() == Type.A) > 0;
  }

  @Test
  void secureAnswer_doesNotLiveBeyondItsSignature() {
    // RFC 4035 §5.3.3: the TTL of a day ends with the signature, after 50 seconds.
    try (DnssecResolver dns = over(TREE).build()) {
      assertThat(dns.resolve(a("mx.bank.example"))).isInstanceOf(Secure.class);
      assertThat(asksAgain(dns, a("mx.bank.example"), Duration.ofSeconds(49))).isFalse();
      assertThat(asksAgain(dns, a("mx.bank.example"), Duration.ofSeconds(51))).isTrue();
      assertThat(dns.resolve(a("mx.bank.example"))).isInstanceOf(Bogus.class);
    }
  }

  @Test
  void secureAbsence_doesNotLiveBeyondItsProof() {
    try (DnssecResolver dns = over(TREE).build()) {
      assertThat(dns.resolve(a("none.bank.example"))).isInstanceOf(Secure.class);
      assertThat(asksAgain(dns, a("none.bank.example"), Duration.ofSeconds(49))).isFalse();
      assertThat(asksAgain(dns, a("none.bank.example"), Duration.ofSeconds(51))).isTrue();
    }
  }

  @Test
  void insecureAnswer_doesNotLiveBeyondTheProofOfItsDelegation() {
    // Otherwise a replay in the last second of an old proof would hold for a day.
    try (DnssecResolver dns = over(TREE).build()) {
      assertThat(dns.resolve(a("mx.plain.example"))).isInstanceOf(Insecure.class);
      assertThat(asksAgain(dns, a("mx.plain.example"), Duration.ofSeconds(99))).isFalse();
      assertThat(asksAgain(dns, a("mx.plain.example"), Duration.ofSeconds(101))).isTrue();
      assertThat(dns.resolve(a("mx.plain.example"))).isInstanceOf(Bogus.class);
    }
  }

  @Test
  void ttlOfAWeek_isCutToADay() {
    // RFC 8767 §4
    try (DnssecResolver dns = over(TREE).build()) {
      assertThat(dns.resolve(a("week.long"))).isInstanceOf(Secure.class);
      assertThat(asksAgain(dns, a("week.long"), Duration.ofHours(23))).isFalse();
      assertThat(asksAgain(dns, a("week.long"), Duration.ofHours(25))).isTrue();
    }
  }

  @Test
  void ttlOfZero_isNotKept() {
    // RFC 1035 §3.2.1
    try (DnssecResolver dns = over(TREE).build()) {
      assertThat(dns.resolve(a("never.long"))).isInstanceOf(Secure.class);
      assertThat(asksAgain(dns, a("never.long"), Duration.ZERO)).isTrue();
    }
  }

  @Test
  void indeterminateVerdict_isNotKept() {
    DnsResponder broken = TREE.failing(question -> question.getType() == Type.A, Rcode.SERVFAIL);
    try (DnssecResolver dns = over(broken).build()) {
      assertThat(dns.resolve(a("mx.bank.example"))).isInstanceOf(Indeterminate.class);
      assertThat(asksAgain(dns, a("mx.bank.example"), Duration.ZERO)).isTrue();
    }
  }

  @Test
  void upstreamThatFailsWithCdOnly_isNamed() {
    // RFC 4035 §3.2.2
    DnsResponder stubborn =
        query ->
            query.getHeader().getFlag(Flags.CD)
                ? DnsResponder.alwaysFailing(Rcode.SERVFAIL).respond(query)
                : TREE.respond(query);
    try (DnssecResolver dns = over(stubborn).build()) {
      Indeterminate result = (Indeterminate) dns.resolve(a("mx.bank.example"));
      assertThat(result.explanation()).contains("no queries with the CD bit");
    }
  }

  @Test
  void upstreamThatFailsAnyway_isNotBlamedForCd() {
    try (DnssecResolver dns = over(DnsResponder.alwaysFailing(Rcode.SERVFAIL)).build()) {
      Indeterminate result = (Indeterminate) dns.resolve(a("mx.bank.example"));
      assertThat(result.explanation()).contains("SERVFAIL").doesNotContain("CD bit");
    }
  }

  @Test
  void questions_endAtTheirLimit() {
    // A name of 60 labels foresees 120 questions, and guesses leave half of the limit alone.
    String name = "a.".repeat(60) + "bank.example.";
    try (DnssecResolver dns = over(TREE).build()) {
      dns.resolve(a(name));
      assertThat(log.questions())
          .hasSizeLessThanOrEqualTo(ValidationLimits.defaults().maxQuestions());
    }
  }

  @Test
  void deepName_isFoundAllTheSame() {
    String name = "a.".repeat(30) + "bank.example.";
    DnsTree deep =
        TREE.changed(t -> t.zone("bank.example.", zone -> zone.record(name + " A 192.0.2.5")));
    try (DnssecResolver dns = over(deep).build()) {
      assertThat(dns.resolve(a(name))).isInstanceOf(Secure.class);
    }
  }

  /** Zones of one label each, below each other: every one is one more round. */
  private static DnsTree ladder(int zones) {
    var builder = DnsTree.at(AT);
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < zones; i++) {
      String next = name.isEmpty() ? "start." : "z" + i + ".";
      builder.zone(next, zone -> zone.record("www CNAME www." + "z" + (number(next) + 1) + "."));
      name.append(next);
    }
    return builder.build();
  }

  private static int number(String zone) {
    return zone.equals("start.") ? 0 : Integer.parseInt(zone.substring(1, zone.length() - 1));
  }

  @Test
  void aliasesAcrossManyZones_endAtALimit() {
    DnsTree ladder = ladder(40);
    try (DnssecResolver dns =
        DnssecResolver.builder(ladder.delayed(Duration.ofMillis(1)).recordedIn(log).asResolver())
            .trustAnchors(TrustAnchors.parse(String.join("\n", ladder.trustAnchors())))
            .clock(InstantSource.fixed(AT))
            .build()) {
      assertThat(dns.resolve(a("www.start"))).isNotInstanceOf(Secure.class);
      assertThat(log.rounds()).isLessThanOrEqualTo(ValidationLimits.defaults().maxRounds() + 1);
      assertThat(log.questions())
          .hasSizeLessThanOrEqualTo(ValidationLimits.defaults().maxQuestions());
    }
  }
}
