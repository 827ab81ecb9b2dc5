// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import static org.dane4j.testkit.scenario.Draft.scenario;
import static org.dane4j.testkit.scenario.Outcome.DANE_VERIFIED;
import static org.dane4j.testkit.scenario.Outcome.DEFER;
import static org.dane4j.testkit.scenario.Outcome.OPPORTUNISTIC;

import java.util.List;
import java.util.function.Consumer;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.dane4j.testkit.pki.CertificateSpec;
import org.dane4j.testkit.smtp.Hostility;

/** No TLSA records, and every way to prove it. */
final class DenialScenarios {

  private static final String NO_ERROR = "RFC 7672 §2.1.1";
  private static final String NO_TLSA = "RFC 7672 §2.2";

  private DenialScenarios() {}

  private static Draft without(String id, String description, Consumer<ZoneBuilder> settings) {
    return scenario(id, NO_ERROR, description)
        .oneHost(host -> {})
        .with((internet, zone) -> internet.zone(zone, settings));
  }

  static List<Scenario> all() {
    return List.of(
        without("absent-nsec", "no TLSA, NXDOMAIN by NSEC", zone -> {}).ends(OPPORTUNISTIC),
        without("absent-nsec3", "no TLSA, NXDOMAIN by NSEC3", ZoneBuilder::nsec3)
            .ends(OPPORTUNISTIC),
        without("absent-nsec3-salt", "no TLSA, NSEC3 with salt", zone -> zone.nsec3(1, "c0ffee"))
            .ends(OPPORTUNISTIC),
        without("absent-opt-out", "no TLSA, covered by opt-out: insecure", ZoneBuilder::optOut)
            .ends(OPPORTUNISTIC),
        without(
                "absent-type",
                "no TLSA, but another type: NODATA",
                zone -> zone.record("_25._tcp.mx TXT none"))
            .ends(OPPORTUNISTIC),
        without(
                "absent-type-nsec3",
                "no TLSA, but another type: NODATA by NSEC3",
                zone -> zone.nsec3().record("_25._tcp.mx TXT none"))
            .ends(OPPORTUNISTIC),
        without(
                "absent-empty-non-terminal",
                "no TLSA, but a name below: NODATA",
                zone -> zone.record("below._25._tcp.mx TXT none"))
            .ends(OPPORTUNISTIC),
        without(
                "absent-wildcard",
                "no TLSA, a wildcard with another type: NODATA",
                zone -> zone.record("*._tcp.mx TXT none"))
            .ends(OPPORTUNISTIC),
        without(
                "absent-wildcard-nsec3",
                "no TLSA, a wildcard with another type, by NSEC3",
                zone -> zone.nsec3().record("*._tcp.mx TXT none"))
            .ends(OPPORTUNISTIC),
        // RFC 9276 §3.2 lets a validator take many iterations for insecure or for an error.
        scenario("absent-iterations", "RFC 9276 §3.2", "no TLSA, 500 iterations of NSEC3")
            .oneHost(host -> {})
            .with((internet, zone) -> internet.zone(zone, it -> it.nsec3(500, "")))
            .ends(OPPORTUNISTIC, DEFER),
        scenario("present-iterations", "RFC 9276 §3.2", "500 iterations, and nothing to deny")
            .matchingHost()
            .with((internet, zone) -> internet.zone(zone, it -> it.nsec3(500, "")))
            .ends(DANE_VERIFIED, OPPORTUNISTIC, DEFER),
        scenario("absent-plain-text", NO_TLSA, "no TLSA and no STARTTLS: plain text")
            .oneHost(host -> host.hostile(Hostility.NO_STARTTLS))
            .ends(OPPORTUNISTIC),
        scenario("absent-bad-certificate", NO_TLSA, "no TLSA and a worthless certificate")
            .oneHost(host -> host.certificate(CertificateSpec::expired).certificateFor("x.invalid"))
            .ends(OPPORTUNISTIC),
        scenario("absent-starttls-refused", NO_TLSA, "no TLSA, and STARTTLS answered with 454")
            .oneHost(host -> host.hostile(Hostility.STARTTLS_REFUSED_454))
            .ends(OPPORTUNISTIC),
        // The client may try again in plain text, and need not.
        scenario("absent-no-handshake", NO_TLSA, "no TLSA, and no cipher suite in common")
            .oneHost(host -> host.hostile(Hostility.NO_COMMON_CIPHER_SUITE))
            .ends(OPPORTUNISTIC, DEFER));
  }
}
