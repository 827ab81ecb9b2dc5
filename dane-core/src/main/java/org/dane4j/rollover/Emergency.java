// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.dane4j.rollover.RolloverStep.Blocked;
import org.dane4j.rollover.RolloverStep.Deploy;
import org.dane4j.rollover.RolloverStep.Replace;
import org.dane4j.rollover.RolloverStep.Retire;
import org.dane4j.tlsa.TlsaRecord;

/**
 * The plan for when the present key must not be used any longer. The next key comes at once, and
 * its records with it; the old key's records go only if nothing can have that key any more.
 */
final class Emergency {

  private static final String NO_MAIL_WAITS =
      "The records of the next key are where they must be: no mail waits.";

  private final Rollover rollover;
  private final RolloverSituation situation;
  private final RolloverGoal goal;

  Emergency(Rollover rollover) {
    this.rollover = rollover;
    this.situation = rollover.situation();
    this.goal = rollover.goal();
  }

  List<RolloverStep> plan(Instant now) {
    RolloverRecords records = new RolloverRecords(situation.owner(), goal, now);
    GeneratedTlsa wanted = records.goal(goal.next());
    if (wanted instanceof GeneratedTlsa.Refused refused) {
      return List.of(new Blocked(now, refused.reason()));
    }
    List<TlsaRecord> target = ((GeneratedTlsa.Made) wanted).rrset().records();
    Publication current = situation.current();
    if (!situation.served().unseen().isEmpty()) {
      return urgentPart(records, target, now);
    }
    if (rollover.deployed(records).isPresent() && Rollover.isSet(target, current)) {
      Instant settled = Rollover.later(current.since(), rollover.held(records));
      return List.of(end(Rollover.later(now, settled)));
    }
    Instant gone = rollover.outageUntil(records, now);
    if (isEverywhere(records, now)) {
      return List.of(
          new Deploy(now, NO_MAIL_WAITS),
          new Retire(now, target, "The old key must match nothing any more, at once." + replay()),
          end(gone));
    }
    return List.of(new Replace(now, target, gone, outage(gone) + replay()), end(gone));
  }

  /** Whether no sender has records that the next key does not match. */
  private boolean isEverywhere(RolloverRecords records, Instant now) {
    return records.serve(situation.current().records(), goal.next())
        && !now.isBefore(rollover.safeToDeploy(records));
  }

  private static String outage(Instant gone) {
    return "The next key's records are not in every cache. Senders with the old ones hold their mail"
        + " back and try again, until %s at the latest (RFC 7671 §13).".formatted(gone);
  }

  private String replay() {
    return " Who has the old key and can replay the old records may pass as the server until their"
        + " signatures expire, at %s.".formatted(situation.current().signaturesExpire());
  }

  /** What was not seen may have the old key, so that nothing is taken away from the records. */
  private List<RolloverStep> urgentPart(
      RolloverRecords records, List<TlsaRecord> target, Instant now) {
    Publication current = situation.current();
    List<ServerKey> wanted = new ArrayList<>(goal.kept());
    wanted.add(0, goal.next());
    Set<TlsaRecord> all = new LinkedHashSet<>(current.records());
    all.addAll(records.transition(current.records(), wanted));
    List<RolloverStep> steps = new ArrayList<>();
    Instant gone = rollover.outageUntil(records, now);
    String unseen = String.join(", ", situation.served().unseen());
    String there = " Deploy it there as well: %s.".formatted(unseen);
    if (!Rollover.isSet(List.copyOf(all), current)) {
      steps.add(new Replace(now, List.copyOf(all), gone, outage(gone) + there));
    } else if (!rollover.isDeployedWhereSeen()) {
      String cost = isEverywhere(records, now) ? NO_MAIL_WAITS : outage(gone);
      steps.add(new Deploy(now, cost + there));
    }
    if (!Rollover.isSet(target, current)) {
      steps.add(new Blocked(now, whereToLook(unseen, target)));
      return List.copyOf(steps);
    }
    steps.add(
        new Blocked(
            now,
            "The old key has no records any more. Whether these have the next"
                + " one is not known, and mail to them may wait: %s.".formatted(unseen)));
    return List.copyOf(steps);
  }

  private String whereToLook(String unseen, List<TlsaRecord> target) {
    return ("The old key's records must go soon, since who has that key passes as the server while"
            + " they stand; but these may still present it, and mail to them would wait: %s. Look"
            + " from a machine that reaches them, with the same state file; or switch them off, and"
            + " take their addresses out of the zone. Who knows that none of them has the old key"
            + " lets these records stand there, and no others: %s.")
        .formatted(
            unseen, target.stream().map(TlsaRecord::toString).collect(Collectors.joining(" | ")));
  }

  /** The end, unless name servers may have the old records that were not heard. */
  private RolloverStep end(Instant at) {
    return situation.unheard().isEmpty()
        ? rollover.done(at)
        : new Blocked(
            at,
            ("These name servers were not heard: %s. As long as they serve the old records, senders"
                    + " that ask them hold their mail back, and who has the old key passes as the"
                    + " server. Let them load the zone, or take them out of the NS records; then"
                    + " look again.")
                .formatted(String.join(", ", situation.unheard())));
  }
}
