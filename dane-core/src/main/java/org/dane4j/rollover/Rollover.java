// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dane4j.rollover.RolloverGoal.Caution;
import org.dane4j.rollover.RolloverStep.Blocked;
import org.dane4j.rollover.RolloverStep.Deploy;
import org.dane4j.rollover.RolloverStep.Done;
import org.dane4j.rollover.RolloverStep.Publish;
import org.dane4j.rollover.RolloverStep.Retire;
import org.dane4j.rollover.RolloverStep.Wait;
import org.dane4j.tlsa.TlsaRecord;

/**
 * Says which step of a key rollover is safe now, and which ones follow.
 *
 * <pre>{@code
 * Rollover rollover =
 *     Rollover.of(situation, RolloverGoal.of(next, RolloverScheme.CURRENT_AND_NEXT));
 * RolloverStep step = rollover.nextStep(now);
 * }</pre>
 *
 * <p><b>Guarantees.</b> If each step is taken when it is due and not before, then at every moment
 * all records that a sender may have match all keys that the server may present. The answer depends
 * on nothing but the arguments, so it can be asked anew at any time, with what is seen then.
 *
 * <p><b>What is not known:</b> caches that keep records longer than their TTL, and name servers
 * that nobody told about the change.
 *
 * @since 0.1
 */
public final class Rollover {

  /** No rollover has as many steps; it is there so that a defect ends. */
  private static final int MAX_STEPS = 16;

  private static final String TOO_EARLY =
      "The server, or some address of it, presents the next key too early: caches may have records"
          + " that it does not match, and senders with these hold their mail back. Put the old key"
          + " back until then; if it must not be used any longer, there is nothing but to wait.";

  private final RolloverSituation situation;
  private final RolloverGoal goal;

  private Rollover(RolloverSituation situation, RolloverGoal goal) {
    this.situation = situation;
    this.goal = goal;
  }

  /**
   * Returns the rollover from where it stands to a goal.
   *
   * @param situation where it stands
   * @param goal where it leads to
   * @return the rollover
   */
  public static Rollover of(RolloverSituation situation, RolloverGoal goal) {
    return new Rollover(situation, goal);
  }

  /**
   * Returns what to do now.
   *
   * @param now the present
   * @return the step; a {@link Wait} if there is nothing to do yet
   */
  public RolloverStep nextStep(Instant now) {
    Publication current = situation.current();
    RolloverRecords records = new RolloverRecords(situation.owner(), goal, now);
    Optional<ServerKey> deployed = deployed(records);
    if (deployed.isPresent()) {
      return afterDeployment(records, deployed.get(), now);
    }
    if (records.goal(goal.next()) instanceof GeneratedTlsa.Refused refused) {
      return new Blocked(now, refused.reason());
    }
    Instant safe = safeToDeploy(records);
    if (!records.serve(current.records(), allKeys())) {
      return serveGoal(current, records) && !now.isBefore(safe)
          ? new Deploy(now, "The records match the next key, and not what the server presents.")
          : transition(records, now);
    }
    if (now.isBefore(safe)) {
      return new Wait(safe, presentsNext() && now.isBefore(held(records)) ? TOO_EARLY : waiting());
    }
    if (presentsNext() && isDeployedWhereSeen()) {
      return new Blocked(
          now,
          "The next key is where it was seen. Look from a machine that reaches the others, with the"
              + " same state file; until then the old records stay: "
              + String.join(", ", situation.served().unseen())
              + ".");
    }
    return new Deploy(
        now,
        "Whatever records a sender has by now, they match the present key and the next one. Verify"
            + " it at each address of the server"
            + unseen());
  }

  /** Whether nothing but what was not seen may have a key that is to go. */
  boolean isDeployedWhereSeen() {
    return !situation.served().unseen().isEmpty()
        && situation.served().keys().stream()
            .allMatch(
                key ->
                    isSameKey(key, goal.next())
                        || goal.kept().stream().anyMatch(kept -> isSameKey(kept, key)));
  }

  private String unseen() {
    List<String> unseen = situation.served().unseen();
    return unseen.isEmpty() ? "." : "; not seen: " + String.join(", ", unseen) + ".";
  }

  /** Whether some server has the next key already. */
  private boolean presentsNext() {
    return situation.served().keys().stream().anyMatch(key -> isSameKey(key, goal.next()));
  }

  /** Whether publications match all keys that the server shall present. */
  private boolean serveGoal(Publication publication, RolloverRecords records) {
    return records.serve(publication.records(), goal.next())
        && records.serve(publication.records(), goal.kept());
  }

  /**
   * Returns the whole plan: what to do now, and what follows if each step is taken as soon as it is
   * due. It is a forecast: ask again at each step, with what is seen then.
   *
   * @param now the present
   * @return the steps; the last one is {@link Done} or {@link Blocked}
   */
  public List<RolloverStep> plan(Instant now) {
    List<RolloverStep> steps = new ArrayList<>();
    Rollover state = this;
    Instant at = now;
    while (steps.size() < MAX_STEPS) {
      RolloverStep step = state.nextStep(at);
      steps.add(step);
      if (step instanceof Done || step instanceof Blocked) {
        return List.copyOf(steps);
      }
      at = step.earliest();
      state = state.after(step, now);
    }
    throw new AssertionError("a plan without an end: " + steps);
  }

  /**
   * Returns the plan for when the present key must not be used any longer, because it is lost or
   * somebody else has it. Mail of some senders waits for a bounded time, unless the next key's
   * records are where they must be already.
   *
   * <p>The next key and its records do not wait for anything. The old key's records stay while
   * something was not seen that may present it; then the last step is {@link Blocked} and says
   * where to look.
   *
   * @param now the present
   * @return the steps; the last one is {@link Done} or {@link Blocked}
   */
  public List<RolloverStep> emergencyPlan(Instant now) {
    return new Emergency(this).plan(now);
  }

  RolloverSituation situation() {
    return situation;
  }

  RolloverGoal goal() {
    return goal;
  }

  private RolloverStep transition(RolloverRecords records, Instant now) {
    List<TlsaRecord> current = situation.current().records();
    List<TlsaRecord> wanted = records.transition(current, allKeys());
    if (!records.serve(wanted, allKeys()) || isSet(wanted, situation.current())) {
      return new Blocked(
          now,
          "No records match both the present key and the next one. Give the next key with its full"
              + " chain, or aim at 3 1 1 first.");
    }
    String why =
        records.serve(current, situation.served().keys())
            ? "The next key's records must be in every cache before the server presents it (RFC 7671"
                + " §8.1)."
            : "The records that are published do not match what the server presents: senders hold"
                + " their mail back. Publish these at once, or put the old key back.";
    return new Publish(now, wanted, why);
  }

  private RolloverStep afterDeployment(RolloverRecords records, ServerKey next, Instant now) {
    GeneratedTlsa wanted = records.goal(next);
    if (wanted instanceof GeneratedTlsa.Refused refused) {
      return new Blocked(now, refused.reason());
    }
    List<TlsaRecord> target = ((GeneratedTlsa.Made) wanted).rrset().records();
    Publication current = situation.current();
    Instant held = held(records);
    if (records.serve(current.records(), next) && now.isBefore(held)) {
      return new Wait(held, TOO_EARLY);
    }
    if (isSet(target, current)) {
      return current.since().isAfter(now)
          ? new Wait(
              current.since(), "Until then, name servers may serve the records before these.")
          : done(now);
    }
    if (!records.serve(current.records(), next)) {
      return new Publish(
          now,
          target,
          ("The server presents the next key before its records are published: senders, or some of"
                  + " them, hold their mail back. Put the old key back, or publish these; then mail waits until %s at"
                  + " the latest.")
              .formatted(outageUntil(records, now)));
    }
    if (target.containsAll(current.records())) {
      return new Publish(now, target, "They match the key that the server presents.");
    }
    // With the CA's record, the old key can be put back at any time.
    Instant retire =
        goal.scheme().reliesOnIssuer()
            ? situation.served().since()
            : situation.served().since().plus(current.ttl());
    if (now.isBefore(retire)) {
      return new Wait(
          retire, "One TTL after the deployment, so that the old key can be put back until then.");
    }
    return new Retire(
        now,
        target,
        "No server that was seen presents the old key, so its records go (RFC 7671 §8.4). Machines"
            + " behind one address are not told apart: see to it that none has it.");
  }

  /** When nobody has records any more that the next key does not match. */
  Instant safeToDeploy(RolloverRecords records) {
    List<Publication> all = situation.publications();
    Publication oldest = all.get(0);
    // What was there before is not known, and may have been signed until it was replaced.
    Instant safe = gone(oldest, oldest.since(), oldest.since().plus(signatureLife()));
    for (int i = 0; i + 1 < all.size(); i++) {
      Publication publication = all.get(i);
      if (!serveGoal(publication, records)) {
        Instant gone = gone(publication, all.get(i + 1).since(), publication.signaturesExpire());
        safe = later(safe, gone);
      }
    }
    return safe;
  }

  /** When the last cache forgets records of which it is known that the next key does not match. */
  Instant held(RolloverRecords records) {
    List<Publication> all = situation.publications();
    Instant held = Instant.MIN;
    for (int i = 0; i + 1 < all.size(); i++) {
      if (!serveGoal(all.get(i), records)) {
        held = later(held, all.get(i + 1).since().plus(all.get(i).ttl().multipliedBy(2)));
      }
    }
    return held;
  }

  /** When the last cache forgets the records of now, if others are published now. */
  Instant outageUntil(RolloverRecords records, Instant now) {
    Instant everywhere = now.plus(situation.pace().propagation());
    return later(everywhere.plus(situation.current().ttl().multipliedBy(2)), held(records));
  }

  static boolean isSet(List<TlsaRecord> records, Publication publication) {
    return Set.copyOf(records).equals(Set.copyOf(publication.records()));
  }

  private Instant gone(Publication publication, Instant replaced, Instant signaturesExpire) {
    // RFC 7671 §8.1: at least two TTLs, from the moment that the last name server has changed.
    Instant uncached = replaced.plus(publication.ttl().multipliedBy(2));
    return goal.caution() == Caution.SIGNATURES_EXPIRED
        ? later(uncached, signaturesExpire)
        : uncached;
  }

  private String waiting() {
    return goal.caution() == Caution.SIGNATURES_EXPIRED
        ? "Two TTLs after the last name server changed (RFC 7671 §8.1), and until the signatures over"
            + " the records before have expired, so that nobody can replay them."
        : "Two TTLs after the last name server changed, no cache has the records before (RFC 7671"
            + " §8.1).";
  }

  /** The next key as the server presents it, if it presents no other one that is to go. */
  Optional<ServerKey> deployed(RolloverRecords records) {
    List<ServerKey> rolling =
        situation.served().keys().stream()
            .filter(key -> goal.kept().stream().noneMatch(kept -> isSameKey(kept, key)))
            .toList();
    // What was not seen may have the old key.
    if (!situation.served().unseen().isEmpty()
        || rolling.isEmpty()
        || !rolling.stream().allMatch(key -> isSameKey(key, goal.next()))) {
      return Optional.empty();
    }
    ServerKey next = goal.next().chain().isEmpty() ? rolling.get(0) : goal.next();
    boolean complete =
        !(records.goal(next) instanceof GeneratedTlsa.Made made)
            || records.serve(made.rrset().records(), rolling);
    return complete ? Optional.of(next) : Optional.empty();
  }

  private List<ServerKey> allKeys() {
    Set<ServerKey> keys = new LinkedHashSet<>(situation.served().keys());
    keys.add(goal.next());
    keys.addAll(goal.kept());
    return List.copyOf(keys);
  }

  Done done(Instant at) {
    return new Done(
        at,
        goal.scheme().reliesOnIssuer()
            ? "The server presents the next key, and the records are its own and its CA's. A further"
                + " key of the same CA can follow when two TTLs are over."
            : "The server presents the next key, and the records are as they shall be. Make the key"
                + " after it, and publish its record beside this one, so that it is there when you"
                + " need it.");
  }

  /** The situation after a step that is taken when it is due. */
  private Rollover after(RolloverStep step, Instant now) {
    if (step instanceof Publish publish) {
      return publishing(publish.records(), publish.earliest(), now);
    }
    if (step instanceof Retire retire) {
      return publishing(retire.records(), retire.earliest(), now);
    }
    if (step instanceof Deploy deploy) {
      List<ServerKey> keys = new ArrayList<>(goal.kept());
      keys.add(0, goal.next());
      return new Rollover(situation.serving(keys, deploy.earliest()), goal);
    }
    return this;
  }

  private Rollover publishing(List<TlsaRecord> records, Instant at, Instant now) {
    Publication current = situation.current();
    Instant everywhere = at.plus(situation.pace().propagation());
    RolloverSituation changed = situation;
    if (at.isAfter(now)) {
      // The zone may sign the old records again before they go.
      changed = changed.signedUntil(later(current.signaturesExpire(), at.plus(signatureLife())));
    }
    return new Rollover(
        changed.publishing(
            new Publication(records, current.ttl(), everywhere, everywhere.plus(signatureLife()))),
        goal);
  }

  private Duration signatureLife() {
    return situation.pace().signatureLife();
  }

  private static boolean isSameKey(ServerKey one, ServerKey other) {
    return one.subjectPublicKeyInfo().equals(other.subjectPublicKeyInfo());
  }

  static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
