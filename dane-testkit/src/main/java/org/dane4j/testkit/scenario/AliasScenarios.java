// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import static org.dane4j.testkit.scenario.Draft.scenario;
import static org.dane4j.testkit.scenario.Outcome.DANE_MISMATCH;
import static org.dane4j.testkit.scenario.Outcome.DANE_VERIFIED;
import static org.dane4j.testkit.scenario.Outcome.DEFER;
import static org.dane4j.testkit.scenario.Outcome.OPPORTUNISTIC;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.xbill.DNS.Type;

/** CNAME and DNAME on the way from the domain to the TLSA records. */
final class AliasScenarios {

  private static final String ADDRESS = "RFC 7672 §2.2.2";
  private static final String TLSA = "RFC 7672 §2.2.3";

  private AliasScenarios() {}

  static List<Scenario> all() {
    return Stream.of(hostAliases(), oddHostAliases(), recordAliases(), domainAliases())
        .flatMap(List::stream)
        .toList();
  }

  /** The MX host {@code mx} is an alias of the host {@code real}. */
  private static BiConsumer<TestInternetBuilder, String> alias(Consumer<HostBuilder> real) {
    return (internet, zone) ->
        internet
            .mailDomain(zone, "mx." + zone)
            .zone(zone, it -> it.record("mx CNAME real"))
            .host("real." + zone, real);
  }

  private static List<Scenario> hostAliases() {
    return List.of(
        scenario("alias-tlsa-at-target", TLSA, "the MX host is an alias, TLSA at its target")
            .with(alias(host -> host.tlsa(3, 1, 1)))
            .ends(DANE_VERIFIED),
        scenario("alias-tlsa-at-alias", TLSA, "the MX host is an alias, TLSA only at the alias")
            .with(
                alias(host -> host.tlsa(3, 1, 1).tlsaAt("_25._tcp.mx.alias-tlsa-at-alias.example")))
            .ends(DANE_VERIFIED),
        scenario("alias-target-first", TLSA, "wrong TLSA at the target, right one at the alias")
            .with(alias(host -> host.tlsaOfAnotherKey(3, 1, 1)))
            .with(
                (internet, zone) ->
                    internet.zone(
                        zone, it -> it.record("_25._tcp.mx TLSA 3 1 1 " + "ab".repeat(32))))
            .ends(DANE_MISMATCH),
        scenario(
                "alias-ta-name-of-alias",
                "RFC 7672 §3.2.2",
                "TLSA at the target, certificate names the alias")
            .with(
                alias(
                    host -> host.tlsa(2, 1, 1).certificateFor("mx.alias-ta-name-of-alias.example")))
            .ends(DANE_MISMATCH, DANE_VERIFIED),
        scenario(
                "alias-ta-name-of-target",
                "RFC 7672 §3.2.2",
                "TLSA at the target, certificate names the target")
            .with(alias(host -> host.tlsa(2, 1, 1)))
            .ends(DANE_VERIFIED),
        scenario(
                "alias-sni-target",
                "RFC 7672 §8.1",
                "the right certificate only for the target by SNI")
            .with(
                alias(
                    host -> host.tlsa(3, 1, 1).onlyForServerName("real.alias-sni-target.example")))
            .ends(DANE_VERIFIED));
  }

  private static List<Scenario> oddHostAliases() {
    return List.of(
        scenario(
                "alias-insecure-target",
                ADDRESS,
                "the target is in an unsigned zone, TLSA at the alias")
            .with(AliasScenarios::insecureTarget)
            .ends(DANE_VERIFIED),
        scenario("alias-middle", TLSA, "TLSA only at a name between alias and target")
            .with(
                (internet, zone) ->
                    internet
                        .mailDomain(zone, "mx." + zone)
                        .zone(zone, it -> it.record("mx CNAME middle").record("middle CNAME real"))
                        .host(
                            "real." + zone,
                            host ->
                                host.tlsaOfAnotherKey(3, 1, 1).tlsaAt("_25._tcp.middle." + zone)))
            .ends(OPPORTUNISTIC),
        scenario("alias-bogus", "RFC 7672 §2.1.3", "the signature of the alias is wrong")
            .with(alias(host -> host.tlsa(3, 1, 1)))
            .with(damage("mx", Type.CNAME))
            .ends(DEFER),
        scenario("alias-dname", "RFC 7672 §2.1.3", "the MX host is below a DNAME")
            .with(
                (internet, zone) ->
                    internet
                        .mailDomain(zone, "mx.old." + zone)
                        .zone(zone, it -> it.record("old DNAME new"))
                        .host("mx.new." + zone, host -> host.tlsa(3, 1, 1)))
            .ends(DANE_VERIFIED));
  }

  private static void insecureTarget(TestInternetBuilder internet, String zone) {
    String plain = "plain." + zone;
    internet
        .mailDomain(zone, "mx." + zone)
        .zone(zone, it -> it.record("mx CNAME real.plain"))
        .zone(plain, ZoneBuilder::unsigned)
        .host("real." + plain, host -> host.tlsa(3, 1, 1).tlsaAt("_25._tcp.mx." + zone));
  }

  private static BiConsumer<TestInternetBuilder, String> damage(String owner, int type) {
    return (internet, zone) ->
        internet.zone(zone, it -> it.damage(owner, type, Damage.corruptSignature()));
  }

  private static List<Scenario> recordAliases() {
    return List.of(
        scenario("tlsa-alias", TLSA, "the name of the TLSA records is an alias")
            .oneHost(host -> host.tlsa(3, 1, 1).tlsaAt("shared._dane.tlsa-alias.example"))
            .with(tlsaAlias("shared._dane"))
            .ends(DANE_VERIFIED),
        scenario("tlsa-alias-ta", TLSA, "the alias of TLSA records does not change the names")
            .oneHost(host -> host.tlsa(2, 1, 1).tlsaAt("shared._dane.tlsa-alias-ta.example"))
            .with(tlsaAlias("shared._dane"))
            .ends(DANE_VERIFIED),
        scenario("tlsa-alias-insecure", TLSA, "the TLSA alias leads into an unsigned zone")
            .oneHost(
                host ->
                    host.tlsaOfAnotherKey(3, 1, 1)
                        .tlsaAt("shared.plain.tlsa-alias-insecure.example"))
            .with(tlsaAlias("shared.plain"))
            .with((internet, zone) -> internet.zone("plain." + zone, ZoneBuilder::unsigned))
            .ends(OPPORTUNISTIC),
        scenario("tlsa-alias-bogus", "RFC 7672 §2.1.3", "the target of the TLSA alias is bogus")
            .oneHost(host -> host.tlsa(3, 1, 1).tlsaAt("shared.tlsa-alias-bogus.example"))
            .with(tlsaAlias("shared"))
            .with(damage("shared", Type.TLSA))
            .ends(DEFER),
        scenario("tlsa-alias-dangling", TLSA, "the TLSA alias leads to nothing")
            .oneHost(host -> {})
            .with(tlsaAlias("nothing"))
            .ends(OPPORTUNISTIC));
  }

  private static BiConsumer<TestInternetBuilder, String> tlsaAlias(String target) {
    return (internet, zone) -> internet.zone(zone, it -> it.record("_25._tcp.mx CNAME " + target));
  }

  private static List<Scenario> domainAliases() {
    return List.of(
        scenario("next-hop-alias", "RFC 7672 §2.2.1", "the mail domain is an alias of another")
            .to("alias.next-hop-alias.example")
            .matchingHost()
            .with((internet, zone) -> internet.zone(zone, it -> it.record("alias CNAME @")))
            .ends(DANE_VERIFIED),
        scenario(
                "next-hop-alias-ta-original",
                "RFC 7672 §3.2.2",
                "the certificate names the original mail domain")
            .to("alias.next-hop-alias-ta-original.example")
            .oneHost(
                host ->
                    host.tlsa(2, 1, 1).certificateFor("alias.next-hop-alias-ta-original.example"))
            .with((internet, zone) -> internet.zone(zone, it -> it.record("alias CNAME @")))
            .ends(DANE_VERIFIED),
        scenario(
                "next-hop-alias-ta-expanded",
                "RFC 7672 §3.2.2",
                "the certificate names the expanded mail domain")
            .to("alias.next-hop-alias-ta-expanded.example")
            .oneHost(
                host -> host.tlsa(2, 1, 1).certificateFor("next-hop-alias-ta-expanded.example"))
            .with((internet, zone) -> internet.zone(zone, it -> it.record("alias CNAME @")))
            .ends(DANE_VERIFIED),
        // MX insecure: DANE may still be used for the host, as in insecure-mx.
        scenario("next-hop-alias-insecure", "RFC 7672 §2.2.1", "the alias is in an unsigned zone")
            .to("alias.plain.next-hop-alias-insecure.example")
            .matchingHost()
            .with(
                (internet, zone) ->
                    internet.zone(
                        "plain." + zone, it -> it.unsigned().record("alias CNAME " + zone + ".")))
            .ends(OPPORTUNISTIC, DANE_VERIFIED));
  }
}
