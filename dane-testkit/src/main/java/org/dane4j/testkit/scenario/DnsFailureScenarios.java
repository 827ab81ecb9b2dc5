// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import static org.dane4j.testkit.scenario.Draft.scenario;
import static org.dane4j.testkit.scenario.Outcome.DEFER;

import java.util.List;
import java.util.function.Predicate;
import org.dane4j.testkit.dns.Asked;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Questions about signed zones that get no answer: as bad as bogus data (RFC 7672 §2.1.2). */
final class DnsFailureScenarios {

  private static final String FAILURE = "RFC 7672 §2.1.2";

  private DnsFailureScenarios() {}

  private static Scenario failing(String id, String description, int type, int rcode) {
    return scenario(id, FAILURE, description)
        .matchingHost()
        .with((internet, zone) -> internet.onPath(path -> path.failing(asked(type, zone), rcode)))
        .ends(DEFER);
  }

  private static Scenario silent(String id, String description, int type) {
    return scenario(id, FAILURE, description)
        .matchingHost()
        .with((internet, zone) -> internet.onPath(path -> path.dropping(asked(type, zone))))
        .ends(DEFER);
  }

  private static Predicate<Record> asked(int type, String zone) {
    return Asked.type(type).and(Asked.below(zone));
  }

  static List<Scenario> all() {
    return List.of(
        failing("tlsa-servfail", "SERVFAIL for TLSA", Type.TLSA, Rcode.SERVFAIL),
        failing("tlsa-refused", "REFUSED for TLSA", Type.TLSA, Rcode.REFUSED),
        failing("tlsa-notimp", "NOTIMP for TLSA", Type.TLSA, Rcode.NOTIMP),
        silent("tlsa-silence", "no response for TLSA", Type.TLSA),
        failing("mx-servfail", "SERVFAIL for MX", Type.MX, Rcode.SERVFAIL),
        silent("mx-silence", "no response for MX", Type.MX),
        failing("address-servfail", "SERVFAIL for the address of the host", Type.A, Rcode.SERVFAIL),
        silent("dnskey-silence", "no response for the keys of the zone", Type.DNSKEY),
        scenario("zone-silence", FAILURE, "no response for anything in the zone")
            .matchingHost()
            .with((internet, zone) -> internet.onPath(path -> path.dropping(Asked.below(zone))))
            .ends(DEFER));
  }
}
