// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.dane4j.smtp.enable.SimulatedHost.Service;
import org.dane4j.smtp.policy.DaneMode;

/**
 * An admin who does what the advice says, and does at once whatever it allows: old servers are
 * switched off, and keys replaced, in the first moment.
 */
final class SimulatedAdmin {

  private static final int PATIENCE = 600;

  final SimulatedDomain domain;
  private final SimulatedSenders senders;
  private UnaryOperator<EnablementState> memory = UnaryOperator.identity();
  EnablementState state;

  SimulatedAdmin(SimulatedDomain domain, Target target) {
    this.domain = domain;
    this.senders = new SimulatedSenders(domain);
    this.state =
        EnablementState.start(
            new EnablementPlan(
                SimulatedDomain.DOMAIN, 25, target, List.of(), new EnablementPlan.Ttls(60, 600)));
  }

  /** Lets something of the state be lost between two looks. */
  SimulatedAdmin remembering(UnaryOperator<EnablementState> newMemory) {
    memory = newMemory;
    return this;
  }

  /** Goes on until the end is reached; returns the first sender that could not deliver. */
  Optional<String> walkTo(Stage end) {
    Optional<String> stuck =
        walk(advice -> advice.state().stage() == end && advice.step() instanceof Step.Finished);
    follow();
    return stuck;
  }

  /** Goes on until a stage, or one after it, is the next to get behind. */
  Optional<String> walkInto(Stage goal) {
    return walk(advice -> !advice.state().stage().isBefore(goal));
  }

  private Optional<String> walk(Predicate<EnablementAdvice> end) {
    for (int i = 0; i < PATIENCE; i++) {
      EnablementAdvice advice = look();
      if (end.test(advice)) {
        return Optional.empty();
      }
      apply(advice);
      Optional<String> stuck = pass(pause(advice.step()));
      if (stuck.isPresent()) {
        return stuck.map(why -> "in " + state.stage() + " at " + why);
      }
    }
    throw new AssertionError("no end in " + state.stage() + ": " + look().step());
  }

  /** Looks, and does what is advised. */
  void follow() {
    apply(look());
  }

  EnablementAdvice look() {
    EnablementAdvice advice =
        Enablement.advise(memory.apply(state), new SimulatedFacts(domain).observe(), domain.now);
    state = advice.state();
    return advice;
  }

  private Duration pause(Step step) {
    if (step instanceof Step.Wait wait && wait.until().isPresent()) {
      Duration left = Duration.between(domain.now, wait.until().get());
      // Some look again too early; the advice must hold all the same.
      return domain.random.nextInt(3) == 0 ? left.dividedBy(2) : left;
    }
    return Duration.ofSeconds(1 + domain.random.nextInt(120));
  }

  /** Lets time pass, and asks all senders at each moment at which something changes. */
  Optional<String> pass(Duration time) {
    List<Instant> moments = domain.moments(time);
    for (Instant moment : moments) {
      domain.now = moment;
      Optional<String> stuck = stuck();
      if (stuck.isPresent()) {
        return stuck;
      }
    }
    return Optional.empty();
  }

  private Optional<String> stuck() {
    Optional<String> stuck = senders.stuck(DaneMode.OPPORTUNISTIC);
    return stuck.isEmpty() && state.stage() == Stage.DONE
        ? senders.stuck(DaneMode.MANDATORY)
        : stuck;
  }

  private void apply(EnablementAdvice advice) {
    if (advice.step() instanceof Step.Act act) {
      if (advice.state().stage().direction() == Stage.Direction.BACK) {
        // The old server runs before it is named again.
        Service before = domain.committed.contains(domain.old) ? Service.TLS : Service.PLAIN;
        domain.old.all(domain.old == domain.host ? domain.old.services.get(0) : before);
      }
      act.tasks().forEach(task -> apply(task, advice.state().stage()));
    } else if (advice.step() instanceof Step.Blocked) {
      domain.host.repairOne();
    }
    allowed(advice.state());
  }

  private void apply(Task task, Stage stage) {
    switch (task.place()) {
      case ZONE -> domain.zone.change(task.remove(), task.publish(), domain.soon());
      case PARENT -> domain.parent.change(task.remove(), task.publish(), domain.soon());
      case SIGNER ->
          domain.zone.sign(
              stage == Stage.UNSIGNED ? Signing.UNSIGNED : Signing.SIGNED, domain.soon());
      case PROVIDER -> {
        String line = domain.tlsa(domain.host).name() + " 300 IN TLSA " + domain.host.tlsa();
        boolean off = stage == Stage.TLSA_REMOVED;
        domain.provider.change(
            off ? List.of(line) : List.of(), off ? List.of() : List.of(line), domain.soon());
      }
    }
  }

  /** Does what nothing stands against any more. */
  private void allowed(EnablementState now) {
    boolean moved = domain.old != domain.host && !now.origin().isEmpty();
    Stage stage = now.stage();
    if (stage.direction() == Stage.Direction.FORTH) {
      if (moved && !stage.isBefore(Stage.DNSSEC_VERIFIED)) {
        domain.old.all(Service.DEAD);
      }
      return;
    }
    if (Stage.TLSA_FORGOTTEN.isBefore(stage) && !domain.committed.contains(domain.host)) {
      domain.host.identity = SimulatedDomain.NEXT;
      domain.host.services.replaceAll(it -> it == Service.DEAD ? it : Service.PLAIN);
    }
    if (moved && Stage.NEW_HOST_REMOVED.isBefore(stage)) {
      domain.host.all(Service.DEAD);
    }
  }
}
