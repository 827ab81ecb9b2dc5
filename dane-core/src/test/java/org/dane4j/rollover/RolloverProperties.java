// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.dane4j.fixture.CertificateMint;
import org.dane4j.rollover.RolloverGoal.Caution;
import org.dane4j.rollover.World.Habits;
import org.dane4j.rollover.World.Keys;
import org.dane4j.rollover.World.Pace;
import org.dane4j.rollover.World.Plan;

class RolloverProperties {

  private static final int DAY = 86_400;

  private static final List<TlsaForm> FORMS =
      List.of("3 1 1", "3 1 2", "3 0 1", "3 1 0", "2 1 1", "2 0 1", "2 1 2").stream()
          .map(TlsaForm::parse)
          .toList();

  @Property(tries = 1000)
  void atEveryMoment_allRecordsThatSendersMayHave_matchAllKeysThatTheServerMayPresent(
      @ForAll("plans") Plan plan) {
    World world = new World(plan, CertificateMint.NOW);
    RolloverStep end = world.run();
    assertThat(world.violations()).as("%s, %s", plan, end).isEmpty();
    // A key without a CA cannot have records of one; otherwise there is always a way.
    boolean possible =
        Stream.concat(Stream.of(plan.goal().next()), plan.goal().kept().stream())
                .allMatch(key -> key.chain().size() > 1)
            || plan.goal().scheme().forms().stream().noneMatch(TlsaForm::isTrustAnchor);
    assertThat(end)
        .as("%s", plan)
        .isInstanceOf(possible ? RolloverStep.Done.class : RolloverStep.Blocked.class);
    Statistics.label("end").collect(possible ? "done" : "blocked");
  }

  @Provide
  Arbitrary<Plan> plans() {
    Arbitrary<List<TlsaForm>> forms =
        Arbitraries.of(FORMS).set().ofMinSize(1).ofMaxSize(3).map(ArrayList::new);
    Arbitrary<RolloverScheme> schemes =
        Arbitraries.oneOf(
            Arbitraries.of(RolloverScheme.CURRENT_AND_NEXT, RolloverScheme.CURRENT_AND_ISSUER),
            forms.filter(RolloverProperties::isOfOneUsage).map(RolloverScheme::new));
    return Combinators.combine(
            paces(), keys(), forms, schemes, goals(), Arbitraries.of(Caution.class))
        .as(
            (pace, keys, before, scheme, goal, caution) ->
                new Plan(
                    pace,
                    keys,
                    keys.present().chain().size() > 1
                            && goal.kept().stream().allMatch(key -> key.chain().size() > 1)
                        ? before
                        : onlyOfServers(before),
                    new RolloverGoal(
                        goal.next(), scheme, without(goal.kept(), keys.present()), caution)));
  }

  /** The next key, and perhaps one of another kind that stays. */
  private static Arbitrary<RolloverGoal> goals() {
    return Combinators.combine(
            Arbitraries.of(Chains.ALL), Arbitraries.of(Chains.ALL).list().ofMaxSize(1))
        .as(
            (next, kept) ->
                RolloverGoal.of(next, RolloverScheme.CURRENT_AND_NEXT)
                    .keeping(without(kept, next).toArray(ServerKey[]::new)));
  }

  private static List<ServerKey> without(List<ServerKey> keys, ServerKey key) {
    return keys.stream().filter(it -> !it.equals(key)).toList();
  }

  private static Arbitrary<Pace> paces() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 2 * DAY),
            Arbitraries.integers().between(0, DAY),
            Arbitraries.integers().between(3 * DAY, 14 * DAY),
            Arbitraries.integers().between(0, 2 * DAY),
            Arbitraries.integers().between(0, DAY),
            Combinators.combine(
                    Arbitraries.integers().between(0, DAY),
                    Arbitraries.integers().between(0, DAY),
                    Arbitraries.integers().between(0, 3 * DAY))
                .as(Habits::new))
        .as(Pace::new);
  }

  private static Arbitrary<Keys> keys() {
    return Combinators.combine(
            Arbitraries.of(Chains.ALL),
            Arbitraries.of(Chains.ALL),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(0, 20 * DAY))
        .as(Keys::new);
  }

  /** Of several usages, only the scheme with the issuer is planned without each combination. */
  private static boolean isOfOneUsage(List<TlsaForm> forms) {
    return forms.stream().map(TlsaForm::usage).distinct().count() == 1;
  }

  private static List<TlsaForm> onlyOfServers(List<TlsaForm> forms) {
    List<TlsaForm> left = forms.stream().filter(form -> !form.isTrustAnchor()).toList();
    return left.isEmpty() ? List.of(TlsaForm.DANE_EE) : left;
  }
}
