// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.statistics.Statistics;

/**
 * Whatever an attacker on the path does, the verdict is the true one, or bogus, or indeterminate.
 * The long form is {@link HostileCampaignProperties}.
 */
@Domain(Attacks.class)
@Domain(DomainContext.Global.class)
class HostileAnswersProperties {

  @Property(tries = 75, edgeCases = EdgeCasesMode.NONE, seed = "20260501")
  void attackedAnswers_areTrueOrBogusOrIndeterminate(
      @ForAll TreeShape shape, @ForAll @Size(20) List<Attack> attacks) {
    Campaign.hold(shape, attacks).forEach(Statistics.label("verdicts")::collect);
  }

  @Property(tries = 5, edgeCases = EdgeCasesMode.NONE, seed = "20260502")
  void honestAnswers_areJudgedTruly(@ForAll TreeShape shape) {
    Campaign.holdHonest(shape);
  }

  @Property(tries = 15, edgeCases = EdgeCasesMode.NONE, seed = "20260503")
  void recordsThatProveNothing_makeNoVerdictBetter(
      @ForAll TreeShape shape,
      @ForAll @Size(10) List<Attack> attacks,
      @ForAll @IntRange(max = 9_999) int noise) {
    Campaign.holdAgainstNoise(shape, attacks, noise);
  }

  @Property(tries = 15, edgeCases = EdgeCasesMode.NONE, seed = "20260504")
  void resolver_saysTheSameInAnyOrderOfArrivals(
      @ForAll TreeShape shape, @ForAll @Size(10) List<Attack> attacks, @ForAll long seed) {
    Campaign.holdInAnyOrder(shape, attacks, seed);
  }
}
