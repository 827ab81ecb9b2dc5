// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Type;

/** What is wrong with a zone: damage to RRsets and lies about existence, in the order of asking. */
final class ZoneDamage {

  private record Rule(BiPredicate<Name, Integer> target, Damage damage) {}

  private record Lie(BiPredicate<Name, Integer> question, ForgedDenial denial) {}

  private final List<Rule> rules = new ArrayList<>();
  private final List<Lie> lies = new ArrayList<>();

  ZoneDamage copy() {
    ZoneDamage copy = new ZoneDamage();
    copy.rules.addAll(rules);
    copy.lies.addAll(lies);
    return copy;
  }

  void clear() {
    rules.clear();
    lies.clear();
  }

  void add(Name owner, int type, Damage damage) {
    rules.add(new Rule((name, actual) -> name.equals(owner) && isOf(type, actual), damage));
  }

  void addEverywhere(int type, Damage damage) {
    rules.add(new Rule((name, actual) -> isOf(type, actual), damage));
  }

  void deny(Name owner, int type, ForgedDenial denial) {
    lies.add(new Lie((name, asked) -> name.equals(owner) && isOf(type, asked), denial));
  }

  private static boolean isOf(int wanted, int actual) {
    return wanted == actual || wanted == Type.ANY;
  }

  Optional<RRset> applyTo(RRset honest, SignedZone zone) {
    Optional<RRset> rrset = Optional.of(honest);
    for (Rule rule : rules) {
      if (rule.target().test(honest.getName(), honest.getType())) {
        rrset = rrset.flatMap(current -> rule.damage().applyTo(new RRset(current), zone));
      }
    }
    return rrset;
  }

  Optional<ForgedDenial> denialOf(Name name, int type) {
    return lies.stream()
        .filter(lie -> lie.question().test(name, type))
        .map(Lie::denial)
        .findFirst();
  }
}
