// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.dane4j.smtp.enable.SimulatedHost.Service;
import org.junit.jupiter.api.Test;

/** A rollback leaves the TLSA records that stood there before, or says why it does not. */
class FormerTlsaTest {

  private static final Target OWN = new Target.Own();
  private static final Target MOVE = new Target.OwnMove(MxTarget.name("new.example.co.test."));
  private static final String OTHER = "3 1 1 " + "00".repeat(32);

  /** Returns an admin of a domain whose old host has TLSA records from the beginning. */
  private static SimulatedAdmin admin(Target target) {
    SimulatedDomain domain = new SimulatedDomain(new Random(4), Signing.SIGNED, target);
    domain.host.all(Service.TLS);
    return new SimulatedAdmin(domain.withTlsaOf(domain.old), target);
  }

  private static SimulatedAdmin done(Target target) {
    SimulatedAdmin admin = admin(target);
    assertThat(admin.walkTo(Stage.DONE)).isEmpty();
    return admin;
  }

  private static List<String> served(SimulatedAdmin admin) {
    SimulatedHost host = admin.domain.old;
    return host.zone.answer(0, admin.domain.tlsa(host), admin.domain.now).rdata();
  }

  /** Puts other TLSA records, or none, in the place of the old host's. */
  private static void publish(SimulatedAdmin admin, String... rdata) {
    admin.domain.now = admin.domain.zone.settled(admin.domain.now);
    admin.domain.zone.change(lines(admin, served(admin)), lines(admin, List.of(rdata)), now(admin));
  }

  private static Supplier<Instant> now(SimulatedAdmin admin) {
    return () -> admin.domain.now;
  }

  private static List<String> lines(SimulatedAdmin admin, List<String> rdata) {
    String name = admin.domain.tlsa(admin.domain.old).name().toString();
    return rdata.stream().map(it -> name + " 60 IN TLSA " + it).toList();
  }

  private static EnablementAdvice turnedBack(SimulatedAdmin admin) {
    admin.state = admin.state.rollback();
    return admin.look();
  }

  private static Task onlyTask(EnablementAdvice advice) {
    assertThat(advice.step()).isInstanceOf(Step.Act.class);
    List<Task> tasks = ((Step.Act) advice.step()).tasks();
    assertThat(tasks).hasSize(1);
    return tasks.get(0);
  }

  @Test
  void recordsThatStoodThereBefore_stay_andItIsSaid() {
    SimulatedAdmin admin = done(OWN);
    List<String> before = served(admin);
    assertThat(before).hasSize(1);
    admin.state = admin.state.rollback();
    assertThat(admin.walkTo(Stage.ROLLED_BACK)).isEmpty();
    assertThat(served(admin)).isEqualTo(before);
    EnablementAdvice advice = admin.look();
    assertThat(((Step.Finished) advice.step()).text())
        .contains("includes the TLSA records of old.example.co.test.");
    assertThat(advice.warnings()).anyMatch(it -> it.contains("stay: senders are bound by them"));
  }

  @Test
  void recordsOfTheOldHost_stay_whenTheMoveIsTakenBackHalfWay() {
    SimulatedAdmin admin = admin(MOVE);
    assertThat(admin.walkInto(Stage.NEW_HOST_PREFERRED)).isEmpty();
    List<String> before = served(admin);
    admin.state = admin.state.rollback();
    assertThat(admin.walkTo(Stage.ROLLED_BACK)).isEmpty();
    assertThat(served(admin)).isEqualTo(before).hasSize(1);
  }

  @Test
  void ownRolloverSince_isNotUndone() {
    SimulatedAdmin admin = done(OWN);
    String now = admin.domain.old.tlsa();
    publish(admin, now, OTHER);
    admin.state = admin.state.rollback();
    assertThat(admin.walkTo(Stage.ROLLED_BACK)).isEmpty();
    assertThat(served(admin)).containsExactlyInAnyOrder(now, OTHER);
  }

  @Test
  void recordsThatAreGone_arePutBack() {
    SimulatedAdmin admin = done(OWN);
    String before = admin.domain.old.tlsa();
    publish(admin);
    Task task = onlyTask(turnedBack(admin));
    assertThat(task.text()).contains("be those again that stood there before");
    assertThat(task.remove()).isEmpty();
    assertThat(task.publish()).singleElement().asString().endsWith(" IN TLSA " + before);
    assertThat(admin.walkTo(Stage.ROLLED_BACK)).isEmpty();
    assertThat(served(admin)).containsExactly(before);
  }

  @Test
  void recordsThatAreGoneAndNoLongerMatch_areNotPutBack_andItIsSaid() {
    SimulatedAdmin admin = done(OWN);
    publish(admin);
    // Caches have forgotten them when the key changes.
    admin.domain.now = admin.domain.now.plusSeconds(7200);
    admin.domain.old.identity = SimulatedDomain.NEXT;
    EnablementAdvice advice = turnedBack(admin);
    assertThat(advice.step()).isNotInstanceOf(Step.Act.class);
    assertThat(advice.warnings())
        .anyMatch(it -> it.contains("are not put back: old.example.co.test.: "));
    assertThat(admin.walkTo(Stage.ROLLED_BACK)).isEmpty();
    assertThat(served(admin)).isEmpty();
  }

  @Test
  void recordsThatAreGone_areNotPutBack_whileAnAddressIsNotSeen() {
    SimulatedAdmin admin = done(OWN);
    publish(admin);
    admin.domain.old.services.set(0, Service.DEAD);
    EnablementAdvice advice = turnedBack(admin);
    assertThat(advice.step()).isNotInstanceOf(Step.Act.class);
    assertThat(advice.warnings())
        .anyMatch(it -> it.contains("are not put back") && it.contains("no connection"));
  }

  @Test
  void recordsThatSendersFailBy_giveWayToThoseThatMatched() {
    SimulatedAdmin admin = done(OWN);
    String before = admin.domain.old.tlsa();
    publish(admin, OTHER);
    Task task = onlyTask(turnedBack(admin));
    assertThat(task.remove()).singleElement().asString().endsWith(" IN TLSA " + OTHER);
    assertThat(task.publish()).singleElement().asString().endsWith(" IN TLSA " + before);
  }

  @Test
  void recordsThatSendersFailBy_goAway_ifThoseBeforeDoNotMatchEither() {
    SimulatedAdmin admin = done(OWN);
    publish(admin, OTHER);
    admin.domain.old.identity = SimulatedDomain.NEXT;
    Task task = onlyTask(turnedBack(admin));
    assertThat(task.publish()).isEmpty();
    assertThat(task.remove()).singleElement().asString().endsWith(" IN TLSA " + OTHER);
    assertThat(task.text()).contains("What stood there before is not put back: ");
  }

  /** As a state of version 1 is, which has passed the stage in which it would have been seen. */
  @Test
  void whatStoodThereBefore_isNotGuessed_whereItIsNotRemembered() {
    SimulatedAdmin admin = done(OWN);
    Origin origin = admin.state.origin().orElseThrow();
    assertThat(origin.tlsa()).isNotEmpty();
    admin.state = admin.state.from(new Origin(origin.mx(), origin.signing(), List.of()));
    EnablementAdvice advice = turnedBack(admin);
    assertThat(onlyTask(advice).text()).contains("is not remembered");
    assertThat(advice.state().origin().map(Origin::tlsa)).isEqualTo(Optional.of(List.of()));
  }

  @Test
  void recordsThatWereAskedFor_areNotTakenForThoseBefore() {
    SimulatedDomain domain = new SimulatedDomain(new Random(4), Signing.UNSIGNED, OWN);
    SimulatedAdmin admin = new SimulatedAdmin(domain, OWN);
    assertThat(admin.walkTo(Stage.DONE)).isEmpty();
    assertThat(served(admin)).hasSize(1);
    Task task = onlyTask(turnedBack(admin));
    assertThat(task.remove()).hasSize(1);
    assertThat(task.text()).endsWith("nothing else yet.");
  }

  /** RFC 1035 §5.1: what stands there is the alias, and that is what goes or comes. */
  @Test
  void alias_isWrittenAsSuch() {
    assertThat(ServerAnswers.line(MxTarget.name("_25._tcp.mx.test."), 60, 52, "CNAME a.test."))
        .isEqualTo("_25._tcp.mx.test. 60 IN CNAME a.test.");
  }
}
