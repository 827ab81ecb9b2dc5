// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import static org.dane4j.testkit.scenario.Draft.scenario;
import static org.dane4j.testkit.scenario.Outcome.DANE_VERIFIED;
import static org.dane4j.testkit.scenario.Outcome.OPPORTUNISTIC;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.dane4j.testkit.dns.DsForm;
import org.dane4j.testkit.dns.SigningAlgorithm;
import org.dane4j.testkit.dns.ZoneBuilder;

/** Zones signed in every way that a validator has to know. */
final class AlgorithmScenarios {

  private static final String CHAIN = "RFC 4035 §5";

  private AlgorithmScenarios() {}

  private static Draft signed(
      String id, String section, String description, Consumer<ZoneBuilder> settings) {
    return scenario(id, section, description)
        .matchingHost()
        .with((internet, zone) -> internet.zone(zone, settings));
  }

  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    for (SigningAlgorithm algorithm : SigningAlgorithm.recommended()) {
      all.add(
          signed(
                  "algorithm-" + algorithm.name().toLowerCase(Locale.ROOT),
                  "RFC 8624 §3.1",
                  "a zone signed with " + algorithm,
                  zone -> zone.algorithm(algorithm).nsec3())
              .ends(DANE_VERIFIED));
    }
    all.addAll(layouts());
    return all;
  }

  private static List<Scenario> layouts() {
    return List.of(
        signed(
                "keys-split",
                CHAIN,
                "one key for the keys, one for the data",
                ZoneBuilder::splitKeys)
            .ends(DANE_VERIFIED),
        signed(
                "keys-two-algorithms",
                "RFC 6840 §5.11",
                "signed with RSASHA256 and Ed25519",
                zone ->
                    zone.algorithm(SigningAlgorithm.RSASHA256, SigningAlgorithm.ED25519)
                        .splitKeys())
            .ends(DANE_VERIFIED),
        signed(
                "ds-stale",
                "RFC 6840 §5.11",
                "a second DS of a key that is gone",
                zone -> zone.ds(DsForm.STALE, DsForm.SHA256))
            .ends(DANE_VERIFIED),
        signed("ds-sha384", "RFC 6605 §2", "DS by SHA-384 alone", zone -> zone.ds(DsForm.SHA384))
            .ends(DANE_VERIFIED),
        // Validators may take SHA-1 for unsupported, and so the zone for insecure.
        signed("ds-sha1", "RFC 8624 §3.3", "DS by SHA-1 alone", zone -> zone.ds(DsForm.SHA1))
            .ends(DANE_VERIFIED, OPPORTUNISTIC),
        signed(
                "ds-unknown-beside",
                "RFC 4035 §5.2",
                "a DS of an unknown digest beside a good one",
                zone -> zone.ds(DsForm.UNKNOWN_DIGEST, DsForm.SHA256))
            .ends(DANE_VERIFIED));
  }
}
