// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.statistics.Statistics;

/**
 * The properties of {@link HostileAnswersProperties} in more than 100,000 cases, other ones each
 * time.
 */
@Tag("hostile")
@Domain(Attacks.class)
@Domain(DomainContext.Global.class)
class HostileCampaignProperties {

  @Property(tries = 5_100, edgeCases = EdgeCasesMode.NONE)
  void attackedAnswers_areTrueOrBogusOrIndeterminate(
      @ForAll TreeShape shape, @ForAll @Size(20) List<Attack> attacks) {
    Campaign.hold(shape, attacks).forEach(Statistics.label("verdicts")::collect);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void honestAnswers_areJudgedTruly(@ForAll TreeShape shape) {
    Campaign.holdHonest(shape);
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void recordsThatProveNothing_makeNoVerdictBetter(
      @ForAll TreeShape shape,
      @ForAll @Size(10) List<Attack> attacks,
      @ForAll @IntRange(max = 9_999) int noise) {
    Campaign.holdAgainstNoise(shape, attacks, noise);
  }

  @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
  void resolver_saysTheSameInAnyOrderOfArrivals(
      @ForAll TreeShape shape, @ForAll @Size(10) List<Attack> attacks, @ForAll long seed) {
    Campaign.holdInAnyOrder(shape, attacks, seed);
  }
}
