// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.dane4j.smtp.enable.SimulatedHost.Service;
import org.junit.jupiter.api.Test;

/**
 * Whoever follows the advice loses no mail: whatever the TTLs, the delays between name servers and
 * the times of the looks are, and whatever a sender's resolver holds, the sender can deliver.
 */
class EnablementProperties {

  private static final List<Target> TARGETS =
      List.of(
          new Target.Own(),
          new Target.OwnMove(MxTarget.name("new.example.co.test.")),
          new Target.Provider(MxTarget.name("example-co-test.a-v1.provider.test.")));

  private static SimulatedAdmin admin(long seed) {
    Random random = new Random(seed);
    Target target = TARGETS.get(random.nextInt(TARGETS.size()));
    Signing signing = random.nextInt(3) == 0 ? Signing.SIGNED : Signing.UNSIGNED;
    return new SimulatedAdmin(new SimulatedDomain(random, signing, target), target);
  }

  @Property(tries = 300)
  void followingTheAdvice_neverStopsAMail_forthAndBack(@ForAll long seed) {
    SimulatedAdmin admin = admin(seed);
    assertThat(admin.walkTo(Stage.DONE)).isEmpty();
    assertThat(admin.pass(Duration.ofHours(3))).isEmpty();
    admin.state = admin.state.rollback();
    assertThat(admin.walkTo(Stage.ROLLED_BACK)).isEmpty();
    assertThat(admin.pass(Duration.ofHours(3))).isEmpty();
  }

  @Property(tries = 300)
  void turningBackAnywhere_neverStopsAMail(@ForAll long seed) {
    SimulatedAdmin admin = admin(seed);
    Stage until = stage(admin);
    assertThat(admin.walkInto(until)).isEmpty();
    admin.follow();
    // Nobody can see a change that is still on its way to the name servers.
    assertThat(admin.pass(SimulatedDomain.SLOWEST)).isEmpty();
    admin.look();
    admin.state = admin.state.rollback();
    assertThat(admin.walkTo(Stage.ROLLED_BACK)).isEmpty();
    assertThat(admin.pass(Duration.ofHours(3))).isEmpty();
  }

  @Property(tries = 300)
  void recordsThatStoodThereBefore_areThereAfterwards_andNoMailStops(@ForAll long seed) {
    SimulatedAdmin admin = admin(seed);
    SimulatedDomain domain = admin.domain;
    SimulatedHost before = domain.random.nextBoolean() ? domain.old : domain.host;
    domain.withTlsaOf(before);
    Set<ServedAnswer> served = before.zone.held(domain.tlsa(before), domain.now);
    assertThat(admin.walkInto(stage(admin))).isEmpty();
    admin.follow();
    assertThat(admin.pass(SimulatedDomain.SLOWEST)).isEmpty();
    admin.look();
    // A new host that no look has shown yet is not known to have had any.
    Assume.that(admin.state.origin().flatMap(it -> it.tlsa(domain.tlsa(before))).isPresent());
    admin.state = admin.state.rollback();
    assertThat(admin.walkTo(Stage.ROLLED_BACK)).isEmpty();
    assertThat(admin.pass(Duration.ofHours(3))).isEmpty();
    assertThat(before.zone.held(domain.tlsa(before), domain.now))
        .extracting(ServedAnswer::rdata)
        .containsOnly(served.iterator().next().rdata());
  }

  private static Stage stage(SimulatedAdmin admin) {
    List<Stage> forth =
        Stream.of(Stage.values())
            .filter(stage -> stage.direction() == Stage.Direction.FORTH)
            .skip(1)
            .toList();
    return forth.get(admin.domain.random.nextInt(forth.size()));
  }

  @Property(tries = 300)
  void stateOfAnyWalk_isReadBackAsItWas(@ForAll long seed) throws StateFormatException {
    SimulatedAdmin admin = admin(seed);
    admin.walkInto(stage(admin));
    assertThat(StateText.read(StateText.write(admin.state))).isEqualTo(admin.state);
  }

  /** What the properties are worth: each of these mistakes is found by the same senders. */
  @Test
  void adminWhoForgetsWhatResolversHold_losesMail() {
    assertThat(
            stuck(
                admin ->
                    admin.remembering(
                        state ->
                            new EnablementState(
                                state.plan(),
                                state.stage(),
                                state.origin(),
                                state.lastLook(),
                                List.of()))))
        .isNotEmpty();
  }

  @Test
  void adminWhoWaitsHalfTheTime_losesMail() {
    assertThat(
            stuck(
                admin ->
                    admin.remembering(
                        state ->
                            new EnablementState(
                                state.plan(),
                                state.stage(),
                                state.origin(),
                                state.lastLook(),
                                state.held().stream().map(it -> halved(it, admin)).toList()))))
        .isNotEmpty();
  }

  private static CachedAnswer halved(CachedAnswer held, SimulatedAdmin admin) {
    return new CachedAnswer(
        held.answer(),
        held.until()
            .map(until -> until.minusSeconds(held.answer().ttl() / 2))
            .map(it -> it.isBefore(admin.domain.now) ? admin.domain.now : it));
  }

  @Test
  void tlsaBeforeTls_losesMail() {
    Optional<String> stuck =
        IntStream.range(0, 100)
            .mapToObj(
                seed -> {
                  SimulatedAdmin admin = admin(seed);
                  assertThat(admin.walkInto(Stage.TLSA_PUBLISHED)).isEmpty();
                  admin.domain.host.services.set(0, Service.PLAIN);
                  String line =
                      admin.domain.tlsa(admin.domain.host).name()
                          + " 60 IN TLSA "
                          + admin.domain.host.tlsa();
                  admin.domain.host.zone.change(List.of(), List.of(line), admin.domain.soon());
                  return admin.pass(Duration.ofMinutes(10));
                })
            .flatMap(Optional::stream)
            .findFirst();
    assertThat(stuck).hasValueSatisfying(why -> assertThat(why).contains("does not offer TLS"));
  }

  private interface Mistake {
    SimulatedAdmin make(SimulatedAdmin admin);
  }

  private static List<String> stuck(Mistake mistake) {
    return IntStream.range(0, 200)
        .mapToObj(seed -> mistake.make(admin(seed)))
        .map(
            admin ->
                admin
                    .walkTo(Stage.DONE)
                    .or(
                        () -> {
                          admin.state = admin.state.rollback();
                          return admin.walkTo(Stage.ROLLED_BACK);
                        }))
        .flatMap(Optional::stream)
        .limit(1)
        .toList();
  }
}
