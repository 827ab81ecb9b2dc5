// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.dane4j.dnssec.FetchFailure;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.Attempt;
import org.dane4j.smtp.audit.AddressFacts;
import org.dane4j.smtp.audit.DomainFacts;
import org.dane4j.smtp.audit.HostFacts;
import org.dane4j.smtp.audit.Look;
import org.dane4j.smtp.audit.NameServerFacts;
import org.dane4j.smtp.audit.PolicyFacts;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy;
import org.dane4j.smtp.audit.ServerReply;
import org.dane4j.smtp.audit.ServerReply.NotAsked;
import org.dane4j.smtp.audit.ServerReply.Response;
import org.dane4j.smtp.audit.ServerReply.Silence;
import org.dane4j.smtp.audit.ServerReply.Transport;
import org.dane4j.smtp.audit.ZoneFacts;
import org.dane4j.smtp.enable.SimulatedHost.Service;
import org.dane4j.smtp.tls.CertificateKeys;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** What is not known, or odd, is no ground for advice that could lose mail. */
class UnknownFactsTest {

  private static final Target MOVE = new Target.OwnMove(MxTarget.name("new.example.co.test."));

  private static SimulatedAdmin admin(Target target) {
    SimulatedDomain domain = new SimulatedDomain(new Random(1), Signing.UNSIGNED, target);
    domain.host.all(Service.TLS);
    return new SimulatedAdmin(domain, target);
  }

  private static SimulatedAdmin done(Target target) {
    SimulatedAdmin admin = admin(target);
    assertThat(admin.walkTo(Stage.DONE)).isEmpty();
    return admin;
  }

  private static Step.Blocked blocked(EnablementAdvice advice) {
    assertThat(advice.step()).isInstanceOf(Step.Blocked.class);
    return (Step.Blocked) advice.step();
  }

  private static EnablementAdvice advise(SimulatedAdmin admin, DomainFacts facts) {
    return Enablement.advise(admin.state, facts, facts.at());
  }

  @Test
  void addressThatWasNotSeen_isNoReasonToTakeTlsaRecordsAway() {
    SimulatedAdmin admin = done(new Target.Own());
    admin.domain.host.services.set(0, Service.DEAD);
    Step.Blocked step = blocked(admin.look());
    assertThat(step.reasons().toString()).contains("is not known", "no connection");
    assertThat(step.remedy()).allSatisfy(task -> assertThat(task.remove()).isEmpty());
  }

  @Test
  void keyOfAKindThatWasNotSeen_holdsTheTlsaRecordsUp() {
    SimulatedAdmin admin = admin(new Target.Own());
    assertThat(admin.walkInto(Stage.TLS_VERIFIED)).isEmpty();
    DomainFacts facts = new SimulatedFacts(admin.domain).observe();
    DomainFacts partly =
        withHosts(
            facts,
            host ->
                with(
                    host,
                    host.denials(),
                    look -> look.keys() != CertificateKeys.ECDSA ? look : lost(look)));
    assertThat(blocked(advise(admin, partly)).reasons().toString())
        .contains("with ECDSA keys alone it was not seen", "look from a machine")
        .doesNotContain("RSA keys");
  }

  private static Look lost(Look look) {
    return new Look(
        look.serverName(),
        look.keys(),
        new Attempt.Result.Failed(
            Attempt.Cause.CONNECTION_LOST, "no end in time", Optional.empty(), Optional.empty()));
  }

  @Test
  void recordsOfAHostWithoutTls_stayUntilTheirAbsenceCanBeProven() {
    SimulatedAdmin admin = done(new Target.Own());
    admin.domain.host.all(Service.PLAIN);
    DomainFacts facts = new SimulatedFacts(admin.domain).observe();
    assertThat(blocked(advise(admin, facts)).remedy())
        .singleElement()
        .satisfies(task -> assertThat(task.remove()).isNotEmpty());
    ValidationResult broken =
        ValidationResult.Indeterminate.because(
            Question.of("_26._tcp.mx.example.co.test.", Type.TLSA), FetchFailure.TIMEOUT);
    DomainFacts worse = withHosts(facts, host -> with(host, List.of(broken), look -> look));
    assertThat(blocked(advise(admin, worse)).remedy())
        .singleElement()
        .satisfies(
            task -> {
              assertThat(task.text()).contains("proofs of absence");
              assertThat(task.remove()).isEmpty();
            });
  }

  private static DomainFacts withHosts(DomainFacts facts, UnaryOperator<HostFacts> change) {
    return new DomainFacts(
        facts.at(),
        facts.domain(),
        facts.port(),
        facts.destination(),
        facts.zones(),
        facts.hosts().stream().map(change).toList(),
        facts.policies());
  }

  private static HostFacts with(
      HostFacts host, List<ValidationResult> denials, UnaryOperator<Look> change) {
    return new HostFacts(
        host.host(),
        host.tlsa(),
        denials,
        host.misplaced(),
        host.addresses().stream()
            .map(it -> new AddressFacts(it.address(), it.looks().stream().map(change).toList()))
            .toList());
  }

  @Test
  void silenceOverOneTransport_isNoProblem_whereTheOtherHasAWholeAnswer() {
    SimulatedAdmin admin = done(new Target.Own());
    DomainFacts facts = new SimulatedFacts(admin.domain).observe();
    assertThat(advise(admin, silentOverTcp(facts, Response.class)).step())
        .isInstanceOf(Step.Finished.class);
    Step.Blocked step = blocked(advise(admin, silentOverTcp(facts, NotAsked.class)));
    assertThat(step.reasons().toString()).contains("no way", "NS records");
  }

  /** Keeps the replies over UDP of a kind, and has none over TCP. */
  private static DomainFacts silentOverTcp(DomainFacts facts, Class<? extends ServerReply> kept) {
    List<ZoneFacts> zones = new ArrayList<>();
    for (ZoneFacts zone : facts.zones()) {
      List<NameServerFacts> servers = new ArrayList<>();
      for (NameServerFacts server : zone.servers()) {
        List<ServerReply> replies = new ArrayList<>();
        server.replies().stream().filter(kept::isInstance).forEach(replies::add);
        server
            .replies()
            .forEach(it -> replies.add(new Silence(it.question(), Transport.TCP, "no way")));
        servers.add(new NameServerFacts(server.name(), server.address(), replies));
      }
      zones.add(new ZoneFacts(zone.name(), zone.keys(), zone.delegation(), servers));
    }
    return with(facts, zones, facts.policies());
  }

  @Test
  void otherKeyBesideAnAddressThatWasNotSeen_isNoReasonToReplaceRecords() {
    SimulatedAdmin admin = done(new Target.Own());
    admin.domain.host.services.set(0, Service.DEAD);
    admin.domain.host.identity = SimulatedDomain.NEXT;
    Step.Blocked step = blocked(admin.look());
    assertThat(step.reasons().toString()).contains("senders fail by them");
    assertThat(step.remedy())
        .singleElement()
        .satisfies(
            task -> {
              assertThat(task.text()).contains("Put the key back");
              assertThat(task.remove()).isEmpty();
              assertThat(task.publish()).isEmpty();
            });
  }

  @Test
  void factsOlderThanTheLastLook_areNotBuiltUpon() {
    SimulatedAdmin admin = done(new Target.Own());
    DomainFacts old = new SimulatedFacts(admin.domain).observe();
    admin.domain.now = admin.domain.now.plusSeconds(60);
    admin.look();
    EnablementAdvice advice = Enablement.advise(admin.state, old, admin.domain.now);
    assertThat(blocked(advice).reasons().toString()).contains("older than the last look");
    assertThat(advice.state()).isEqualTo(admin.state);
  }

  @Test
  void mtaStsPolicyThatIsNotKnown_holdsAMoveUp_andNothingElse() {
    MtaStsPolicy failed = new MtaStsPolicy.Failed("404");
    SimulatedAdmin moving = admin(MOVE);
    assertThat(moving.walkInto(Stage.NEW_HOST_ADDED)).isEmpty();
    DomainFacts facts = new SimulatedFacts(moving.domain).with(failed).observe();
    assertThat(blocked(advise(moving, facts)).reasons().toString()).contains("404");
    SimulatedAdmin staying = done(new Target.Own());
    DomainFacts same = new SimulatedFacts(staying.domain).with(failed).observe();
    assertThat(advise(staying, same).step()).isInstanceOf(Step.Finished.class);
  }

  @Test
  void mtaStsRecordThatIsNotKnown_holdsAMoveUp() {
    SimulatedAdmin admin = admin(MOVE);
    assertThat(admin.walkInto(Stage.NEW_HOST_ADDED)).isEmpty();
    DomainFacts facts = new SimulatedFacts(admin.domain).observe();
    ValidationResult unknown =
        ValidationResult.Indeterminate.because(
            Question.of("_mta-sts.example.co.test.", Type.TXT), FetchFailure.TIMEOUT);
    DomainFacts without =
        with(
            facts,
            facts.zones(),
            new PolicyFacts(unknown, Optional.empty(), facts.policies().tlsReporting()));
    assertThat(blocked(advise(admin, without)).reasons().toString()).contains("MTA-STS", "time");
  }

  private static DomainFacts with(DomainFacts facts, List<ZoneFacts> zones, PolicyFacts policies) {
    return new DomainFacts(
        facts.at(),
        facts.domain(),
        facts.port(),
        facts.destination(),
        zones,
        facts.hosts(),
        policies);
  }

  @Test
  void hostThatTheResolverDoesNotKnowYet_isWaitedFor() {
    SimulatedAdmin admin = admin(new Target.Own());
    assertThat(admin.walkInto(Stage.TLSA_PUBLISHED)).isEmpty();
    add(admin, "20 second.example.co.test.");
    assertThat(admin.look().step())
        .isInstanceOfSatisfying(
            Step.Wait.class, wait -> assertThat(wait.reason()).contains("second.example.co.test."));
  }

  private static void add(SimulatedAdmin admin, String mx) {
    admin.domain.now = admin.domain.zone.settled(admin.domain.now);
    admin.domain.zone.change(
        List.of(), List.of("example.co.test. 60 IN MX " + mx), () -> admin.domain.now);
  }

  @Test
  void hostThatIsAddedWhenAllIsDone_isNotToBeTakenOut() {
    SimulatedAdmin admin = done(MOVE);
    add(admin, "20 second.example.co.test.");
    Step step = admin.look().step();
    assertThat(step).isNotInstanceOf(Step.Blocked.class);
  }

  @Test
  void dsRecordsBelowATopLevelDomain_areTakenToBeHeldForTwoDays() {
    SimulatedAdmin admin = done(new Target.Own());
    DomainFacts facts = new SimulatedFacts(admin.domain).observe();
    List<ZoneFacts> unasked =
        facts.zones().stream()
            .map(
                zone ->
                    zone.name().equals(admin.domain.parent.apex)
                        ? new ZoneFacts(zone.name(), zone.keys(), zone.delegation(), List.of())
                        : zone)
            .toList();
    EnablementState state = advise(admin, with(facts, unasked, facts.policies())).state();
    assertThat(state.held())
        .filteredOn(it -> it.answer().question().type() == Type.DS && !it.answer().isDenial())
        .anySatisfy(it -> assertThat(it.answer().ttl()).isGreaterThanOrEqualTo(172_800));
  }

  @Test
  void tlsaRecordWithoutData_matchesNothing_andIsNoDefect() {
    SimulatedAdmin admin = done(new Target.Own());
    DomainFacts facts = new SimulatedFacts(admin.domain).observe();
    HostSight host = new HostSight(facts, facts.hosts().get(0));
    for (String rdata : new String[] {"3 1 1", "3 1 1 ", "\\# 2 0301"}) {
      ServedAnswer answer =
          new ServedAnswer(host.tlsaQuestion(), Signing.SIGNED, 60, List.of(rdata));
      assertThat(host.mismatches(answer)).isNotEmpty();
    }
  }

  @Test
  void leastPreferredHost_hasTheNewOneBehindIt_andKeepsTheOrder() {
    for (String[] old :
        new String[][] {
          {"65535 old.example.co.test."},
          {"0 old.example.co.test.", "65535 old2.example.co.test."},
          {"65530 old.example.co.test.", "65530 old2.example.co.test."}
        }) {
      SimulatedAdmin admin = admin(MOVE);
      assertThat(admin.walkInto(Stage.NEW_HOST_ADDED)).isEmpty();
      Origin origin =
          new Origin(Stream.of(old).map(MxTarget::parse).toList(), Signing.UNSIGNED, List.of());
      View view =
          new View(
              admin.state.from(origin),
              new SimulatedFacts(admin.domain).observe(),
              admin.domain.now);
      MxMove move = MxMove.of(view).orElseThrow();
      for (MxMove.Shape shape : List.of(MxMove.Shape.TO_BEHIND, MxMove.Shape.TO_AHEAD)) {
        List<String> rdata =
            move.task(shape, "why").publish().stream()
                .map(line -> line.substring(line.indexOf(" MX ") + 4))
                .toList();
        assertThat(move.shape(new ServedAnswer(view.mxQuestion(), Signing.SIGNED, 60, rdata)))
            .as(rdata.toString())
            .isEqualTo(shape);
        List<MxTarget> olds =
            rdata.stream().map(MxTarget::parse).filter(it -> !it.host().equals(host())).toList();
        assertThat(order(olds)).isEqualTo(order(origin.mx()));
      }
    }
  }

  private static org.xbill.DNS.Name host() {
    return MOVE.newHost().orElseThrow();
  }

  private static int order(List<MxTarget> targets) {
    return targets.size() < 2
        ? 0
        : Integer.compare(targets.get(0).preference(), targets.get(1).preference());
  }

  @Test
  void plan_refusesNonsense() {
    for (String user : new String[] {" x", "x\u0007", "x\u009b2J", "x\u2028y", ""}) {
      assertThatThrownBy(
              () ->
                  new EnablementPlan(
                      SimulatedDomain.DOMAIN,
                      25,
                      new Target.Own(),
                      List.of(user),
                      EnablementPlan.Ttls.DEFAULT))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
