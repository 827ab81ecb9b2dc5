// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import static org.dane4j.testkit.scenario.Draft.scenario;
import static org.dane4j.testkit.scenario.Outcome.DANE_VERIFIED;
import static org.dane4j.testkit.scenario.Outcome.NO_SUCH_DOMAIN;
import static org.dane4j.testkit.scenario.Outcome.NULL_MX;
import static org.dane4j.testkit.scenario.Outcome.OPPORTUNISTIC;

import java.util.List;
import java.util.stream.Stream;
import org.dane4j.testkit.dns.SigningAlgorithm;
import org.dane4j.testkit.dns.ZoneBuilder;

/** Where hosts and records are found: other zones, wildcards, no MX, no domain. */
final class DiscoveryScenarios {

  private static final String TLSA = "RFC 7672 §2.2.3";

  private DiscoveryScenarios() {}

  static List<Scenario> all() {
    return Stream.concat(present().stream(), absent().stream()).toList();
  }

  private static List<Scenario> present() {
    return List.of(
        scenario("implicit-mx", "RFC 7672 §2.2.2", "no MX record: the domain itself is the host")
            .with((internet, zone) -> internet.zone(zone).host(zone, host -> host.tlsa(3, 1, 1)))
            .ends(DANE_VERIFIED),
        scenario("other-tld", "RFC 7672 §2.2.1", "the MX host is in another top-level domain")
            .with(
                (internet, zone) ->
                    internet
                        .mailDomain(zone, "mx.other-tld.test")
                        .zone("other-tld.test")
                        .host("mx.other-tld.test", host -> host.tlsa(3, 1, 1)))
            .ends(DANE_VERIFIED),
        scenario("wildcard-tlsa", TLSA, "TLSA from a wildcard below the host")
            .oneHost(host -> host.tlsa(3, 1, 1).tlsaAt("*._tcp.mx.wildcard-tlsa.example"))
            .ends(DANE_VERIFIED),
        scenario("wildcard-tlsa-nsec3", TLSA, "TLSA from a wildcard, with NSEC3")
            .oneHost(host -> host.tlsa(3, 1, 1).tlsaAt("*._tcp.mx.wildcard-tlsa-nsec3.example"))
            .with((internet, zone) -> internet.zone(zone, ZoneBuilder::nsec3))
            .ends(DANE_VERIFIED),
        scenario("wildcard-mx", "RFC 7672 §2.2.1", "MX from a wildcard record")
            .to("any.wildcard-mx.example")
            .with(
                (internet, zone) ->
                    internet
                        .zone(zone, it -> it.record("* MX 10 mx"))
                        .host("mx." + zone, host -> host.tlsa(3, 1, 1)))
            .ends(DANE_VERIFIED),
        scenario("wildcard-alias-tlsa", TLSA, "a wildcard alias leads to the TLSA records")
            .oneHost(host -> host.tlsa(3, 1, 1).tlsaAt("shared.wildcard-alias-tlsa.example"))
            .with(
                (internet, zone) -> internet.zone(zone, it -> it.record("*._tcp.mx CNAME shared")))
            .ends(DANE_VERIFIED),
        scenario("deep-domain", "RFC 4035 §5", "four signed delegations below the domain")
            .to("c.b.a.deep-domain.example")
            .with(DiscoveryScenarios::deep)
            .ends(DANE_VERIFIED),
        scenario("tlsa-own-zone", TLSA, "the TLSA name is a signed zone of its own")
            .matchingHost()
            .with((internet, zone) -> internet.zone("_25._tcp.mx." + zone))
            .ends(DANE_VERIFIED),
        scenario("idn", "RFC 7672 §2.2", "an internationalized domain, as A-labels")
            .to("xn--mnchen-3ya.example")
            .with(
                (internet, zone) ->
                    internet
                        .mailDomain("xn--mnchen-3ya.example", "xn--mx-eka.xn--mnchen-3ya.example")
                        .host("xn--mx-eka.xn--mnchen-3ya.example", host -> host.tlsa(2, 1, 1)))
            .ends(DANE_VERIFIED),
        scenario("sni", "RFC 7672 §8.1", "the right certificate only for the right SNI")
            .oneHost(host -> host.tlsa(3, 1, 1).onlyForServerName("mx.sni.example"))
            .ends(DANE_VERIFIED));
  }

  private static void deep(TestInternetBuilder internet, String zone) {
    internet
        .zone(zone)
        .zone("a." + zone, it -> it.algorithm(SigningAlgorithm.ED25519))
        .zone("b.a." + zone, ZoneBuilder::nsec3)
        .zone("c.b.a." + zone, ZoneBuilder::splitKeys)
        .mailDomain("c.b.a." + zone, "mx.c.b.a." + zone)
        .host("mx.c.b.a." + zone, host -> host.tlsa(3, 1, 1));
  }

  private static List<Scenario> absent() {
    return List.of(
        scenario("tlsa-other-port", TLSA, "TLSA only for port 465")
            .oneHost(
                host ->
                    host.tlsaOfAnotherKey(3, 1, 1).tlsaAt("_465._tcp.mx.tlsa-other-port.example"))
            .ends(OPPORTUNISTIC),
        scenario("tlsa-at-mail-domain", TLSA, "TLSA only below the mail domain, not the MX host")
            .oneHost(
                host ->
                    host.tlsaOfAnotherKey(3, 1, 1).tlsaAt("_25._tcp.tlsa-at-mail-domain.example"))
            .ends(OPPORTUNISTIC),
        scenario("null-mx", "RFC 7505 §3", "the domain accepts no mail")
            .with((internet, zone) -> internet.zone(zone, it -> it.record("@ MX 0 .")))
            .ends(NULL_MX),
        scenario("null-mx-insecure", "RFC 7505 §3", "the same in an unsigned zone")
            .with((internet, zone) -> internet.zone(zone, it -> it.unsigned().record("@ MX 0 .")))
            .ends(NULL_MX),
        scenario("no-such-domain", "RFC 5321 §5.1", "the domain does not exist")
            .to("nobody.no-such-domain.example")
            .with((internet, zone) -> internet.zone(zone))
            .ends(NO_SUCH_DOMAIN),
        scenario("no-such-domain-nsec3", "RFC 5321 §5.1", "the same, denied by NSEC3")
            .to("nobody.no-such-domain-nsec3.example")
            .with((internet, zone) -> internet.zone(zone, ZoneBuilder::nsec3))
            .ends(NO_SUCH_DOMAIN),
        scenario("no-such-domain-insecure", "RFC 7672 §2.1.1", "the same in an unsigned zone")
            .to("nobody.no-such-domain-insecure.example")
            .with((internet, zone) -> internet.zone(zone, ZoneBuilder::unsigned))
            .ends(NO_SUCH_DOMAIN),
        scenario("no-such-domain-alias", "RFC 5321 §5.1", "the domain is an alias of nothing")
            .to("alias.no-such-domain-alias.example")
            .with((internet, zone) -> internet.zone(zone, it -> it.record("alias CNAME nobody")))
            .ends(NO_SUCH_DOMAIN));
  }
}
