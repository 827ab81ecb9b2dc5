// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dane4j.match.DigestAlgorithm;
import org.dane4j.match.MatchResult;
import org.dane4j.match.ReferenceIdentifiers;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.dane4j.tlsa.Usability;

/** Which records go with which keys, at one instant. */
final class RolloverRecords {

  private static final TlsaMatcher MATCHER = TlsaMatcher.forSmtp();

  /** RFC 7671 §2: SHA-256 is the one digest that every sender has. */
  private static final TlsaMatcher LEAST =
      TlsaMatcher.forSmtp().withDigestPreference(DigestAlgorithm.SHA2_256);

  private final TlsaOwnerName owner;
  private final RolloverGoal goal;
  private final Instant at;
  private final TlsaGenerator generator;

  RolloverRecords(TlsaOwnerName owner, RolloverGoal goal, Instant at) {
    this.owner = owner;
    this.goal = goal;
    this.at = at;
    this.generator = TlsaGenerator.of(owner, at);
  }

  /** Whether mail arrives at a server with this key if a sender has these records. */
  boolean serve(List<TlsaRecord> records, ServerKey key) {
    // RFC 7672 §2.2: without records, or without usable ones, nothing is authenticated.
    List<TlsaForm> combinations = combinations(records);
    if (combinations.isEmpty()) {
      return true;
    }
    return goal.scheme().reliesOnIssuer()
        ? matches(MATCHER, records, key)
            && (!usable(LEAST, records) || matches(LEAST, records, key))
        : combinations.stream().allMatch(form -> matches(MATCHER, only(form, records), key));
  }

  boolean serve(List<TlsaRecord> records, List<ServerKey> keys) {
    return keys.stream().allMatch(key -> serve(records, key));
  }

  /**
   * The RRset for the time between: RFC 7671 §8.4 wants all combinations in it to match the same
   * keys. Those that cannot are dropped; if none is left, there is always 3 1 1 (§8.2).
   */
  List<TlsaRecord> transition(List<TlsaRecord> current, List<ServerKey> keys) {
    Set<TlsaRecord> records = new LinkedHashSet<>();
    for (TlsaForm form : combinations(current)) {
      Set<TlsaRecord> group = new LinkedHashSet<>(only(form, current));
      boolean complete = true;
      for (ServerKey key : keys) {
        complete &= complete(group, form, key);
      }
      if (complete) {
        records.addAll(group);
      }
    }
    if (records.isEmpty()) {
      keys.forEach(key -> complete(records, TlsaForm.DANE_EE, key));
    }
    return List.copyOf(records);
  }

  private boolean complete(Set<TlsaRecord> group, TlsaForm form, ServerKey key) {
    if (matches(MATCHER, List.copyOf(group), key)) {
      return true;
    }
    Optional<TlsaRecord> made = generator.record(key, form);
    made.ifPresent(group::add);
    return made.isPresent();
  }

  /** The RRset for the time after. */
  GeneratedTlsa goal(ServerKey next) {
    List<ServerKey> keys = new ArrayList<>();
    keys.add(next);
    keys.addAll(goal.kept());
    return generator.generate(keys, goal.scheme().forms());
  }

  private static boolean usable(TlsaMatcher matcher, List<TlsaRecord> records) {
    return records.stream()
        .anyMatch(record -> matcher.usability(record) instanceof Usability.Usable);
  }

  private boolean matches(TlsaMatcher matcher, List<TlsaRecord> records, ServerKey key) {
    return !records.isEmpty()
        && matcher.match(
                new TlsaRrset(owner, records, List.of()),
                key.peerChain(),
                ReferenceIdentifiers.of(owner.baseDomain()),
                at)
            instanceof MatchResult.Matched;
  }

  private static List<TlsaForm> combinations(List<TlsaRecord> records) {
    return records.stream()
        .filter(record -> MATCHER.usability(record) instanceof Usability.Usable)
        .map(TlsaForm::of)
        .distinct()
        .toList();
  }

  private static List<TlsaRecord> only(TlsaForm form, List<TlsaRecord> records) {
    return records.stream()
        .filter(record -> TlsaForm.of(record).equals(form))
        .filter(record -> MATCHER.usability(record) instanceof Usability.Usable)
        .toList();
  }
}
