// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.dane4j.smtp.lookup.Endpoint;
import org.dane4j.smtp.lookup.MxHost;
import org.dane4j.smtp.lookup.TlsMode;
import org.dane4j.smtp.policy.TlsRequirement.Opportunistic;

/** The order of hosts: by preference, by service, by weight (RFC 2782, RFC 6186 §3.4). */
class HostOrderProperties {

  private static final int DRAWS = 4000;

  private static MxHost host(String name, TlsMode mode, int preference, int weight) {
    Endpoint endpoint = new Endpoint(name, 587, mode);
    return new MxHost(
        endpoint, preference, weight, List.of(), new Opportunistic("none"), List.of());
  }

  private static MxHost weighing(int weight) {
    return host("w" + weight, TlsMode.STARTTLS, 10, weight);
  }

  @Provide
  Arbitrary<List<MxHost>> hosts() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 9),
            Arbitraries.of(TlsMode.class),
            Arbitraries.integers().between(0, 2),
            Arbitraries.of(0, 1, 3, 65535))
        .as((i, mode, preference, weight) -> host("h" + i, mode, preference, weight))
        .list()
        .ofMaxSize(10);
  }

  @Property(tries = 300)
  void orderIsByPreferenceThenService_andLosesNobody(
      @ForAll("hosts") List<MxHost> hosts, @ForAll long seed) {
    List<MxHost> ordered = HostOrder.of(hosts, new Random(seed));
    assertThat(ordered).containsExactlyInAnyOrderElementsOf(hosts);
    for (int i = 1; i < ordered.size(); i++) {
      MxHost before = ordered.get(i - 1);
      MxHost after = ordered.get(i);
      assertThat(before.preference()).isLessThanOrEqualTo(after.preference());
      if (before.preference() == after.preference()) {
        assertThat(before.endpoint().tlsMode()).isGreaterThanOrEqualTo(after.endpoint().tlsMode());
      }
    }
  }

  @Property(tries = 20)
  void firstPlaces_areInProportionToTheWeights(@ForAll long seed) {
    List<MxHost> hosts = List.of(weighing(1), weighing(3), weighing(6));
    RandomGenerator random = new Random(seed);
    assertThat(firsts(hosts, "w1", random)).isBetween(DRAWS * 7 / 100, DRAWS * 13 / 100);
    assertThat(firsts(hosts, "w3", random)).isBetween(DRAWS * 25 / 100, DRAWS * 35 / 100);
    assertThat(firsts(hosts, "w6", random)).isBetween(DRAWS * 55 / 100, DRAWS * 65 / 100);
  }

  @Property(tries = 20)
  void restOfTheOrder_isInProportionToTheWeightsThatAreLeft(@ForAll long seed) {
    List<MxHost> hosts = List.of(weighing(1), weighing(3), weighing(6));
    RandomGenerator random = new Random(seed);
    List<MxHost> seconds = new ArrayList<>();
    while (seconds.size() < DRAWS) {
      List<MxHost> ordered = HostOrder.of(hosts, random);
      if (ordered.get(0).weight() == 6) {
        seconds.add(ordered.get(1));
      }
    }
    assertThat(seconds.stream().filter(it -> it.weight() == 3).count())
        .isBetween(DRAWS * 70L / 100, DRAWS * 80L / 100);
  }

  @Property(tries = 20)
  void withoutWeight_isRarelyFirst_andEverybodyIsIfNobodyHasAny(@ForAll long seed) {
    RandomGenerator random = new Random(seed);
    assertThat(firsts(List.of(weighing(0), weighing(1)), "w0", random)).isLessThan(DRAWS * 3 / 100);
    List<MxHost> equals =
        List.of(
            host("a", TlsMode.STARTTLS, 10, 0),
            host("b", TlsMode.STARTTLS, 10, 0),
            host("c", TlsMode.STARTTLS, 10, 0));
    for (String name : List.of("a", "b", "c")) {
      assertThat(firsts(equals, name, random)).isBetween(DRAWS * 28 / 100, DRAWS * 39 / 100);
    }
  }

  private static int firsts(List<MxHost> hosts, String name, RandomGenerator random) {
    int count = 0;
    for (int i = 0; i < DRAWS; i++) {
      count += HostOrder.of(hosts, random).get(0).name().equals(name) ? 1 : 0;
    }
    return count;
  }

  @Example
  void randomness_isThatOfTheCaller() {
    List<MxHost> hosts = List.of(weighing(1), weighing(3), weighing(6), weighing(7));
    assertThat(HostOrder.of(hosts, new Random(1))).isEqualTo(HostOrder.of(hosts, new Random(1)));
  }
}
