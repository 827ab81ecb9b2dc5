// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import static org.dane4j.testkit.scenario.Draft.scenario;
import static org.dane4j.testkit.scenario.Outcome.DANE_VERIFIED;
import static org.dane4j.testkit.scenario.Outcome.OPPORTUNISTIC;

import java.util.List;
import java.util.function.Consumer;
import org.dane4j.testkit.dns.Asked;
import org.dane4j.testkit.dns.DsForm;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Zones that nothing secure leads to. Their TLSA records are of another key, so that a client that
 * used them would fail.
 */
final class InsecureScenarios {

  private static final String INSECURE = "RFC 7672 §2.1.1";
  private static final String ADDRESS = "RFC 7672 §2.2.2";

  private InsecureScenarios() {}

  private static Draft worthless(
      String id, String section, String description, Consumer<ZoneBuilder> settings) {
    return scenario(id, section, description)
        .oneHost(host -> host.tlsaOfAnotherKey(3, 1, 1))
        .with((internet, zone) -> internet.zone(zone, settings));
  }

  static List<Scenario> all() {
    return List.of(
        worthless("insecure-domain", INSECURE, "an unsigned zone", ZoneBuilder::unsigned)
            .ends(OPPORTUNISTIC),
        worthless("insecure-island", INSECURE, "a signed zone without DS", ZoneBuilder::withoutDs)
            .ends(OPPORTUNISTIC),
        worthless(
                "insecure-algorithm",
                "RFC 4035 §5.2",
                "a zone signed with an algorithm that nobody knows",
                zone -> zone.labeledAs(200))
            .ends(OPPORTUNISTIC),
        worthless(
                "insecure-digest",
                "RFC 4035 §5.2",
                "a zone whose only DS has a digest that nobody knows",
                zone -> zone.ds(DsForm.UNKNOWN_DIGEST))
            .ends(OPPORTUNISTIC),
        worthless(
                "insecure-forged-ad",
                "RFC 7672 §2.1.1",
                "an unsigned zone, and somebody sets the AD bit",
                ZoneBuilder::unsigned)
            .with(InsecureScenarios::forgedAd)
            .ends(OPPORTUNISTIC),
        scenario("insecure-below-opt-out", "RFC 5155 §6", "an unsigned zone below an opt-out TLD")
            .to("insecure-below-opt-out.optout")
            .with(InsecureScenarios::belowOptOut)
            .ends(OPPORTUNISTIC),
        scenario("insecure-below-nsec3", "RFC 5155 §8.9", "an unsigned zone below an NSEC3 TLD")
            .to("insecure-below-nsec3.hashed")
            .with(InsecureScenarios::belowNsec3)
            .ends(OPPORTUNISTIC),
        scenario("insecure-parent", "RFC 4035 §4.3", "a signed zone below an unsigned one")
            .to("signed.insecure-parent.example")
            .with(InsecureScenarios::belowUnsigned)
            .ends(OPPORTUNISTIC),
        scenario("insecure-mx-host", ADDRESS, "a signed domain, its MX host in an unsigned zone")
            .with(InsecureScenarios::insecureHost)
            .ends(OPPORTUNISTIC),
        // The client may use DANE for the host all the same, as Postfix does by default.
        scenario(
                "insecure-mx",
                "RFC 7672 §2.2.1",
                "an unsigned domain, its MX host in a signed zone")
            .with(InsecureScenarios::insecureMx)
            .ends(OPPORTUNISTIC, DANE_VERIFIED),
        scenario("insecure-tlsa-notimp", ADDRESS, "an unsigned zone whose server fails for TLSA")
            .oneHost(host -> {})
            .with((internet, zone) -> internet.zone(zone, ZoneBuilder::unsigned))
            .with((internet, zone) -> failingTlsa(internet, zone, Rcode.NOTIMP))
            .ends(OPPORTUNISTIC),
        scenario("insecure-tlsa-servfail", ADDRESS, "the same with SERVFAIL: TLSA is not asked for")
            .oneHost(host -> {})
            .with((internet, zone) -> internet.zone(zone, ZoneBuilder::unsigned))
            .with((internet, zone) -> failingTlsa(internet, zone, Rcode.SERVFAIL))
            .ends(OPPORTUNISTIC));
  }

  private static void failingTlsa(TestInternetBuilder internet, String zone, int rcode) {
    internet.onPath(path -> path.failing(Asked.type(Type.TLSA).and(Asked.below(zone)), rcode));
  }

  private static void forgedAd(TestInternetBuilder internet, String zone) {
    internet.onPath(path -> path.answering(Asked.below(zone), path.forgingAd()));
  }

  private static void belowOptOut(TestInternetBuilder internet, String ignored) {
    internet.zone("optout", ZoneBuilder::optOut);
    unsignedDomain(internet, "insecure-below-opt-out.optout");
  }

  private static void belowNsec3(TestInternetBuilder internet, String ignored) {
    internet.zone("hashed", ZoneBuilder::nsec3);
    unsignedDomain(internet, "insecure-below-nsec3.hashed");
  }

  private static void unsignedDomain(TestInternetBuilder internet, String domain) {
    internet
        .zone(domain, ZoneBuilder::unsigned)
        .mailDomain(domain, "mx." + domain)
        .host("mx." + domain, host -> host.tlsaOfAnotherKey(3, 1, 1));
  }

  private static void belowUnsigned(TestInternetBuilder internet, String zone) {
    String domain = "signed." + zone;
    internet
        .zone(zone, ZoneBuilder::unsigned)
        .mailDomain(domain, "mx." + domain)
        .host("mx." + domain, host -> host.tlsaOfAnotherKey(3, 1, 1));
  }

  private static void insecureHost(TestInternetBuilder internet, String zone) {
    String host = "mx.plain." + zone;
    internet
        .mailDomain(zone, host)
        .zone("plain." + zone, ZoneBuilder::unsigned)
        .host(host, it -> it.tlsaOfAnotherKey(3, 1, 1));
  }

  private static void insecureMx(TestInternetBuilder internet, String zone) {
    String provider = "provider.insecure-mx.test";
    internet
        .mailDomain(zone, "mx." + provider)
        .zone(zone, ZoneBuilder::unsigned)
        .zone(provider)
        .host("mx." + provider, host -> host.tlsa(3, 1, 1));
  }
}
