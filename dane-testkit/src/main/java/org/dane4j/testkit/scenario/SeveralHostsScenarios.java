// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import static org.dane4j.testkit.scenario.Draft.scenario;
import static org.dane4j.testkit.scenario.Outcome.DANE_MISMATCH;
import static org.dane4j.testkit.scenario.Outcome.DANE_VERIFIED;
import static org.dane4j.testkit.scenario.Outcome.DEFER;
import static org.dane4j.testkit.scenario.Outcome.OPPORTUNISTIC;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.smtp.Hostility;
import org.dane4j.testkit.smtp.SmtpAction;
import org.dane4j.testkit.smtp.SmtpStep;
import org.xbill.DNS.Type;

/** Two MX hosts, of which the first one is preferred and in some trouble. */
final class SeveralHostsScenarios {

  private static final String EACH = "RFC 7672 §2.2.1";
  private static final String NEXT = "RFC 7672 §2.2";

  private SeveralHostsScenarios() {}

  private static Draft secondMatches(
      String id, String section, String description, Consumer<HostBuilder> first) {
    return scenario(id, section, description).twoHosts(first, host -> host.tlsa(3, 1, 1));
  }

  private static Draft firstMatchesBut(String id, String description, Consumer<HostBuilder> first) {
    return secondMatches(id, NEXT, description, host -> first.accept(host.tlsa(3, 1, 1)));
  }

  static List<Scenario> all() {
    return Stream.concat(firstInTrouble().stream(), preferences().stream()).toList();
  }

  private static List<Scenario> firstInTrouble() {
    return List.of(
        secondMatches(
                "hosts-first-mismatch",
                NEXT,
                "the first host does not match, the second does",
                host -> host.tlsaOfAnotherKey(3, 1, 1))
            .ends(DANE_VERIFIED),
        scenario("hosts-both-mismatch", NEXT, "neither host matches")
            .twoHosts(
                host -> host.tlsaOfAnotherKey(3, 1, 1), host -> host.tlsaOfAnotherKey(3, 1, 1))
            .ends(DANE_MISMATCH),
        firstMatchesBut(
                "hosts-first-down", "the first host is down, the second matches", HostBuilder::down)
            .ends(DANE_VERIFIED),
        firstMatchesBut(
                "hosts-first-closes",
                "the first host says 421 and closes",
                SeveralHostsScenarios::notNow)
            .ends(DANE_VERIFIED),
        firstMatchesBut(
                "hosts-first-no-starttls",
                "the first host has lost STARTTLS",
                host -> host.hostile(Hostility.NO_STARTTLS))
            .ends(DANE_VERIFIED),
        firstMatchesBut(
                "hosts-first-bogus",
                "the first host's TLSA is bogus, the second matches",
                host -> {})
            .with(
                (internet, zone) ->
                    internet.zone(
                        zone,
                        it -> it.damage("_25._tcp.mx1", Type.TLSA, Damage.corruptSignature())))
            .ends(DANE_VERIFIED),
        firstMatchesBut(
                "hosts-first-bogus-address",
                "the first host's address is bogus, the second matches",
                host -> {})
            .with(
                (internet, zone) ->
                    internet.zone(zone, it -> it.damage("mx1", Type.A, Damage.corruptSignature())))
            .ends(DANE_VERIFIED),
        firstMatchesBut(
                "hosts-first-no-address",
                "the first host has no address",
                HostBuilder::withoutAddressRecord)
            .ends(DANE_VERIFIED));
  }

  private static List<Scenario> preferences() {
    return List.of(
        secondMatches(
                "hosts-first-without-tlsa",
                EACH,
                "the first host has no TLSA: preference comes first",
                host -> {})
            .ends(OPPORTUNISTIC),
        secondMatches(
                "hosts-first-plain-text",
                EACH,
                "the first host has no TLSA and no STARTTLS",
                host -> host.hostile(Hostility.NO_STARTTLS))
            .ends(OPPORTUNISTIC),
        scenario(
                "hosts-second-without-tlsa",
                EACH,
                "the first host does not match, the second has no TLSA")
            .twoHosts(host -> host.tlsaOfAnotherKey(3, 1, 1), host -> {})
            .ends(OPPORTUNISTIC),
        scenario("hosts-both-down", NEXT, "both hosts are down")
            .twoHosts(host -> host.tlsa(3, 1, 1).down(), host -> host.tlsa(3, 1, 1).down())
            .ends(DEFER),
        scenario("hosts-same-preference", EACH, "two hosts of one preference, both match")
            .with(SeveralHostsScenarios::samePreference)
            .ends(DANE_VERIFIED));
  }

  private static void notNow(HostBuilder host) {
    host.server(it -> it.at(SmtpStep.GREETING, SmtpAction.replyAndDrop("421 4.3.2 Not now")));
  }

  private static void samePreference(TestInternetBuilder internet, String zone) {
    internet
        .zone(zone, it -> it.record("@ MX 10 mx1\n@ MX 10 mx2"))
        .host("mx1." + zone, host -> host.tlsa(3, 1, 1))
        .host("mx2." + zone, host -> host.tlsa(2, 1, 1));
  }
}
