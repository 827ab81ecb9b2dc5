// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;
import org.dane4j.dnssec.hostile.Act.Target;
import org.dane4j.dnssec.hostile.ZoneShape.Feature;
import org.dane4j.dnssec.hostile.ZoneShape.Form;
import org.dane4j.dnssec.hostile.ZoneShape.Trust;
import org.dane4j.testkit.dns.SigningAlgorithm;

/** Random trees and random attacks. */
final class Attacks extends DomainContextBase {

  /** Some zones below the root; a tree is at most as deep as it has zones. */
  private static final int MOST_ZONES = 5;

  private static final List<Deed> REPLAYS = List.of(ReplayDeed.values());
  private static final List<Deed> FORGERIES = List.of(ForgeryDeed.values());
  private static final List<Deed> DENIALS =
      List.of(
          ReplayDeed.DENIAL,
          ReplayDeed.TWO_DENIALS,
          ReplayDeed.DENIALS_OF_ZONE,
          ReplayDeed.DENIALS_OF_ENCLOSING_ZONE,
          ReplayDeed.DENIALS_OF_ENCLOSING_ZONE,
          ReplayDeed.EXPANDED_DENIAL,
          ReplayDeed.WILDCARD,
          ReplayDeed.WILDCARD_AND_DENIALS,
          ReplayDeed.RESPONSE_FOR_A_NEIGHBOR,
          RecordDeed.REMOVE_ANSWER);
  static final List<Deed> ALL = all();

  private static List<Deed> all() {
    List<Deed> all = new ArrayList<>(List.of(PacketDeed.values()));
    all.addAll(List.of(RecordDeed.values()));
    all.addAll(REPLAYS);
    all.addAll(FORGERIES);
    return all;
  }

  @Provide
  Arbitrary<TreeShape> trees() {
    Arbitrary<List<ZoneShape>> others = zones(5).list().ofMaxSize(MOST_ZONES);
    return Combinators.combine(zones(12), others)
        .as(
            (root, below) -> {
              List<ZoneShape> all = new ArrayList<>(List.of(root));
              all.addAll(below);
              return new TreeShape(all);
            });
  }

  /** Zones of which one in some has an anchor of its own, or not the root's. */
  private static Arbitrary<ZoneShape> zones(int oneIn) {
    Arbitrary<Trust> trust =
        Arbitraries.frequency(
            Tuple.of(16, Trust.SIGNED),
            Tuple.of(2, Trust.UNSIGNED),
            Tuple.of(1, Trust.WITHOUT_DS),
            Tuple.of(1, Trust.UNKNOWN_ALGORITHM),
            Tuple.of(1, Trust.UNKNOWN_DIGEST));
    Arbitrary<Boolean> anchor =
        Arbitraries.frequency(Tuple.of(oneIn - 1, false), Tuple.of(1, true));
    Arbitrary<Form> form =
        Arbitraries.frequency(
            Tuple.of(6, Form.NSEC),
            Tuple.of(6, Form.NSEC3),
            Tuple.of(4, Form.OPT_OUT),
            Tuple.of(1, Form.MANY_ITERATIONS));
    Arbitrary<SigningAlgorithm> algorithm =
        Arbitraries.of(SigningAlgorithm.ED25519, SigningAlgorithm.ECDSAP256SHA256);
    return Combinators.combine(
            Combinators.combine(number(), Arbitraries.chars().with('a', 'm', 'z'), flag())
                .as(Tuple::of),
            Combinators.combine(trust, anchor).as(Tuple::of),
            form,
            algorithm,
            flag(),
            Arbitraries.of(Feature.class).set().ofMaxSize(5),
            number())
        .as(
            (place, tie, denial, signing, split, features, other) ->
                new ZoneShape(
                    place.get1(),
                    place.get2(),
                    place.get3(),
                    tie.get1(),
                    tie.get2(),
                    denial,
                    signing,
                    split,
                    features,
                    other));
  }

  @Provide
  Arbitrary<Attack> attacks() {
    Arbitrary<List<Act>> some = acts(Arbitraries.of(Target.class), ALL).list().ofSize(1);
    Arbitrary<List<Act>> several =
        acts(Arbitraries.of(Target.class), ALL).list().ofMinSize(2).ofMaxSize(3);
    return Combinators.combine(
            number(),
            number(),
            Arbitraries.frequencyOf(
                Tuple.of(3, some),
                Tuple.of(2, several),
                Tuple.of(3, downgrades()),
                Tuple.of(6, denials())))
        .as(Attack::new);
  }

  // What it takes to make a signed name unsigned: forged data, and a lie about a delegation.
  private static Arbitrary<List<Act>> downgrades() {
    Arbitrary<Act> data = acts(Arbitraries.of(Target.ANSWER), FORGERIES);
    Arbitrary<Act> delegation = acts(Arbitraries.of(Target.DS, Target.CHAIN), REPLAYS);
    return Combinators.combine(data, delegation).as(List::of);
  }

  // Wrong proofs that something does not exist, which need no second deed.
  private static Arbitrary<List<Act>> denials() {
    return acts(Arbitraries.of(Target.ANSWER, Target.ALL), DENIALS).list().ofSize(1);
  }

  private static Arbitrary<Act> acts(Arbitrary<Target> targets, List<Deed> deeds) {
    return Combinators.combine(targets, Arbitraries.of(deeds), number(), number()).as(Act::new);
  }

  private static Arbitrary<Integer> number() {
    return Arbitraries.integers().between(0, 9_999).withoutEdgeCases();
  }

  private static Arbitrary<Boolean> flag() {
    return Arbitraries.of(false, true);
  }
}
