// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import java.util.List;
import java.util.stream.Stream;

/** The catalogue of scenarios. */
public final class Scenarios {

  private static final List<Scenario> ALL =
      Stream.of(
              DaneEeScenarios.all(),
              DigestAgilityScenarios.all(),
              DaneTaScenarios.all(),
              UnusableScenarios.all(),
              AliasScenarios.all(),
              DiscoveryScenarios.all(),
              DenialScenarios.all(),
              InsecureScenarios.all(),
              BogusScenarios.all(),
              DnsFailureScenarios.all(),
              SeveralHostsScenarios.all(),
              StartTlsScenarios.all(),
              AlgorithmScenarios.all())
          .flatMap(List::stream)
          .toList();

  private Scenarios() {}

  /**
   * Returns all scenarios. Their domains differ, so that they can all be in one internet.
   *
   * @return the scenarios, by subject
   */
  public static List<Scenario> all() {
    return ALL;
  }

  /**
   * Returns a scenario by its id.
   *
   * @param id the id
   * @return the scenario
   * @throws IllegalArgumentException if there is no such scenario
   */
  public static Scenario byId(String id) {
    return ALL.stream()
        .filter(scenario -> scenario.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no scenario " + id));
  }
}
