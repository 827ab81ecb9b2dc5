// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What resolvers may hold. An answer that a name server gives may be fetched at any moment; one
 * that no server gives any more was perhaps fetched just before that was seen, and is then held for
 * its whole TTL.
 */
final class Memory {

  private final List<CachedAnswer> held;

  Memory(List<CachedAnswer> held) {
    this.held = List.copyOf(held);
  }

  List<CachedAnswer> held() {
    return held;
  }

  /** Returns what may be held after another look. */
  Memory after(List<Observed> looks, Instant now) {
    Map<ServedAnswer, CachedAnswer> next = new LinkedHashMap<>();
    for (CachedAnswer cached : held) {
      Optional<Observed> look =
          looks.stream().filter(it -> it.question().equals(cached.answer().question())).findFirst();
      next.put(cached.answer(), look.map(it -> fade(cached, it, now)).orElse(cached));
    }
    for (Observed look : looks) {
      for (ServedAnswer answer : look.distinct()) {
        next.put(answer, new CachedAnswer(answer, Optional.empty()));
      }
    }
    return new Memory(
        next.values().stream()
            .filter(it -> it.until().isEmpty() || it.until().get().isAfter(now))
            .sorted(
                Comparator.comparing((CachedAnswer it) -> it.answer().question().toString())
                    .thenComparing(it -> it.answer().toString()))
            .toList());
  }

  /** Returns what may be held if it is known by other means that no server gives some answers. */
  Memory without(Predicate<ServedAnswer> gone, Instant now) {
    return new Memory(
        held.stream()
            .map(
                it ->
                    it.until().isEmpty() && gone.test(it.answer())
                        ? new CachedAnswer(
                            it.answer(), Optional.of(now.plusSeconds(it.answer().ttl())))
                        : it)
            .toList());
  }

  private static CachedAnswer fade(CachedAnswer cached, Observed look, Instant now) {
    boolean gone = look.everywhere(answer -> !answer.equals(cached.answer()));
    return gone && cached.until().isEmpty()
        ? new CachedAnswer(cached.answer(), Optional.of(now.plusSeconds(cached.answer().ttl())))
        : cached;
  }

  /** Returns those that are held and not wanted. */
  List<CachedAnswer> unwanted(Predicate<ServedAnswer> unwanted) {
    List<CachedAnswer> found = new ArrayList<>();
    for (CachedAnswer cached : held) {
      if (unwanted.test(cached.answer())) {
        found.add(cached);
      }
    }
    return found;
  }

  /** Returns what to wait for so that nothing unwanted is held; empty if nothing is. */
  Optional<Step> waitFor(String what, Predicate<ServedAnswer> unwanted) {
    List<CachedAnswer> found = unwanted(unwanted);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    boolean served = found.stream().anyMatch(it -> it.until().isEmpty());
    Optional<Instant> until =
        served
            ? Optional.empty()
            : found.stream().flatMap(it -> it.until().stream()).max(Comparator.naturalOrder());
    return Optional.of(new Step.Wait(what, until));
  }
}
