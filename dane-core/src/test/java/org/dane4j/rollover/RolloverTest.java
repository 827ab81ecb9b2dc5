// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.rollover.RolloverGoal.Caution;
import org.dane4j.rollover.RolloverSituation.ZonePace;
import org.dane4j.rollover.RolloverStep.Blocked;
import org.dane4j.rollover.RolloverStep.Deploy;
import org.dane4j.rollover.RolloverStep.Done;
import org.dane4j.rollover.RolloverStep.Publish;
import org.dane4j.rollover.RolloverStep.Replace;
import org.dane4j.rollover.RolloverStep.Retire;
import org.dane4j.rollover.RolloverStep.Wait;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.junit.jupiter.api.Test;

class RolloverTest {

  private static final TlsaOwnerName OWNER = TlsaOwnerName.smtp(Chains.HOST);
  private static final Instant NOW = CertificateMint.NOW;
  private static final Duration TTL = Duration.ofHours(1);
  private static final Duration SPREAD = Duration.ofMinutes(30);
  private static final Duration LIFE = Duration.ofDays(14);
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(60));

  private static List<TlsaRecord> records(Object... formsAndKeys) {
    List<TlsaRecord> records = new ArrayList<>();
    for (int i = 0; i < formsAndKeys.length; i += 2) {
      TlsaForm form = TlsaForm.parse((String) formsAndKeys[i]);
      ServerKey key = (ServerKey) formsAndKeys[i + 1];
      records.add(TlsaGenerator.of(OWNER, NOW).record(key, form).orElseThrow());
    }
    return records;
  }

  private static Publication publication(List<TlsaRecord> records, Instant since) {
    return new Publication(records, TTL, since, NOW.plus(Duration.ofDays(9)));
  }

  private static RolloverSituation situation(ServerKey served, Publication... publications) {
    return new RolloverSituation(
        OWNER,
        List.of(publications),
        new ServedKeys(List.of(served), LONG_AGO),
        new ZonePace(SPREAD, LIFE));
  }

  private static RolloverSituation settled(ServerKey served, Object... formsAndKeys) {
    return situation(served, publication(records(formsAndKeys), LONG_AGO));
  }

  private static Rollover currentAndNext(RolloverSituation situation, ServerKey next) {
    return Rollover.of(situation, RolloverGoal.of(next, RolloverScheme.CURRENT_AND_NEXT));
  }

  private static List<String> kinds(List<RolloverStep> steps) {
    return steps.stream().map(step -> step.getClass().getSimpleName()).toList();
  }

  @Test
  void newKey_isPublished_burntIn_deployed_andTheOldOneRetired() {
    Rollover rollover = currentAndNext(settled(Chains.ONE_A, "3 1 1", Chains.ONE_A), Chains.ONE_B);
    List<RolloverStep> plan = rollover.plan(NOW);
    assertThat(kinds(plan))
        .containsExactly("Publish", "Wait", "Deploy", "Wait", "Retire", "Wait", "Done");
    Instant everywhere = NOW.plus(SPREAD);
    Instant burntIn = everywhere.plus(TTL).plus(TTL);
    assertThat(plan)
        .extracting(RolloverStep::earliest)
        .containsExactly(
            NOW,
            burntIn,
            burntIn,
            burntIn.plus(TTL),
            burntIn.plus(TTL),
            burntIn.plus(TTL).plus(SPREAD),
            burntIn.plus(TTL).plus(SPREAD));
    assertThat(((Publish) plan.get(0)).records())
        .containsExactlyElementsOf(records("3 1 1", Chains.ONE_A, "3 1 1", Chains.ONE_B));
    assertThat(((Retire) plan.get(4)).records())
        .containsExactlyElementsOf(records("3 1 1", Chains.ONE_B));
    assertThat(plan.get(1).why()).contains("RFC 7671 §8.1");
    assertThat(plan.get(6).why()).contains("Make the key after it");
  }

  @Test
  void clockStarts_whenTheLastNameServerHasChanged() {
    Publication old = publication(records("3 1 1", Chains.ONE_A), LONG_AGO);
    Publication both =
        publication(records("3 1 1", Chains.ONE_A, "3 1 1", Chains.ONE_B), NOW.plus(SPREAD));
    Rollover rollover = currentAndNext(situation(Chains.ONE_A, old, both), Chains.ONE_B);
    assertThat(rollover.nextStep(NOW)).isInstanceOf(Wait.class);
    Instant due = NOW.plus(SPREAD).plus(TTL).plus(TTL);
    assertThat(rollover.nextStep(due.minusSeconds(1)))
        .isEqualTo(new Wait(due, rollover.nextStep(due.minusSeconds(1)).why()));
    assertThat(rollover.nextStep(due)).isInstanceOf(Deploy.class);
  }

  @Test
  void keyThatIsDeployedTooEarly_isToBePutBack_andNothingIsRetired() {
    Publication old = publication(records("3 1 1", Chains.ONE_A), LONG_AGO);
    Publication both =
        publication(records("3 1 1", Chains.ONE_A, "3 1 1", Chains.ONE_B), NOW.plus(SPREAD));
    Rollover rollover = currentAndNext(situation(Chains.ONE_B, old, both), Chains.ONE_B);
    Instant due = NOW.plus(SPREAD).plus(TTL).plus(TTL);
    RolloverStep early = rollover.nextStep(NOW.plus(SPREAD).plusSeconds(1));
    assertThat(early).isInstanceOf(Wait.class);
    assertThat(early.earliest()).isEqualTo(due);
    assertThat(early.why()).contains("too early", "Put the old key back");
    assertThat(rollover.nextStep(due)).isInstanceOf(Retire.class);
  }

  @Test
  void oldTtl_countsForOldRecords() {
    Publication old =
        new Publication(
            records("3 1 1", Chains.ONE_A), Duration.ofDays(1), LONG_AGO, NOW.plus(LIFE));
    Publication both = publication(records("3 1 1", Chains.ONE_A, "3 1 1", Chains.ONE_B), NOW);
    Rollover rollover = currentAndNext(situation(Chains.ONE_A, old, both), Chains.ONE_B);
    assertThat(rollover.nextStep(NOW.plus(Duration.ofDays(1))).earliest())
        .isEqualTo(NOW.plus(Duration.ofDays(2)));
  }

  @Test
  void caution_waitsUntilTheOldSignaturesHaveExpired() {
    Publication old = publication(records("3 1 1", Chains.ONE_A), LONG_AGO);
    Publication both = publication(records("3 1 1", Chains.ONE_A, "3 1 1", Chains.ONE_B), NOW);
    Rollover rollover =
        Rollover.of(
            situation(Chains.ONE_A, old, both),
            RolloverGoal.of(Chains.ONE_B, RolloverScheme.CURRENT_AND_NEXT)
                .withCaution(Caution.SIGNATURES_EXPIRED));
    RolloverStep step = rollover.nextStep(NOW.plus(Duration.ofDays(1)));
    assertThat(step.earliest()).isEqualTo(old.signaturesExpire());
    assertThat(step.why()).contains("replay");
    assertThat(rollover.nextStep(old.signaturesExpire())).isInstanceOf(Deploy.class);
  }

  @Test
  void recordsOfUnknownAge_countFromWhenTheyWereFirstSeen() {
    RolloverSituation first =
        situation(
            Chains.ONE_A, publication(records("3 1 1", Chains.ONE_A, "3 1 1", Chains.ONE_B), NOW));
    assertThat(currentAndNext(first, Chains.ONE_B).nextStep(NOW).earliest())
        .isEqualTo(NOW.plus(TTL).plus(TTL));
  }

  @Test
  void issuersRecord_letsTheSameCasNextKeyBeDeployedAtOnce() {
    RolloverSituation situation =
        settled(Chains.ONE_A, "3 1 1", Chains.ONE_A, "2 1 1", Chains.ONE_A);
    Rollover rollover =
        Rollover.of(situation, RolloverGoal.of(Chains.ONE_B, RolloverScheme.CURRENT_AND_ISSUER));
    List<RolloverStep> plan = rollover.plan(NOW);
    assertThat(kinds(plan)).containsExactly("Deploy", "Retire", "Wait", "Done");
    assertThat(((Retire) plan.get(1)).records())
        .containsExactlyElementsOf(records("3 1 1", Chains.ONE_B, "2 1 1", Chains.ONE_B));
  }

  @Test
  void otherCasNextKey_needsBothOfItsRecordsFirst() {
    RolloverSituation situation =
        settled(Chains.ONE_A, "3 1 1", Chains.ONE_A, "2 1 1", Chains.ONE_A);
    Rollover rollover =
        Rollover.of(situation, RolloverGoal.of(Chains.TWO_A, RolloverScheme.CURRENT_AND_ISSUER));
    assertThat(((Publish) rollover.nextStep(NOW)).records())
        .containsExactlyElementsOf(
            records(
                "3 1 1",
                Chains.ONE_A,
                "3 1 1",
                Chains.TWO_A,
                "2 1 1",
                Chains.ONE_A,
                "2 1 1",
                Chains.TWO_A));
  }

  @Test
  void newDigest_isAddedForAllKeysAtOnce_andNeedsNoWait() {
    RolloverSituation situation =
        settled(Chains.ONE_A, "3 1 1", Chains.ONE_A, "3 1 1", Chains.ONE_B);
    RolloverScheme both = RolloverScheme.of(TlsaForm.DANE_EE, TlsaForm.parse("3 1 2"));
    Rollover rollover =
        Rollover.of(situation, RolloverGoal.of(Chains.ONE_A, both).keeping(Chains.ONE_B));
    assertThat(rollover.nextStep(NOW))
        .isInstanceOfSatisfying(
            Publish.class,
            step ->
                assertThat(step.records())
                    .containsExactlyElementsOf(
                        records(
                            "3 1 1",
                            Chains.ONE_A,
                            "3 1 1",
                            Chains.ONE_B,
                            "3 1 2",
                            Chains.ONE_A,
                            "3 1 2",
                            Chains.ONE_B)));
  }

  @Test
  void fromServerToCa_goesByTheNextKeysOwnRecord() {
    // RFC 7671 §8.2: never 3 1 1 of the old key alone beside 2 x 1 of the new one.
    Rollover rollover =
        Rollover.of(
            settled(Chains.SELF_A, "3 1 1", Chains.SELF_A),
            RolloverGoal.of(Chains.ONE_A, RolloverScheme.of(TlsaForm.DANE_TA)));
    List<RolloverStep> plan = rollover.plan(NOW);
    assertThat(((Publish) plan.get(0)).records())
        .containsExactlyElementsOf(records("3 1 1", Chains.SELF_A, "3 1 1", Chains.ONE_A));
    assertThat(((Retire) plan.get(4)).records())
        .containsExactlyElementsOf(records("2 1 1", Chains.ONE_A));
  }

  @Test
  void fromCaToServer_goesByRecordsThatBothKeysCanHave() {
    Rollover rollover = currentAndNext(settled(Chains.ONE_A, "2 1 1", Chains.ONE_A), Chains.SELF_A);
    assertThat(((Publish) rollover.nextStep(NOW)).records())
        .containsExactlyElementsOf(records("3 1 1", Chains.ONE_A, "3 1 1", Chains.SELF_A));
  }

  @Test
  void staleStrongerDigest_isRepairedInTheSameStep() {
    Rollover rollover =
        currentAndNext(
            settled(Chains.ONE_A, "3 1 1", Chains.ONE_A, "3 1 2", Chains.ONE_C), Chains.ONE_B);
    Publish step = (Publish) rollover.nextStep(NOW);
    assertThat(step.records()).containsAll(records("3 1 2", Chains.ONE_A, "3 1 2", Chains.ONE_B));
    assertThat(step.why()).contains("do not match what the server presents");
  }

  @Test
  void keyThatIsDeployedTooEarly_isSaidToBe() {
    Rollover rollover = currentAndNext(settled(Chains.ONE_B, "3 1 1", Chains.ONE_A), Chains.ONE_B);
    Publish step = (Publish) rollover.nextStep(NOW);
    assertThat(step.records()).containsExactlyElementsOf(records("3 1 1", Chains.ONE_B));
    assertThat(step.why())
        .contains("Put the old key back", NOW.plus(SPREAD).plus(TTL).plus(TTL).toString());
  }

  @Test
  void serversThatAreHalfChanged_areToBeChanged() {
    RolloverSituation half =
        new RolloverSituation(
            OWNER,
            List.of(publication(records("3 1 1", Chains.ONE_A, "3 1 1", Chains.ONE_B), LONG_AGO)),
            new ServedKeys(List.of(Chains.ONE_A, Chains.ONE_B), NOW),
            new ZonePace(SPREAD, LIFE));
    assertThat(currentAndNext(half, Chains.ONE_B).nextStep(NOW)).isInstanceOf(Deploy.class);
  }

  @Test
  void publicKeyOfACsr_isEnoughForRecordsOfKeys_andForNothingElse() {
    ServerKey csr = ServerKey.ofPublicKey(Chains.ONE_B.subjectPublicKeyInfo());
    RolloverSituation situation = settled(Chains.ONE_A, "3 1 1", Chains.ONE_A);
    assertThat(kinds(currentAndNext(situation, csr).plan(NOW))).endsWith("Done");
    Rollover byCa = Rollover.of(situation, RolloverGoal.of(csr, RolloverScheme.CURRENT_AND_ISSUER));
    assertThat(byCa.plan(NOW)).hasSize(1).first().isInstanceOf(Blocked.class);
    assertThat(byCa.nextStep(NOW).why()).contains("give the full chain");
    RolloverSituation deployed = settled(Chains.ONE_B, "3 1 1", Chains.ONE_B);
    assertThat(currentAndNext(deployed, csr).nextStep(NOW)).isInstanceOf(Done.class);
  }

  @Test
  void keptKeys_stayThroughTheWholePlan() {
    Rollover rollover =
        Rollover.of(
            settled(Chains.ONE_A, "3 1 1", Chains.ONE_A, "3 1 1", Chains.TWO_A),
            RolloverGoal.of(Chains.ONE_B, RolloverScheme.CURRENT_AND_NEXT).keeping(Chains.TWO_A));
    TlsaRecord kept = records("3 1 1", Chains.TWO_A).get(0);
    List<List<TlsaRecord>> rrsets = new ArrayList<>();
    for (RolloverStep step : rollover.plan(NOW)) {
      if (step instanceof Publish publish) {
        rrsets.add(publish.records());
      } else if (step instanceof Retire retire) {
        rrsets.add(retire.records());
      }
    }
    assertThat(rrsets).hasSize(2).allMatch(records -> records.contains(kept));
  }

  @Test
  void zoneWithoutRecords_getsThoseOfBothKeys() {
    Rollover rollover = currentAndNext(settled(Chains.ONE_A), Chains.ONE_B);
    assertThat(kinds(rollover.plan(NOW))).startsWith("Deploy", "Publish").endsWith("Done");
  }

  @Test
  void emergency_boundsTheOutage_andNamesTheReplay() {
    Rollover rollover = currentAndNext(settled(Chains.ONE_A, "3 1 1", Chains.ONE_A), Chains.ONE_B);
    List<RolloverStep> plan = rollover.emergencyPlan(NOW);
    Replace replace = (Replace) plan.get(0);
    assertThat(replace.records()).containsExactlyElementsOf(records("3 1 1", Chains.ONE_B));
    assertThat(replace.outageUntil()).isEqualTo(NOW.plus(SPREAD).plus(TTL).plus(TTL));
    assertThat(replace.why()).contains("replay", NOW.plus(Duration.ofDays(9)).toString());
    assertThat(plan.get(1)).isInstanceOf(Done.class);
  }

  @Test
  void emergency_withANextKeyThatIsBurntIn_costsNoMail() {
    Rollover rollover =
        currentAndNext(
            settled(Chains.ONE_A, "3 1 1", Chains.ONE_A, "3 1 1", Chains.ONE_B), Chains.ONE_B);
    List<RolloverStep> plan = rollover.emergencyPlan(NOW);
    assertThat(kinds(plan)).containsExactly("Deploy", "Retire", "Done");
    assertThat(((Retire) plan.get(1)).records())
        .containsExactlyElementsOf(records("3 1 1", Chains.ONE_B));
    assertThat(plan.get(1).earliest()).isEqualTo(NOW);
  }

  @Test
  void emergency_isBlocked_withoutTheChainThatItNeeds() {
    RolloverGoal goal =
        RolloverGoal.of(
            ServerKey.ofPublicKey(Chains.ONE_B.subjectPublicKeyInfo()),
            RolloverScheme.of(TlsaForm.DANE_TA));
    assertThat(Rollover.of(settled(Chains.ONE_A, "2 1 1", Chains.ONE_A), goal).emergencyPlan(NOW))
        .hasSize(1)
        .first()
        .isInstanceOf(Blocked.class);
  }

  @Test
  void misuse_throwsAndSaysWhatToDo() {
    assertThatThrownBy(() -> RolloverScheme.of()).hasMessageContaining("CURRENT_AND_NEXT");
    assertThatThrownBy(() -> RolloverScheme.of(TlsaForm.parse("1 1 1")))
        .hasMessageContaining("use 3 1 1");
    assertThatThrownBy(() -> new ServedKeys(List.of(), NOW)).hasMessageContaining("handshake");
    assertThatThrownBy(() -> situation(Chains.ONE_A)).hasMessageContaining("without records");
    Publication early = publication(List.of(), LONG_AGO);
    Publication late = publication(List.of(), NOW);
    assertThatThrownBy(() -> situation(Chains.ONE_A, late, early))
        .hasMessageContaining("from the oldest");
    assertThatThrownBy(() -> new ZonePace(Duration.ofSeconds(-1), LIFE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Publication(List.of(), Duration.ofSeconds(-1), NOW, NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyStep_saysWhy() {
    Stream.of(Chains.ONE_B, Chains.TWO_A, Chains.SELF_A)
        .flatMap(
            next ->
                currentAndNext(settled(Chains.ONE_A, "3 1 1", Chains.ONE_A), next)
                    .plan(NOW)
                    .stream())
        .forEach(step -> assertThat(step.why()).endsWith(".").hasSizeGreaterThan(20));
  }
}
