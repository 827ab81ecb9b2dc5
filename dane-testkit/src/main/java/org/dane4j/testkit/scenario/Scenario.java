// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import java.util.Set;
import java.util.function.Consumer;

/**
 * A situation that has a name and an expected outcome.
 *
 * @param id a short name, unique among {@link Scenarios#all}
 * @param description the situation in one line
 * @param domain the domain that mail is sent to
 * @param outcome what RFC 7672 asks for
 * @param alsoAllowed other outcomes that the RFCs leave open
 * @param section where the outcome comes from, such as {@code RFC 7672 §2.2.3}
 * @param composition adds the zones, hosts and attackers of the situation to an internet
 */
public record Scenario(
    String id,
    String description,
    String domain,
    Outcome outcome,
    Set<Outcome> alsoAllowed,
    String section,
    Consumer<TestInternetBuilder> composition) {

  /**
   * Makes a scenario, of one's own perhaps.
   *
   * @param id a short name
   * @param description the situation in one line
   * @param domain the domain that mail is sent to
   * @param outcome what RFC 7672 asks for
   * @param alsoAllowed other outcomes that the RFCs leave open; the set is copied
   * @param section where the outcome comes from
   * @param composition adds the parts of the situation to an internet
   */
  public Scenario {
    alsoAllowed = Set.copyOf(alsoAllowed);
  }

  /**
   * Tells whether an outcome is in order.
   *
   * @param actual what became of a message
   * @return true for the outcome that is asked for and for those that are left open
   */
  public boolean allows(Outcome actual) {
    return actual == outcome || alsoAllowed.contains(actual);
  }

  @Override
  public String toString() {
    return id + ": " + description;
  }
}
