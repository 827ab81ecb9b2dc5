// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.dane4j.testkit.dns.ZoneKey;

/** Whatever a zone shows and signs, keys become anchors slowly and never come back. */
class TrustAnchorUpdateProperties {

  private static final List<ZoneKey> KEYS =
      List.of(TrustPoint.key(), TrustPoint.key(), TrustPoint.key(), TrustPoint.key());

  /** A day of the zone: for each key 0 hidden, 1 shown, 2 signing, 3 revoked, 4 revoked signing. */
  record Day(int hours, List<Integer> roles) {}

  @Provide
  Arbitrary<List<Day>> days() {
    Arbitrary<Integer> role =
        Arbitraries.frequency(
            Tuple.of(2, 0), Tuple.of(4, 1), Tuple.of(6, 2), Tuple.of(1, 3), Tuple.of(1, 4));
    Arbitrary<Day> day =
        Combinators.combine(
                Arbitraries.integers().between(1, 40 * 24), role.list().ofSize(KEYS.size()))
            .as(Day::new);
    return day.list().ofMinSize(1).ofMaxSize(12);
  }

  @Property(tries = 200)
  void keys_areTrustedAfterThirtyDaysOnly_andNeverAfterRevocation(@ForAll("days") List<Day> days) {
    TrustPoint point = TrustPoint.trusting(KEYS.get(0));
    Map<ZoneKey, Instant> shownSince = new HashMap<>();
    Set<ZoneKey> revoked = new HashSet<>();
    for (Day day : days) {
      Set<ZoneKey> trustedBefore = trusted(point);
      List<ZoneKey> shown = new ArrayList<>();
      List<ZoneKey> signers = new ArrayList<>();
      for (int i = 0; i < KEYS.size(); i++) {
        int role = day.roles().get(i);
        ZoneKey form = role >= 3 ? KEYS.get(i).revoked() : KEYS.get(i);
        if (role > 0) {
          shown.add(form);
        }
        if (role == 2 || role == 4) {
          signers.add(form);
        }
        if (role == 4 && trustedBefore.contains(KEYS.get(i))) {
          revoked.add(KEYS.get(i));
        }
      }
      if (shown.isEmpty()) {
        continue;
      }
      point.after(Duration.ofHours(day.hours()), shown, signers);
      for (ZoneKey key : KEYS) {
        if (shown.contains(key)) {
          shownSince.putIfAbsent(key, point.now());
        }
      }
      Set<ZoneKey> after = trusted(point);
      assertThat(after).noneMatch(revoked::contains);
      for (ZoneKey key : after) {
        boolean old = trustedBefore.contains(key);
        boolean waited =
            shownSince.containsKey(key)
                && !shownSince.get(key).plus(Duration.ofDays(30)).isAfter(point.now());
        assertThat(old || waited).as(key + " in " + days).isTrue();
      }
      assertThat(trustedBefore.stream().filter(key -> !after.contains(key)))
          .as("keys that are anchors no more")
          .allMatch(revoked::contains);
      if (signers.stream().noneMatch(trustedBefore::contains)) {
        assertThat(trustedBefore).as("nothing was validated").containsAll(after);
      }
    }
  }

  private static Set<ZoneKey> trusted(TrustPoint point) {
    Set<ZoneKey> trusted = new HashSet<>();
    for (ZoneKey key : KEYS) {
      if (Set.of("VALID", "MISSING").contains(point.of(key))) {
        trusted.add(key);
      }
    }
    return trusted;
  }
}
