// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dane4j.smtp.enable.Task.Place;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Mail moves from some hosts to others: the new ones are first put behind the old ones, then before
 * them, and the old ones are taken away when no resolver prefers them any more. At each moment all
 * hosts that any resolver knows of take mail.
 */
final class MxMove {

  /** How far a served or cached MX RRset is. */
  enum Shape {
    /** Only the hosts that mail comes from. */
    FROM_ONLY,
    /** Both, the new ones less preferred. */
    TO_BEHIND,
    /** Both, equally preferred. */
    EQUAL,
    /** Both, the new ones preferred. */
    TO_AHEAD,
    /** Only the new ones. */
    TO_ONLY,
    /** Something else. */
    OTHER
  }

  private static final int STEP = 10;

  /** RFC 1035 §3.3.9: a preference has 16 bits. */
  private static final int MOST = 0xffff;

  private final View view;
  private final List<MxTarget> from;
  private final List<MxTarget> to;

  private MxMove(View view, List<MxTarget> from, List<MxTarget> to) {
    this.view = view;
    this.from = from;
    this.to = to;
  }

  /** Returns the move of a plan, in the direction of the stage; empty if hosts stay. */
  static Optional<MxMove> of(View view) {
    Optional<Name> newHost = view.plan.target().newHost();
    List<MxTarget> old = view.state.origin().map(Origin::mx).orElse(List.of());
    if (newHost.isEmpty() || old.isEmpty() || names(old).equals(Set.of(newHost.get()))) {
      return Optional.empty();
    }
    List<MxTarget> now = List.of(new MxTarget(STEP, newHost.get()));
    return Optional.of(
        view.state.stage().direction() == Stage.Direction.FORTH
            ? new MxMove(view, old, now)
            : new MxMove(view, now, old));
  }

  static Set<Name> names(List<MxTarget> targets) {
    return targets.stream().map(MxTarget::host).collect(Collectors.toSet());
  }

  Set<Name> fromHosts() {
    return names(from);
  }

  Set<Name> toHosts() {
    return names(to);
  }

  Shape shape(ServedAnswer answer) {
    List<MxTarget> targets = targets(answer);
    Set<Name> hosts = names(targets);
    if (hosts.equals(names(from))) {
      return Shape.FROM_ONLY;
    }
    if (hosts.equals(names(to))) {
      return Shape.TO_ONLY;
    }
    Set<Name> both = new HashSet<>(names(from));
    both.addAll(names(to));
    if (!hosts.equals(both)) {
      return Shape.OTHER;
    }
    int order = Integer.compare(best(targets, names(to)), best(targets, names(from)));
    return order > 0 ? Shape.TO_BEHIND : order < 0 ? Shape.TO_AHEAD : Shape.EQUAL;
  }

  /** Returns the hosts of an MX RRset; none for a denial, an alias or a null MX. */
  static List<MxTarget> targets(ServedAnswer answer) {
    return answer.rdata().stream()
        .filter(rdata -> rdata.matches("\\d+ \\S+"))
        .map(MxTarget::parse)
        .filter(target -> !target.host().equals(Name.root))
        .toList();
  }

  private static int best(List<MxTarget> targets, Set<Name> hosts) {
    return targets.stream()
        .filter(target -> hosts.contains(target.host()))
        .mapToInt(MxTarget::preference)
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  boolean everywhere(Shape first, Shape... rest) {
    Set<Shape> wanted = EnumSet.of(first, rest);
    return view.mx().everywhere(answer -> wanted.contains(shape(answer)));
  }

  boolean anywhere(Shape first, Shape... rest) {
    Set<Shape> wanted = EnumSet.of(first, rest);
    return view.mx().anywhere(answer -> wanted.contains(shape(answer)));
  }

  /** Returns what to do so that all servers have a shape, or to wait for those that lag. */
  Optional<Step> publish(Shape wanted, Set<Shape> goodEnough, String why) {
    Observed mx = view.mx();
    if (mx.everywhere(answer -> goodEnough.contains(shape(answer)))) {
      return Optional.empty();
    }
    if (mx.anywhere(answer -> goodEnough.contains(shape(answer)))) {
      String lagging = mx.others(answer -> goodEnough.contains(shape(answer)));
      return Optional.of(
          new Step.Wait(lagging + ": has not got the new MX records yet", Optional.empty()));
    }
    return Optional.of(new Step.Act(List.of(task(wanted, why))));
  }

  /** Returns to wait until no resolver holds MX records of the given shapes. */
  Optional<Step> forgotten(Set<Shape> shapes, String what) {
    return view.memory.waitFor(
        what,
        answer -> answer.question().equals(view.mxQuestion()) && shapes.contains(shape(answer)));
  }

  /** Returns to wait until no resolver prefers the hosts that mail comes from. */
  Optional<Step> idle(String which) {
    return forgotten(
        EnumSet.of(Shape.FROM_ONLY, Shape.TO_BEHIND, Shape.EQUAL),
        "resolvers may hold MX records that prefer the " + which + " host");
  }

  /** Returns what to do, or to wait for, until nobody knows the hosts that mail comes from. */
  Optional<Step> removed(String which, String why) {
    Optional<Step> step = publish(Shape.TO_ONLY, EnumSet.of(Shape.TO_ONLY), why);
    return step.isPresent()
        ? step
        : forgotten(
            EnumSet.complementOf(EnumSet.of(Shape.TO_ONLY)),
            "resolvers may hold MX records with the " + which + " host: keep it running");
  }

  boolean mayBeHeld(Shape first, Shape... rest) {
    Set<Shape> shapes = EnumSet.of(first, rest);
    return !view.memory
        .unwanted(
            answer -> answer.question().equals(view.mxQuestion()) && shapes.contains(shape(answer)))
        .isEmpty();
  }

  /** Returns the task to give the MX RRset a shape. */
  Task task(Shape shape, String why) {
    return task(view, records(shape), why);
  }

  /** Returns the task to make the MX RRset these records and no others. */
  static Task task(View view, List<MxTarget> records, String why) {
    Set<String> wanted = records.stream().map(MxTarget::toString).collect(Collectors.toSet());
    List<String> remove =
        view.mx().distinct().stream()
            .flatMap(
                answer -> answer.rdata().stream().map(rdata -> line(view, answer.ttl(), rdata)))
            .distinct()
            .filter(line -> wanted.stream().noneMatch(rdata -> line.endsWith(" MX " + rdata)))
            .toList();
    long ttl = view.plan.ttls().whileChanging();
    List<String> lines =
        records.stream()
            .sorted(Comparator.comparingInt(MxTarget::preference))
            .map(target -> line(view, ttl, target.toString()))
            .toList();
    return new Task(Place.ZONE, why, remove, lines);
  }

  private static String line(View view, long ttl, String rdata) {
    return ServerAnswers.line(view.plan.domain(), ttl, Type.MX, rdata);
  }

  private List<MxTarget> records(Shape shape) {
    return switch (shape) {
      case FROM_ONLY -> from;
      case TO_BEHIND -> one(from, to);
      case TO_AHEAD -> one(to, from);
      case TO_ONLY -> to;
      default -> throw new AssertionError(shape);
    };
  }

  /** Returns all of the first as they are, and the others behind them in their order. */
  private static List<MxTarget> one(List<MxTarget> first, List<MxTarget> behind) {
    int last = first.stream().mapToInt(MxTarget::preference).max().orElse(0);
    int base = behind.stream().mapToInt(MxTarget::preference).min().orElse(0);
    List<MxTarget> records = new ArrayList<>(first);
    if (last + STEP + span(behind) > MOST) {
      return ranked(first, behind);
    }
    for (MxTarget target : behind) {
      records.add(new MxTarget(last + STEP + target.preference() - base, target.host()));
    }
    return records;
  }

  private static int span(List<MxTarget> targets) {
    IntSummaryStatistics all = targets.stream().mapToInt(MxTarget::preference).summaryStatistics();
    return targets.isEmpty() ? 0 : all.getMax() - all.getMin();
  }

  /** Returns the same order with the smallest numbers: there is no room behind the first. */
  private static List<MxTarget> ranked(List<MxTarget> first, List<MxTarget> behind) {
    List<MxTarget> records = new ArrayList<>();
    int rank = 0;
    for (List<MxTarget> group : List.of(first, behind)) {
      List<Integer> preferences =
          group.stream().map(MxTarget::preference).distinct().sorted().toList();
      for (MxTarget target : group) {
        records.add(new MxTarget(rank + preferences.indexOf(target.preference()), target.host()));
      }
      rank += preferences.size();
    }
    return records;
  }
}
