// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dane4j.smtp.audit.DomainFacts;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy;
import org.dane4j.smtp.enable.SimulatedHost.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Name;

class EnablementTest {

  private static final Name NEW = MxTarget.name("new.example.co.test.");
  private static final Target MOVE = new Target.OwnMove(NEW);
  private static final Target PROVIDER =
      new Target.Provider(MxTarget.name("example-co-test.a-v1.provider.test."));

  private static SimulatedAdmin admin(Target target) {
    SimulatedDomain domain = new SimulatedDomain(new Random(1), Signing.UNSIGNED, target);
    domain.host.all(Service.TLS);
    return new SimulatedAdmin(domain, target);
  }

  /** Brings a domain to where a stage is the next to get behind. */
  private static SimulatedAdmin at(Stage stage) {
    SimulatedAdmin admin = admin(MOVE);
    if (stage.direction() == Stage.Direction.BACK) {
      assertThat(admin.walkTo(Stage.DONE)).isEmpty();
      admin.state = admin.state.rollback();
    }
    assertThat(admin.walkInto(stage)).isEmpty();
    assertThat(admin.state.stage()).isEqualTo(stage);
    return admin;
  }

  private static void mx(SimulatedAdmin admin, String... records) {
    List<String> served =
        admin.domain.zone.held(admin.domain.mx(), admin.domain.now).stream()
            .flatMap(answer -> answer.rdata().stream())
            .distinct()
            .map(rdata -> "example.co.test. 60 IN MX " + rdata)
            .toList();
    admin.domain.zone.change(
        served,
        Stream.of(records).map(it -> "example.co.test. 60 IN MX " + it).toList(),
        () -> admin.domain.now);
  }

  private static void addNewHost(SimulatedAdmin admin) {
    mx(admin, "10 old.example.co.test.", "20 new.example.co.test.");
  }

  private static void preferNewHost(SimulatedAdmin admin) {
    mx(admin, "10 new.example.co.test.", "20 old.example.co.test.");
  }

  private static void removeOldHost(SimulatedAdmin admin) {
    mx(admin, "10 new.example.co.test.");
  }

  private static void removeNewHost(SimulatedAdmin admin) {
    mx(admin, "10 old.example.co.test.");
  }

  private static void delegate(SimulatedAdmin admin) {
    admin.domain.parent.change(
        List.of(),
        List.of("example.co.test. 60 IN DS 1 13 2 " + "00".repeat(32)),
        () -> admin.domain.now);
  }

  private static void unsign(SimulatedAdmin admin) {
    admin.domain.now = admin.domain.zone.settled(admin.domain.now);
    admin.domain.zone.sign(Signing.UNSIGNED, () -> admin.domain.now);
  }

  private static void publishTlsa(SimulatedAdmin admin) {
    admin.domain.zone.change(
        List.of(),
        List.of(
            admin.domain.tlsa(admin.domain.host).name()
                + " 60 IN TLSA "
                + admin.domain.host.tlsa()),
        () -> admin.domain.now);
  }

  private static void publishTlsaWithoutTls(SimulatedAdmin admin) {
    publishTlsa(admin);
    admin.domain.host.services.set(1, Service.PLAIN);
  }

  private static void newKey(SimulatedAdmin admin) {
    admin.domain.host.identity = SimulatedDomain.NEXT;
  }

  private static final String EARLY = "too early";
  private static final String NO_SIGNATURES = "is not signed on each name server";
  private static final String TLSA = "senders fail by them";

  /** A step that is wrong in the stage, and what is said of it. */
  record Wrong(Consumer<SimulatedAdmin> step, String said) {}

  private static final Map<Stage, List<Wrong>> WRONG = new LinkedHashMap<>();

  static {
    wrong(Stage.REQUIREMENTS, EnablementTest::addNewHost, "this step comes later");
    wrong(Stage.TTL_LOWERED, EnablementTest::addNewHost, EARLY);
    wrong(Stage.TTL_LOWERED, EnablementTest::delegate, NO_SIGNATURES);
    wrong(Stage.ZONE_SIGNED, EnablementTest::addNewHost, EARLY);
    wrong(Stage.ZONE_SIGNED, EnablementTest::delegate, NO_SIGNATURES);
    wrong(Stage.NEW_HOST_ADDED, EnablementTest::preferNewHost, EARLY);
    wrong(Stage.NEW_HOST_ADDED, EnablementTest::removeOldHost, EARLY);
    wrong(Stage.NEW_HOST_VERIFIED, EnablementTest::removeOldHost, EARLY);
    wrong(Stage.NEW_HOST_VERIFIED, EnablementTest::publishTlsaWithoutTls, TLSA);
    wrong(Stage.NEW_HOST_PREFERRED, EnablementTest::removeOldHost, EARLY);
    wrong(Stage.NEW_HOST_PREFERRED, EnablementTest::publishTlsaWithoutTls, TLSA);
    wrong(Stage.OLD_HOST_IDLE, EnablementTest::removeOldHost, EARLY);
    wrong(Stage.OLD_HOST_IDLE, EnablementTest::unsign, NO_SIGNATURES);
    wrong(Stage.OLD_HOST_REMOVED, EnablementTest::removeNewHost, "taken back");
    wrong(Stage.DNSSEC_VERIFIED, EnablementTest::unsign, NO_SIGNATURES);
    wrong(Stage.TLS_VERIFIED, EnablementTest::publishTlsaWithoutTls, TLSA);
    wrong(Stage.TLSA_PUBLISHED, EnablementTest::publishTlsaWithoutTls, TLSA);
    wrong(
        Stage.TLSA_PUBLISHED,
        admin -> {
          publishTlsa(admin);
          newKey(admin);
        },
        TLSA);
    wrong(Stage.TLSA_KNOWN, EnablementTest::newKey, TLSA);
    wrong(Stage.TTL_RAISED, EnablementTest::newKey, TLSA);
    wrong(Stage.DONE, EnablementTest::newKey, TLSA);
    wrong(Stage.DONE, admin -> admin.domain.host.services.set(0, Service.DEAD), "is not known");
    wrong(Stage.DONE, EnablementTest::removeNewHost, "taken back");
    wrong(Stage.TLSA_REMOVED, EnablementTest::unsign, NO_SIGNATURES);
    wrong(Stage.TLSA_FORGOTTEN, EnablementTest::newKey, "may still hold TLSA records");
    wrong(Stage.OLD_HOST_ADDED, EnablementTest::removeNewHost, EARLY);
    wrong(Stage.OLD_HOST_VERIFIED, EnablementTest::removeNewHost, EARLY);
    wrong(Stage.OLD_HOST_PREFERRED, EnablementTest::removeNewHost, EARLY);
    wrong(Stage.NEW_HOST_IDLE, EnablementTest::removeNewHost, EARLY);
    wrong(Stage.NEW_HOST_REMOVED, EnablementTest::unsign, NO_SIGNATURES);
    wrong(Stage.DS_REMOVED, EnablementTest::unsign, NO_SIGNATURES);
    wrong(Stage.DS_FORGOTTEN, EnablementTest::unsign, "may still hold its DS records");
    wrong(Stage.UNSIGNED, EnablementTest::delegate, "keep the zone signed");
  }

  private static void wrong(Stage stage, Consumer<SimulatedAdmin> step, String said) {
    WRONG.computeIfAbsent(stage, it -> new ArrayList<>()).add(new Wrong(step, said));
  }

  static Stream<Arguments> wrongSteps() {
    return WRONG.entrySet().stream()
        .flatMap(
            entry ->
                entry.getValue().stream()
                    .map(wrong -> Arguments.of(entry.getKey(), wrong.said(), wrong)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("wrongSteps")
  void wrongOrEarlyStep_isRefused(Stage stage, String said, Wrong wrong) {
    SimulatedAdmin admin = reach(stage);
    wrong.step().accept(admin);
    EnablementAdvice advice = admin.look();
    assertThat(advice.step()).isInstanceOf(Step.Blocked.class);
    assertThat(((Step.Blocked) advice.step()).reasons().toString()).contains(said);
    assertThat(advice.state().stage()).isEqualTo(stage);
  }

  /** Stages that are behind at once where all is well are entered by going back to them. */
  private static SimulatedAdmin reach(Stage stage) {
    if (stage == Stage.REQUIREMENTS) {
      return admin(MOVE);
    }
    Set<Stage> passedAtOnce =
        EnumSet.of(
            Stage.NEW_HOST_VERIFIED,
            Stage.DNSSEC_VERIFIED,
            Stage.TLS_VERIFIED,
            Stage.OLD_HOST_VERIFIED);
    if (!passedAtOnce.contains(stage)) {
      return at(stage);
    }
    Stage next = stage.next();
    while (passedAtOnce.contains(next)) {
      next = next.next();
    }
    SimulatedAdmin admin = at(next);
    admin.state = admin.state.at(stage);
    return admin;
  }

  @Test
  void eachStageThatCanBeLeft_hasAWrongStep() {
    assertThat(WRONG.keySet())
        .containsAll(Arrays.stream(Stage.values()).filter(it -> it != Stage.ROLLED_BACK).toList());
  }

  @Test
  void hostThatWasNamedTooEarly_doesNotHoldUpTheRest() {
    SimulatedAdmin admin = at(Stage.TTL_LOWERED);
    admin.domain.now = admin.domain.zone.settled(admin.domain.now);
    addNewHost(admin);
    assertThat(admin.look().step()).isInstanceOf(Step.Blocked.class);
    removeNewHost(admin);
    assertThat(admin.walkTo(Stage.DONE)).isEmpty();
  }

  @Test
  void facts_ofAnotherDomain_areMisuse() {
    DomainFacts facts = new SimulatedFacts(admin(MOVE).domain).observe();
    EnablementState other =
        EnablementState.start(
            new EnablementPlan(
                MxTarget.name("other.test."),
                25,
                new Target.Own(),
                List.of(),
                EnablementPlan.Ttls.DEFAULT));
    assertThatThrownBy(() -> Enablement.advise(other, facts, facts.at()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other.test.");
  }

  @Test
  void clockThatWentBackwards_blocks_andNothingIsRemembered() {
    SimulatedAdmin admin = at(Stage.OLD_HOST_IDLE);
    EnablementState before = admin.state;
    Instant last = before.lastLook().orElseThrow();
    admin.domain.now = last.minusSeconds(1);
    EnablementAdvice advice = admin.look();
    assertThat(((Step.Blocked) advice.step()).reasons().toString()).contains("clock");
    assertThat(advice.state()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "enforce, *.provider.test, blocked",
    "enforce, example-co-test.a-v1.provider.test, free",
    "enforce, *.a-v1.provider.test, free",
    "testing, *.provider.test, free",
  })
  void mtaStsPolicy_hasToNameTheNewHost_andAnAsteriskIsOneLabel(
      String mode, String pattern, String expected) {
    SimulatedAdmin admin = admin(PROVIDER);
    DomainFacts facts =
        new SimulatedFacts(admin.domain)
            .with(new MtaStsPolicy.Fetched(mode, 86_400, List.of("old.example.co.test", pattern)))
            .observe();
    EnablementAdvice advice = Enablement.advise(admin.state, facts, facts.at());
    boolean blocked =
        advice.step() instanceof Step.Blocked step
            && step.reasons().toString().contains("MTA-STS policy is enforced");
    assertThat(blocked).isEqualTo(expected.equals("blocked"));
  }

  @Test
  void providersTlsaRecords_areLeftToTheProvider() {
    SimulatedAdmin admin = admin(PROVIDER);
    assertThat(admin.walkInto(Stage.TLSA_PUBLISHED)).isEmpty();
    assertThat(admin.look().step())
        .isInstanceOfSatisfying(
            Step.Act.class,
            act ->
                assertThat(act.tasks())
                    .singleElement()
                    .satisfies(
                        task -> {
                          assertThat(task.place()).isEqualTo(Task.Place.PROVIDER);
                          assertThat(task.publish()).isEmpty();
                        }));
  }

  @Test
  void ownTlsaRecords_areThoseOfTheKeyThatTheHostShows() {
    SimulatedAdmin admin = at(Stage.TLSA_PUBLISHED);
    Step.Act act = (Step.Act) admin.look().step();
    assertThat(act.tasks().get(0).publish())
        .containsExactly("_25._tcp.new.example.co.test. 600 IN TLSA " + admin.domain.host.tlsa());
  }

  @Test
  void rollback_leavesDnssecThatWasThereBefore() {
    SimulatedDomain domain = new SimulatedDomain(new Random(2), Signing.SIGNED, MOVE);
    SimulatedAdmin admin = new SimulatedAdmin(domain, MOVE);
    assertThat(admin.walkTo(Stage.DONE)).isEmpty();
    admin.state = admin.state.rollback();
    assertThat(admin.walkTo(Stage.ROLLED_BACK)).isEmpty();
    assertThat(domain.zone.signing(0, domain.now)).isEqualTo(Signing.SIGNED);
    assertThat(domain.parent.answer(0, domain.ds(), domain.now).isDenial()).isFalse();
  }

  @Test
  void rollback_beforeAnythingBegan_isMisuse() {
    assertThatThrownBy(() -> admin(MOVE).state.rollback())
        .isInstanceOf(IllegalStateException.class);
  }
}
