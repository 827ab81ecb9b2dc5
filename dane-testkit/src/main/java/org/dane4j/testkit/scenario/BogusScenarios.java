// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import static org.dane4j.testkit.scenario.Draft.scenario;
import static org.dane4j.testkit.scenario.Outcome.DANE_VERIFIED;
import static org.dane4j.testkit.scenario.Outcome.DEFER;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dane4j.testkit.dns.Asked;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.DsForm;
import org.dane4j.testkit.dns.ForgedDenial;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.xbill.DNS.Type;

/** Data that an attacker or an accident has spoiled: no mail goes out. */
final class BogusScenarios {

  private static final String BOGUS = "RFC 7672 §2.1.2";
  private static final String TLSA_OWNER = "_25._tcp.mx";

  private BogusScenarios() {}

  private static Draft bogus(String id, String description, Consumer<ZoneBuilder> settings) {
    return scenario(id, BOGUS, description)
        .matchingHost()
        .with((internet, zone) -> internet.zone(zone, settings));
  }

  private static Draft bogusTlsa(String id, String description, Damage damage) {
    return bogus(id, description, zone -> zone.damage(TLSA_OWNER, Type.TLSA, damage));
  }

  private static Draft deniedTlsa(String id, String description, ForgedDenial denial) {
    return bogus(id, description, zone -> zone.deny(TLSA_OWNER, Type.TLSA, denial));
  }

  static List<Scenario> all() {
    return Stream.of(tlsa(), denials(), elsewhere()).flatMap(List::stream).toList();
  }

  private static List<Scenario> tlsa() {
    String forged = "3 1 1 " + "ab".repeat(32);
    return List.of(
        bogusTlsa("bogus-tlsa-corrupt", "TLSA with a wrong signature", Damage.corruptSignature())
            .ends(DEFER),
        bogusTlsa("bogus-tlsa-expired", "TLSA with an expired signature", Damage.expired())
            .ends(DEFER),
        bogusTlsa("bogus-tlsa-future", "TLSA with a signature of tomorrow", Damage.notYetValid())
            .ends(DEFER),
        bogusTlsa("bogus-tlsa-stripped", "TLSA without signature", Damage.strippedSignature())
            .ends(DEFER),
        bogusTlsa("bogus-tlsa-dropped", "TLSA removed, NSEC says it is there", Damage.dropped())
            .ends(DEFER),
        bogusTlsa("bogus-tlsa-forged", "TLSA replaced, old signature", Damage.forged(forged))
            .ends(DEFER),
        bogusTlsa(
                "bogus-tlsa-foreign",
                "TLSA replaced and signed by another zone",
                Damage.forged(forged).then(Damage.signedByZone("attacker.test.")))
            .with((internet, zone) -> internet.zone("attacker.test"))
            .ends(DEFER));
  }

  private static List<Scenario> denials() {
    return List.of(
        deniedTlsa(
                "bogus-denial-unrelated",
                "TLSA denied by an NSEC that is about other names",
                ForgedDenial.UNRELATED_NXDOMAIN)
            .ends(DEFER),
        deniedTlsa("bogus-denial-nodata", "the same as NODATA", ForgedDenial.UNRELATED_NODATA)
            .ends(DEFER),
        deniedTlsa(
                "bogus-denial-made-up",
                "TLSA denied by an NSEC that was made up",
                ForgedDenial.MADE_UP_NXDOMAIN)
            .ends(DEFER),
        deniedTlsa("bogus-denial-bare", "TLSA denied without proof", ForgedDenial.BARE_NXDOMAIN)
            .ends(DEFER),
        deniedTlsa("bogus-denial-empty", "TLSA answered with nothing at all", ForgedDenial.EMPTY)
            .ends(DEFER),
        deniedTlsa(
                "bogus-denial-nsec3",
                "TLSA denied by an NSEC3 about other names",
                ForgedDenial.UNRELATED_NXDOMAIN)
            .with((internet, zone) -> internet.zone(zone, ZoneBuilder::nsec3))
            .ends(DEFER),
        scenario("bogus-absence", BOGUS, "no TLSA, and the proof has a wrong signature")
            .oneHost(host -> {})
            .with(
                (internet, zone) ->
                    internet.zone(zone, it -> it.damageDenial(Damage.corruptSignature())))
            .ends(DEFER));
  }

  private static List<Scenario> elsewhere() {
    return List.of(
        bogus("bogus-mx-corrupt", "MX with a wrong signature", corrupt("@", Type.MX)).ends(DEFER),
        bogus(
                "bogus-mx-forged",
                "MX replaced by the attacker's host",
                zone -> zone.damage("@", Type.MX, Damage.forged("10 mx.attacker.test.")))
            .ends(DEFER),
        bogus(
                "bogus-mx-denied",
                "MX denied, so that the domain itself would be the host",
                zone -> zone.deny("@", Type.MX, ForgedDenial.UNRELATED_NODATA))
            .ends(DEFER),
        bogus("bogus-address", "address with a wrong signature", corrupt("mx", Type.A)).ends(DEFER),
        // One family is enough if its answer is secure.
        bogus(
                "bogus-other-family",
                "address secure, the denial of AAAA is bogus",
                zone -> zone.deny("mx", Type.AAAA, ForgedDenial.UNRELATED_NODATA))
            .ends(DANE_VERIFIED, DEFER),
        bogus("bogus-ds", "a DS that fits no key", zone -> zone.ds(DsForm.WRONG_DIGEST))
            .ends(DEFER),
        bogus("bogus-zone-expired", "all signatures have expired", ZoneBuilder::expired)
            .ends(DEFER),
        bogus("bogus-zone-future", "all signatures are of tomorrow", ZoneBuilder::notYetValid)
            .ends(DEFER),
        bogus(
                "bogus-no-keys",
                "the keys of the zone are gone",
                zone -> zone.damage("@", Type.DNSKEY, Damage.dropped()))
            .ends(DEFER),
        scenario("bogus-ds-removed", BOGUS, "the DS removed: a downgrade to unsigned")
            .matchingHost()
            .with(
                (internet, zone) ->
                    internet.zone(
                        "example", it -> it.damage("bogus-ds-removed", Type.DS, Damage.dropped())))
            .ends(DEFER),
        scenario("bogus-stripped", "RFC 4035 §4.3", "somebody strips all signatures")
            .matchingHost()
            .with(
                (internet, zone) ->
                    internet.onPath(
                        path -> path.answering(Asked.below(zone), path.withoutDnssec())))
            .ends(DEFER));
  }

  private static Consumer<ZoneBuilder> corrupt(String owner, int type) {
    return zone -> zone.damage(owner, type, Damage.corruptSignature());
  }
}
