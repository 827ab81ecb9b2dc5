// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.ValidationResult.Indeterminate;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.audit.AddressFacts;
import org.dane4j.smtp.audit.DomainFacts;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy;
import org.dane4j.smtp.audit.ServerReply;
import org.dane4j.smtp.audit.ServerReply.NotAsked;
import org.dane4j.smtp.audit.ServerReply.Response;
import org.dane4j.smtp.audit.ServerReply.Silence;
import org.dane4j.smtp.audit.ServerReply.Transport;
import org.dane4j.smtp.lookup.Destination;
import org.dane4j.testkit.dns.DnsReply;
import org.dane4j.testkit.dns.DnsServer;
import org.dane4j.testkit.smtp.SmtpAction;
import org.dane4j.testkit.smtp.SmtpStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.Type;

/** An observation ends in time, whatever servers do, and nothing is lost of what did not. */
@Timeout(30)
class BoundTest {

  private static final ObservationLimits SHORT =
      new ObservationLimits(Duration.ofSeconds(2), Duration.ofSeconds(60), 8, 26);

  /** More than the bound, and less than any of the servers would take. */
  private static final Duration ENOUGH = Duration.ofSeconds(8);

  private static final Question QUESTION = Question.of("r.test", Type.A);

  private static DomainFacts inTime(Village village, DomainObserver.Builder observer) {
    long begin = System.nanoTime();
    DomainFacts facts = village.observe(observer.limits(SHORT).build());
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(ENOUGH);
    return facts;
  }

  @Test
  void serversThatSayNothing_doNotHoldItUp_andAreFactsWithTheReason() {
    try (Village village =
        Village.with(
            net -> {},
            host ->
                host.tlsa(3, 1, 1)
                    .server(server -> server.at(SmtpStep.EHLO, SmtpAction.freeze())))) {
      village.serve(Village.FIRST, query -> DnsReply.silence());
      DomainFacts facts = inTime(village, village.observer());
      AddressFacts address = facts.hosts().get(0).addresses().get(0);
      assertThat(address.looks())
          .singleElement()
          .satisfies(look -> assertThat(look.result()).isInstanceOf(Failed.class));
      assertThat(address.looks().get(0).result().explanation()).contains("time");
      for (Transport transport : Transport.values()) {
        assertThat(Village.replies(facts, Village.FIRST, transport))
            .hasSize(6)
            .noneMatch(Response.class::isInstance);
        assertThat(Village.replies(facts, Village.SECOND, transport))
            .hasSize(6)
            .allMatch(Response.class::isInstance);
      }
    }
  }

  @Test
  void zoneOfFortyNameServers_isAskedAtEachOfTheirAddresses() {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 38; i++) {
      many.append("@ NS n%02d\nn%02d A 192.0.2.%d\n".formatted(i, i, 100 + i));
    }
    try (Village village =
            Village.with(
                net -> net.zone("r.test", zone -> zone.record(many.toString())),
                host -> host.tlsa(3, 1, 1));
        DnsServer all = DnsServer.start(village.authority())) {
      DomainFacts facts =
          village.observe(village.observer().nameServersAt(it -> all.address()).build());
      assertThat(Village.zone(facts, "r.test.").servers())
          .hasSize(40)
          .allSatisfy(
              server ->
                  assertThat(server.replies()).isNotEmpty().allMatch(Response.class::isInstance));
    }
  }

  @Test
  void nameServersBeyondTheLimit_areFactsOfWhichNothingIsKnown() {
    try (Village village = Village.healthy()) {
      DomainFacts facts =
          village.observe(
              village
                  .observer()
                  .limits(
                      new ObservationLimits(Duration.ofSeconds(20), Duration.ofSeconds(1), 8, 1))
                  .build());
      assertThat(Village.zone(facts, "r.test.").servers())
          .extracting(server -> server.name() + " " + server.address().isPresent())
          .containsExactly("ns1.r.test. true", "ns2.r.test. false");
      assertThat(Village.zone(facts, "r.test.").servers().get(1).replies())
          .singleElement()
          .isInstanceOfSatisfying(
              NotAsked.class, it -> assertThat(it.why()).contains("no more than 1"));
    }
  }

  @Test
  void whatWasAnswered_isKept_whenTheTimeIsUp() {
    try (Village village = Village.healthy()) {
      village.serve(
          Village.FIRST,
          village.authority().dropping(question -> question.getName().toString().startsWith("_")));
      List<ServerReply> replies =
          Village.replies(inTime(village, village.observer()), Village.FIRST, Transport.UDP);
      assertThat(replies.subList(0, 5)).allMatch(Response.class::isInstance);
      assertThat(((Silence) replies.get(5)).why())
          .isEqualTo("no response yet, and the time for the observation was up");
    }
  }

  @Test
  void policyThatDoesNotCome_isAFailure() {
    try (Village village =
        Village.with(
            net -> net.zone("r.test", zone -> zone.record("_mta-sts TXT \"v=STSv1; id=1;\"")),
            host -> {})) {
      DomainFacts facts =
          inTime(
              village,
              village
                  .observer()
                  .policyFetcher(
                      domain -> {
                        sleepLong();
                        throw new AssertionError("nobody waits so long");
                      }));
      assertThat(facts.policies().mtaStsPolicy())
          .contains(new MtaStsPolicy.Failed("the time for the observation was up"));
    }
  }

  private static void sleepLong() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void resolverThatSaysNothing_leavesTheDestinationOpen() {
    try (Village village = Village.healthy()) {
      village.internet.attack(names -> names.dropping(question -> true));
      DomainFacts facts = inTime(village, village.observer());
      assertThat(facts.destination()).isInstanceOf(Destination.Undetermined.class);
      assertThat(facts.policies().tlsReporting()).isInstanceOf(Indeterminate.class);
      assertThat(facts.zones()).hasSize(1);
      assertThat(facts.zones().get(0).keys()).isInstanceOf(Indeterminate.class);
    }
  }

  @Test
  void interruptedThread_ends_withWhatIsThere() throws InterruptedException {
    try (Village village =
        Village.with(
            net -> {},
            host -> host.server(server -> server.at(SmtpStep.GREETING, SmtpAction.freeze())))) {
      DomainObserver observer =
          village.observer().limits(SHORT.withTotalTime(Duration.ofMinutes(5))).build();
      AtomicReference<DomainFacts> facts = new AtomicReference<>();
      Thread thread = new Thread(() -> facts.set(village.observe(observer)));
      thread.start();
      while (village.internet.sessions().isEmpty()) {
        Thread.onSpinWait();
      }
      thread.interrupt();
      thread.join(ENOUGH.toMillis());
      DomainFacts seen = Objects.requireNonNull(facts.get(), "facts");
      assertThat(seen.hosts()).hasSize(1);
      assertThat(seen.hosts().get(0).addresses()).hasSize(1);
    }
  }

  @Test
  void executorThatTakesNoWork_leavesEverythingOpen() {
    try (Village village = Village.healthy()) {
      DomainFacts facts =
          inTime(
              village,
              village
                  .observer()
                  .executor(
                      task -> {
                        throw new RejectedExecutionException("closed");
                      }));
      assertThat(((Destination.Undetermined) facts.destination()).explanation())
          .contains("the executor takes no work");
    }
  }

  @Test
  void questionsThatWereNotPut_areNotTakenForTheServersSilence() {
    ServerSurvey survey = new ServerSurvey(Transport.TCP, List.of(QUESTION));
    assertThat(survey.soFar("the time was up"))
        .singleElement()
        .isEqualTo(new NotAsked(QUESTION, Transport.TCP, "the time was up"));
  }
}
