// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.dane4j.dnssec.resolve.ResolverTree.AT;
import static org.dane4j.dnssec.resolve.ResolverTree.TLSA;
import static org.dane4j.dnssec.resolve.ResolverTree.TREE;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.dnssec.ValidationResult.Indeterminate;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.QueryLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Verdicts that are refreshed shortly before their end. TTLs are 300 seconds. */
class PrefetchTest {

  private final QueryLog log = new QueryLog();
  private final Background background = new Background();
  private Instant now = AT;
  private DnsResponder upstream = TREE;
  private DnssecResolver dns = builder().build();

  /** Does at once what a lookup needs; what is to be done behind its back waits for a command. */
  private static final class Background implements Executor {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean holding;

    @Override
    public void execute(Runnable task) {
      if (holding) {
        waiting.add(task);
      } else {
        task.run();
      }
    }

    void run() {
      holding = false;
      for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
        task.run();
      }
    }
  }

  private DnssecResolver.Builder builder() {
    return ResolverTree.over(query -> upstream.recordedIn(log).respond(query))
        .clock(() -> now)
        .executor(background);
  }

  @AfterEach
  void close() {
    dns.close();
  }

  private void at(long seconds) {
    now = AT.plusSeconds(seconds);
  }

  /** Asks without anything being done in the background. */
  private ValidationResult askFromCache() {
    background.holding = true;
    return dns.resolve(TLSA);
  }

  private static Instant end(ValidationResult result) {
    return result instanceof Insecure insecure
        ? insecure.validUntil()
        : ((Secure) result).validUntil();
  }

  private long questionsForData() {
    return log.count(question -> question.getType() == Type.TLSA);
  }

  @Test
  void answerInItsLastTenth_isServedAtOnce_andRefreshedBehindItsBack() {
    ValidationResult first = dns.resolve(TLSA);
    log.clear();
    at(270);
    assertThat(askFromCache()).isSameAs(first);
    assertThat(log.questions()).isEmpty();
    background.run();
    assertThat(questionsForData()).isEqualTo(1);
    ValidationResult second = askFromCache();
    assertThat(second).isNotSameAs(first);
    assertThat(end(second)).isEqualTo(AT.plusSeconds(570));
    at(500);
    assertThat(askFromCache()).isSameAs(second);
    assertThat(background.waiting).isEmpty();
  }

  @Test
  void answerBeforeItsLastTenth_isLeftAlone() {
    ValidationResult first = dns.resolve(TLSA);
    at(269);
    assertThat(askFromCache()).isSameAs(first);
    assertThat(background.waiting).isEmpty();
  }

  @Test
  void refresh_beginsWhenTheAnswerIsAskedFor_notBefore() {
    dns.resolve(TLSA);
    at(299);
    assertThat(background.waiting).isEmpty();
    askFromCache();
    assertThat(background.waiting).hasSize(1);
  }

  @Test
  void whileOneRefreshIsUnderWay_thereIsNoOther() {
    dns.resolve(TLSA);
    at(280);
    askFromCache();
    askFromCache();
    at(290);
    askFromCache();
    assertThat(background.waiting).hasSize(1);
    background.run();
    at(290 + 280);
    askFromCache();
    assertThat(background.waiting).as("the next one is allowed again").hasSize(1);
  }

  @Test
  void refreshUnderWay_keepsNothingBeyondItsEnd() {
    ValidationResult first = dns.resolve(TLSA);
    at(280);
    askFromCache();
    Queue<Runnable> late = new ArrayDeque<>(background.waiting);
    background.waiting.clear();
    at(300);
    background.holding = false;
    ValidationResult second = dns.resolve(TLSA);
    assertThat(second).isNotSameAs(first);
    late.forEach(Runnable::run);
    assertThat(dns.resolve(TLSA)).as("what came late takes the place of nothing").isSameAs(second);
  }

  @Test
  void failedRefresh_neitherShortensNorLengthensTheVerdict() {
    ValidationResult first = dns.resolve(TLSA);
    at(280);
    upstream = DnsResponder.alwaysFailing(2);
    askFromCache();
    background.run();
    assertThat(askFromCache()).isSameAs(first);
    at(299);
    assertThat(askFromCache()).isSameAs(first);
    background.run();
    at(300);
    assertThat(dns.resolve(TLSA)).isInstanceOf(Indeterminate.class);
  }

  @Test
  void bogusRefresh_takesNothingAway() {
    ValidationResult first = dns.resolve(TLSA);
    at(280);
    upstream =
        TREE.changed(
            t ->
                t.zone(
                    "bank.example.",
                    zone -> zone.damage("_25._tcp.mx", Type.TLSA, Damage.corruptSignature())));
    askFromCache();
    background.run();
    assertThat(askFromCache()).isSameAs(first);
    background.run();
    at(300);
    assertThat(dns.resolve(TLSA)).isInstanceOf(Bogus.class);
  }

  @Test
  void failedRefresh_isTriedAgainInTheLastTenthOfWhatIsLeft() {
    dns.resolve(TLSA);
    at(280);
    upstream = DnsResponder.alwaysFailing(2);
    askFromCache();
    background.run();
    at(297);
    askFromCache();
    assertThat(background.waiting).isEmpty();
    at(298);
    askFromCache();
    assertThat(background.waiting).hasSize(1);
  }

  @Test
  void refreshedAnswer_endsWithItsSignature() {
    DnsTree shortLived =
        TREE.changed(
            t ->
                t.zone(
                    "bank.example.",
                    zone -> zone.validity(Duration.ofHours(-1), Duration.ofSeconds(400))));
    upstream = shortLived;
    dns.resolve(TLSA);
    at(280);
    askFromCache();
    background.run();
    assertThat(end(askFromCache())).isEqualTo(AT.plusSeconds(400));
    at(401);
    background.run();
    assertThat(dns.resolve(TLSA)).isInstanceOf(Bogus.class);
  }

  @Test
  void refreshedAnswer_endsWithTheNegativeAnchor() {
    TrustAnchors anchors =
        TrustAnchors.parse(String.join("\n", TREE.trustAnchors()))
            .withNegativeAnchor(Name.fromConstantString("bank.example."), AT.plusSeconds(400));
    dns.close();
    dns = builder().trustAnchors(anchors).build();
    assertThat(dns.resolve(TLSA)).isInstanceOf(Insecure.class);
    at(280);
    askFromCache();
    background.run();
    assertThat(end(askFromCache())).isEqualTo(AT.plusSeconds(400));
    at(400);
    background.run();
    assertThat(dns.resolve(TLSA)).isInstanceOf(Secure.class);
  }

  @Test
  void bogusVerdict_isNotRefreshed() {
    Question broken = Question.of("www.bank.example", Type.A);
    dns.resolve(broken);
    at(29);
    background.holding = true;
    assertThat(dns.resolve(broken)).isInstanceOf(Bogus.class);
    assertThat(background.waiting).isEmpty();
  }

  @Test
  void executorThatRefuses_costsTheRefreshOnly() {
    Executor[] current = {background};
    dns.close();
    dns = builder().executor(task -> current[0].execute(task)).build();
    ValidationResult first = dns.resolve(TLSA);
    at(280);
    current[0] =
        task -> {
          throw new RejectedExecutionException("too busy");
        };
    assertThat(dns.resolve(TLSA)).isSameAs(first);
    current[0] = background;
    askFromCache();
    assertThat(background.waiting).as("a later one is tried").hasSize(1);
  }

  @Test
  void prefetch_isAPartOfTheTime_orNone() {
    dns.close();
    dns = builder().prefetch(50).build();
    dns.resolve(TLSA);
    at(150);
    askFromCache();
    assertThat(background.waiting).hasSize(1);
    background.run();
    dns.close();
    dns = builder().prefetch(0).build();
    dns.resolve(TLSA);
    at(150 + 299);
    askFromCache();
    assertThat(background.waiting).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> builder().prefetch(91));
    assertThatIllegalArgumentException().isThrownBy(() -> builder().prefetch(-1));
  }
}
