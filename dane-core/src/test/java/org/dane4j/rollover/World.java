// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.dane4j.match.DigestAlgorithm;
import org.dane4j.match.MatchResult;
import org.dane4j.match.ReferenceIdentifiers;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.rollover.RolloverGoal.Caution;
import org.dane4j.rollover.RolloverSituation.ZonePace;
import org.dane4j.rollover.RolloverStep.Deploy;
import org.dane4j.rollover.RolloverStep.Publish;
import org.dane4j.rollover.RolloverStep.Retire;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;

/**
 * Name servers, caches and a mail server, to which an administrator does what the planner says,
 * sooner or later. It knows who may hold what at which time, and nothing of why the planner says
 * it.
 */
final class World {

  private static final TlsaOwnerName OWNER = TlsaOwnerName.smtp(Chains.HOST);

  private final Plan plan;
  private final List<Held> held = new ArrayList<>();
  private final List<Publication> told = new ArrayList<>();
  private final Instant start;
  private Instant deployStart = Instant.MAX;
  private Instant deployEnd = Instant.MAX;

  /** Until then the old key may be put back: its records go, or the issuer's does for it. */
  private Instant presentUntil = Instant.MAX;

  /** What is random: the zone's pace, how the records and keys are and shall be. */
  record Plan(Pace pace, Keys keys, List<TlsaForm> before, RolloverGoal goal) {}

  /** In seconds: the slowest name server needs the propagation, the fastest the lead. */
  record Pace(
      int propagation, int lead, int signatureLife, int resigning, int deploying, Habits habits) {}

  /** In seconds: the TTL at first and with each change, and how late what is due is done. */
  record Habits(int ttl, int laterTtl, int slowness) {}

  /** The present key, the one before it, and whether the records have the next one already. */
  record Keys(ServerKey present, ServerKey before, boolean announced, int announcedAgo) {}

  /** Records, and from when until when (exclusively) a sender may have them. */
  private record Held(List<TlsaRecord> records, Instant from, Instant until) {}

  World(Plan plan, Instant start) {
    this.plan = plan;
    this.start = start;
    Instant replaced = start.minusSeconds(plan.keys().announcedAgo());
    // The planner is not told what was there before; it was right for the present key.
    List<ServerKey> keys = new ArrayList<>(List.of(plan.keys().present()));
    keys.addAll(plan.goal().kept());
    List<TlsaRecord> unknown = records(plan.before(), keys);
    keys.add(plan.keys().before());
    if (plan.keys().announced()) {
      keys.add(plan.goal().next());
    }
    int ttl = plan.pace().habits().ttl();
    held.add(new Held(unknown, Instant.MIN, forgotten(ttl, replaced, replaced)));
    publish(records(plan.before(), keys), ttl, replaced.minusSeconds(plan.pace().propagation()));
  }

  private List<TlsaRecord> records(List<TlsaForm> forms, List<ServerKey> keys) {
    TlsaGenerator generator = TlsaGenerator.of(OWNER, start);
    return forms.stream()
        .flatMap(form -> keys.stream().flatMap(key -> generator.record(key, form).stream()))
        .distinct()
        .toList();
  }

  /** From the last name server into a cache, and once more into one that counts anew. */
  private Instant forgotten(long ttl, Instant replaced, Instant lastSigned) {
    Instant uncached = replaced.plusSeconds(2 * ttl);
    Instant expired = lastSigned.plusSeconds(plan.pace().signatureLife());
    return plan.goal().caution() == Caution.SIGNATURES_EXPIRED && expired.isAfter(uncached)
        ? expired
        : uncached;
  }

  private void publish(List<TlsaRecord> records, int ttl, Instant at) {
    Instant everywhere = at.plusSeconds(plan.pace().propagation());
    Instant firstSeen = at.plusSeconds(Math.min(plan.pace().lead(), plan.pace().propagation()));
    if (!told.isEmpty()) {
      Publication last = told.remove(told.size() - 1);
      Instant signed = lastSigned(at);
      Held old = held.remove(held.size() - 1);
      held.add(
          new Held(
              old.records(), old.from(), forgotten(last.ttl().toSeconds(), everywhere, signed)));
      told.add(
          new Publication(last.records(), last.ttl(), last.since(), signed.plus(signatureLife())));
    }
    held.add(new Held(records, firstSeen, Instant.MAX));
    told.add(
        new Publication(
            records, Duration.ofSeconds(ttl), everywhere, lastSigned(at).plus(signatureLife())));
  }

  private Instant lastSigned(Instant before) {
    return before.minusSeconds(plan.pace().resigning());
  }

  private Duration signatureLife() {
    return Duration.ofSeconds(plan.pace().signatureLife());
  }

  private RolloverStep ask(Instant now, String... unseen) {
    List<ServerKey> served = new ArrayList<>(plan.goal().kept());
    Instant since = start.minusSeconds(1);
    if (now.isBefore(deployStart)) {
      served.add(plan.keys().present());
    } else if (now.isBefore(deployEnd)) {
      served.addAll(List.of(plan.keys().present(), plan.goal().next()));
      since = deployStart;
    } else {
      served.add(plan.goal().next());
      since = deployEnd;
    }
    ZonePace pace = new ZonePace(Duration.ofSeconds(plan.pace().propagation()), signatureLife());
    ServedKeys seen = new ServedKeys(served, since, List.of(unseen));
    return Rollover.of(new RolloverSituation(OWNER, told, seen, pace), plan.goal()).nextStep(now);
  }

  /** Does what the planner says until it says that it is done, or blocked. */
  RolloverStep run() {
    Instant now = start;
    for (int steps = 0; steps < 20; steps++) {
      RolloverStep step = ask(now);
      Instant done = now.plusSeconds(plan.pace().habits().slowness());
      if (step instanceof Publish publish) {
        publish(publish.records(), plan.pace().habits().laterTtl(), done);
        now = done;
      } else if (step instanceof Retire retire) {
        if (ask(now, "192.0.2.2") instanceof Retire) {
          throw new AssertionError("an address that was not seen may have the old key");
        }
        presentUntil = presentUntil.isBefore(done) ? presentUntil : done;
        publish(retire.records(), plan.pace().habits().laterTtl(), done);
        now = done;
      } else if (step instanceof Deploy) {
        now = deploy(done);
      } else if (step instanceof RolloverStep.Wait wait) {
        now = wait.until();
      } else {
        return step;
      }
    }
    throw new AssertionError("no end: " + plan);
  }

  private Instant deploy(Instant now) {
    if (now.isBefore(deployStart)) {
      deployStart = now;
      deployEnd = now.plusSeconds(plan.pace().deploying());
      if (plan.goal().scheme().reliesOnIssuer()) {
        presentUntil = deployEnd;
      }
      // Half-way, some of the servers have it: the planner must say to go on.
      Instant halfway = now.plusSeconds(plan.pace().deploying() / 2);
      if (halfway.isBefore(deployEnd) && !(ask(halfway) instanceof Deploy)) {
        throw new AssertionError(ask(halfway));
      }
    }
    return deployEnd;
  }

  /** Returns a moment at which a sender may have records that do not match a key in use. */
  List<String> violations() {
    List<String> found = new ArrayList<>();
    for (Held records : held) {
      boolean meetsPresent = records.from().isBefore(presentUntil);
      boolean meetsNext = records.until().isAfter(deployStart);
      if (meetsPresent && !authenticates(records.records(), plan.keys().present())) {
        found.add(records + " and the present key");
      }
      if (meetsNext && !authenticates(records.records(), plan.goal().next())) {
        found.add(records + " and the next key");
      }
      for (ServerKey kept : plan.goal().kept()) {
        if (!authenticates(records.records(), kept)) {
          found.add(records + " and a key that stays");
        }
      }
    }
    return found;
  }

  /** RFC 7671 §8: each combination by itself, and each way to choose a digest (§9). */
  private boolean authenticates(List<TlsaRecord> records, ServerKey key) {
    boolean byAgility =
        matches(TlsaMatcher.forSmtp(), records, key)
            && matches(
                TlsaMatcher.forSmtp().withDigestPreference(DigestAlgorithm.SHA2_256), records, key);
    if (plan.goal().scheme().equals(RolloverScheme.CURRENT_AND_ISSUER)) {
      return byAgility;
    }
    return byAgility
        && records.stream()
            .map(TlsaForm::of)
            .allMatch(
                form ->
                    matches(
                        TlsaMatcher.forSmtp(),
                        records.stream().filter(it -> TlsaForm.of(it).equals(form)).toList(),
                        key));
  }

  private boolean matches(TlsaMatcher matcher, List<TlsaRecord> records, ServerKey key) {
    MatchResult result =
        matcher.match(
            new TlsaRrset(OWNER, records, List.of()),
            key.peerChain(),
            ReferenceIdentifiers.of(Chains.HOST),
            start);
    // Without a record that it can use, a sender does not ask who the server is.
    return !(result instanceof MatchResult.Unmatched);
  }
}
