// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import static org.dane4j.testkit.scenario.Draft.scenario;
import static org.dane4j.testkit.scenario.Outcome.DANE_MISMATCH;
import static org.dane4j.testkit.scenario.Outcome.DANE_VERIFIED;

import java.util.List;

/** Several digests for one usage and selector: the strongest decides (RFC 7671 §9). */
final class DigestAgilityScenarios {

  private static final String AGILITY = "RFC 7671 §9";

  private DigestAgilityScenarios() {}

  static List<Scenario> all() {
    return List.of(
        // RFC 7671 leaves it at SHOULD; RFC 7672 §5 makes it a must.
        scenario("agility-strong-wrong", "RFC 7672 §5", "SHA-256 matches and SHA-512 does not")
            .oneHost(host -> host.tlsa(3, 1, 1).tlsaOfAnotherKey(3, 1, 2))
            .ends(DANE_MISMATCH, DANE_VERIFIED),
        scenario("agility-weak-wrong", AGILITY, "SHA-512 matches and SHA-256 does not")
            .oneHost(host -> host.tlsa(3, 1, 2).tlsaOfAnotherKey(3, 1, 1))
            .ends(DANE_VERIFIED),
        scenario("agility-full", AGILITY, "the whole key counts beside a SHA-512 that is wrong")
            .oneHost(host -> host.tlsa(3, 1, 0).tlsaOfAnotherKey(3, 1, 2))
            .ends(DANE_VERIFIED),
        scenario("agility-per-selector", AGILITY, "3 1 1 matches beside a 3 0 2 that is wrong")
            .oneHost(host -> host.tlsa(3, 1, 1).tlsaOfAnotherKey(3, 0, 2))
            .ends(DANE_VERIFIED),
        scenario("agility-per-usage", AGILITY, "3 1 1 matches beside a 2 1 2 that is wrong")
            .oneHost(host -> host.tlsa(3, 1, 1).tlsaOfAnotherKey(2, 1, 2))
            .ends(DANE_VERIFIED),
        scenario("agility-malformed-strong", AGILITY, "a SHA-512 of 32 octets is no SHA-512")
            .oneHost(host -> host.tlsa(3, 1, 1).tlsa("3 1 2 " + "ab".repeat(32)))
            .ends(DANE_VERIFIED),
        scenario("agility-unknown-type", AGILITY, "matching type 9 is unknown and not stronger")
            .oneHost(host -> host.tlsa(3, 1, 1).tlsa("3 1 9 " + "ab".repeat(96)))
            .ends(DANE_VERIFIED));
  }
}
