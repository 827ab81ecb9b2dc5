// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.rollover.RolloverSituation.ZonePace;
import org.dane4j.rollover.RolloverStep.Blocked;
import org.dane4j.rollover.RolloverStep.Deploy;
import org.dane4j.rollover.RolloverStep.Done;
import org.dane4j.rollover.RolloverStep.Publish;
import org.dane4j.rollover.RolloverStep.Replace;
import org.dane4j.rollover.RolloverStep.Retire;
import org.dane4j.rollover.RolloverStep.Wait;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.junit.jupiter.api.Test;

/** What administrators do otherwise than the planner says, and what it makes of that. */
class RolloverMishapsTest {

  private static final TlsaOwnerName OWNER = TlsaOwnerName.smtp(Chains.HOST);
  private static final Instant NOW = CertificateMint.NOW;
  private static final Duration TTL = Duration.ofHours(1);
  private static final Duration SPREAD = Duration.ofMinutes(30);
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(60));
  private static final ServerKey OLD = Chains.ONE_A;
  private static final ServerKey NEXT = Chains.ONE_B;

  private static Publication publication(Instant since, ServerKey... keys) {
    TlsaGenerator generator = TlsaGenerator.of(OWNER, NOW);
    List<TlsaRecord> records =
        Stream.of(keys).map(key -> generator.record(key, TlsaForm.DANE_EE).orElseThrow()).toList();
    return new Publication(records, TTL, since, NOW.plus(Duration.ofDays(9)));
  }

  private static Rollover rollover(ServedKeys served, Publication... publications) {
    return rollover(RolloverGoal.of(NEXT, RolloverScheme.CURRENT_AND_NEXT), served, publications);
  }

  private static Rollover rollover(
      RolloverGoal goal, ServedKeys served, Publication... publications) {
    ZonePace pace = new ZonePace(SPREAD, Duration.ofDays(14));
    return Rollover.of(new RolloverSituation(OWNER, List.of(publications), served, pace), goal);
  }

  private static ServedKeys served(ServerKey... keys) {
    return new ServedKeys(List.of(keys), LONG_AGO);
  }

  @Test
  void addressThatWasNotSeen_mayHaveTheOldKey_whoseRecordsStay() {
    ServedKeys partly = new ServedKeys(List.of(NEXT), LONG_AGO, List.of("192.0.2.2: no answer"));
    RolloverStep step = rollover(partly, publication(LONG_AGO, OLD, NEXT)).nextStep(NOW);
    assertThat(step).isInstanceOf(Blocked.class);
    assertThat(step.why()).contains("where it was seen").endsWith(": 192.0.2.2: no answer.");
    ServedKeys before = new ServedKeys(List.of(OLD), LONG_AGO, List.of("192.0.2.2: no answer"));
    assertThat(rollover(before, publication(LONG_AGO, OLD, NEXT)).nextStep(NOW))
        .isInstanceOf(Deploy.class)
        .extracting(RolloverStep::why)
        .asString()
        .endsWith("; not seen: 192.0.2.2: no answer.");
    assertThat(rollover(served(NEXT), publication(LONG_AGO, OLD, NEXT)).nextStep(NOW))
        .isInstanceOf(Retire.class);
  }

  private static final String UNSEEN = "192.0.2.2: no answer";

  private static ServedKeys partlySeen(ServerKey... keys) {
    return new ServedKeys(List.of(keys), LONG_AGO, List.of(UNSEEN));
  }

  private static List<TlsaRecord> records(ServerKey... keys) {
    return publication(NOW, keys).records();
  }

  @Test
  void emergency_doesNotTakeRecordsAway_thatAnAddressNotSeenMayNeed() {
    List<RolloverStep> plan =
        rollover(partlySeen(OLD), publication(LONG_AGO, OLD, NEXT)).emergencyPlan(NOW);
    assertThat(plan).hasSize(2);
    assertThat(plan.get(0)).isInstanceOf(Deploy.class);
    assertThat(plan.get(0).why()).contains("no mail waits").endsWith(UNSEEN + ".");
    assertThat(plan.get(1)).isInstanceOf(Blocked.class);
    assertThat(plan.get(1).why())
        .contains(UNSEEN, "Look from a machine", "Who knows")
        .endsWith(": " + records(NEXT).get(0) + ".");
  }

  @Test
  void emergency_deploysTheNextKeyAtOnce_besideTheRecordsThatMayBeNeeded() {
    List<RolloverStep> plan =
        rollover(partlySeen(OLD), publication(LONG_AGO, OLD)).emergencyPlan(NOW);
    assertThat(plan).hasSize(2);
    assertThat(plan.get(0))
        .isInstanceOfSatisfying(
            RolloverStep.Replace.class,
            replace -> {
              assertThat(replace.earliest()).isEqualTo(NOW);
              assertThat(replace.records()).containsExactlyElementsOf(records(OLD, NEXT));
              assertThat(replace.outageUntil()).isEqualTo(NOW.plus(SPREAD).plus(TTL).plus(TTL));
            });
    assertThat(plan.get(1)).isInstanceOf(Blocked.class);
  }

  @Test
  void emergency_addsNoRecordOfTheOldKey() {
    RolloverStep first =
        rollover(partlySeen(OLD), publication(LONG_AGO, Chains.ONE_C)).emergencyPlan(NOW).get(0);
    assertThat(((RolloverStep.Replace) first).records())
        .containsExactlyElementsOf(records(Chains.ONE_C, NEXT));
  }

  @Test
  void emergency_thatIsDoneWhereItWasSeen_saysWhereToLook() {
    assertThat(rollover(partlySeen(NEXT), publication(NOW, OLD, NEXT)).emergencyPlan(NOW))
        .singleElement()
        .isInstanceOf(Blocked.class)
        .extracting(RolloverStep::why)
        .asString()
        .contains(UNSEEN, "passes as the server");
    assertThat(rollover(partlySeen(NEXT), publication(LONG_AGO, NEXT)).emergencyPlan(NOW))
        .singleElement()
        .isInstanceOf(Blocked.class)
        .extracting(RolloverStep::why)
        .asString()
        .contains(UNSEEN, "no records any more");
  }

  @Test
  void emergency_doesNotEnd_whileANameServerMayHaveTheOldRecords() {
    RolloverSituation situation =
        new RolloverSituation(
                OWNER,
                List.of(publication(LONG_AGO, OLD, NEXT)),
                served(OLD),
                new ZonePace(SPREAD, Duration.ofDays(14)))
            .withUnheard(List.of("ns2.example.org: no answer"));
    RolloverGoal goal = RolloverGoal.of(NEXT, RolloverScheme.CURRENT_AND_NEXT);
    List<RolloverStep> plan = Rollover.of(situation, goal).emergencyPlan(NOW);
    // Whoever asks that server has the same records with the removal as without it.
    assertThat(plan).hasSize(3).element(1).isInstanceOf(Retire.class);
    assertThat(plan).last().isInstanceOf(Blocked.class);
    assertThat(plan.get(2).why()).contains("ns2.example.org: no answer", "NS records");
    assertThat(Rollover.of(situation.withUnheard(List.of()), goal).emergencyPlan(NOW))
        .last()
        .isInstanceOf(Done.class);
  }

  @Test
  void addressThatHasTheNextKeyTooEarly_isNamedAsSuch() {
    Rollover half =
        rollover(served(OLD, NEXT), publication(LONG_AGO, OLD), publication(NOW, OLD, NEXT));
    RolloverStep step = half.nextStep(NOW);
    assertThat(step.earliest()).isEqualTo(NOW.plus(TTL).plus(TTL));
    assertThat(step.why()).contains("too early", "Put the old key back");
    assertThat(rollover(served(OLD, NEXT), publication(NOW, OLD, NEXT)).nextStep(NOW))
        .isInstanceOf(Wait.class)
        .extracting(RolloverStep::why)
        .asString()
        .doesNotContain("too early");
  }

  @Test
  void recordsThatWereReplacedAndNotAdded_getTheOldOnesBack_whileCachesHaveThose() {
    Rollover fresh = rollover(served(OLD), publication(LONG_AGO, OLD), publication(NOW, NEXT));
    assertThat(fresh.nextStep(NOW))
        .isInstanceOfSatisfying(Publish.class, publish -> assertThat(publish.records()).hasSize(2));
  }

  @Test
  void oldKeyThatIsPutBackAfterItsRecordsWent_goesAgain() {
    Rollover late =
        rollover(
            served(OLD),
            publication(LONG_AGO, OLD),
            publication(LONG_AGO.plus(TTL), OLD, NEXT),
            publication(NOW, NEXT));
    assertThat(late.nextStep(NOW)).isInstanceOf(Deploy.class);
    assertThat(late.nextStep(NOW).why()).contains("not what the server presents");
    assertThat(late.plan(NOW)).last().isInstanceOf(Done.class);
  }

  @Test
  void keyThatStaysAndIsNewToo_hasToBeInCachesAsTheNextOne() {
    RolloverGoal goal =
        RolloverGoal.of(NEXT, RolloverScheme.CURRENT_AND_NEXT).keeping(Chains.TWO_A);
    Rollover both =
        rollover(
            goal,
            served(OLD),
            publication(LONG_AGO, OLD, NEXT),
            publication(NOW, OLD, NEXT, Chains.TWO_A));
    assertThat(both.nextStep(NOW))
        .isInstanceOf(Wait.class)
        .extracting(RolloverStep::earliest)
        .isEqualTo(NOW.plus(TTL).plus(TTL));
  }

  @Test
  void emergency_lastsUntilCachesThatFeedEachOtherHaveForgotten() {
    Replace replace =
        (Replace) rollover(served(OLD), publication(LONG_AGO, OLD)).emergencyPlan(NOW).get(0);
    assertThat(replace.outageUntil()).isEqualTo(NOW.plus(SPREAD).plus(TTL).plus(TTL));
  }

  @Test
  void emergencyThatIsDealtWith_isOver_andNotBegunAnew() {
    Rollover after = rollover(served(NEXT), publication(LONG_AGO, OLD), publication(NOW, NEXT));
    assertThat(after.emergencyPlan(NOW.plusSeconds(60)))
        .singleElement()
        .isInstanceOfSatisfying(
            Done.class, done -> assertThat(done.earliest()).isEqualTo(NOW.plus(TTL).plus(TTL)));
    Instant later = NOW.plus(Duration.ofDays(1));
    assertThat(after.emergencyPlan(later).get(0).earliest()).isEqualTo(later);
  }

  /** RFC 7672 §3.1.3: nobody uses the usages of PKIX, so they need not match anything. */
  @Test
  void recordsThatNobodyUses_areNoCombination() {
    Publication plain = publication(LONG_AGO, OLD, NEXT);
    List<TlsaRecord> records = new ArrayList<>(plain.records());
    records.add(TlsaRecord.parse("1 1 1 " + "ab".repeat(32)));
    records.add(TlsaRecord.parse("3 1 1 abcd"));
    Publication mixed = new Publication(records, TTL, plain.since(), plain.signaturesExpire());
    assertThat(rollover(served(OLD), mixed).nextStep(NOW)).isInstanceOf(Deploy.class);
  }

  @Test
  void keysOfOneKind_areToldFromOthers() {
    ServerKey rsa =
        KeyFiles.chain(
            CertificateMint.server(Chains.HOST).keys(CertificateMint.keys("RSA", 2048)).mint());
    assertThat(OLD.isOfKindOf(NEXT)).isTrue();
    assertThat(OLD.isOfKindOf(rsa)).isFalse();
    ServerKey junk = ServerKey.ofPublicKey(Octets.ofHex("3000"));
    assertThat(junk.isOfKindOf(junk)).isFalse();
  }
}
