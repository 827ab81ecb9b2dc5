// SPDX-License-Identifier: Apache-2.0
/**
 * A small internet to hold a mail client against, and a catalogue of situations with the outcome
 * that RFC 7672 asks for.
 *
 * <p>An internet is composed of zones and mail hosts. Each host gets an address for documentation,
 * a certificate, and an honest server on the loopback interface:
 *
 * <pre>{@code
 * try (TestInternet internet = TestInternet.at(now)
 *     .mailDomain("bank.example", "mx.bank.example")
 *     .host("mx.bank.example", host -> host.tlsa(3, 1, 1))
 *     .start()) {
 *   Resolver dns = internet.resolver();             // trust internet.trustAnchors()
 *   InetSocketAddress where = internet.locate(published);
 *
 *   internet.mailServer("mx.bank.example").change(server -> server.hostile(NO_STARTTLS));
 *   internet.attack(path -> path.dropping(Asked.type(Type.TLSA)));
 *   internet.publish(tree -> tree.zone("bank.example", zone -> zone.expired()));
 * }
 * }</pre>
 *
 * <p>{@link org.dane4j.testkit.scenario.Scenarios#all} has the situations that others have thought
 * of. Each can be started on its own, or all in one internet:
 *
 * <pre>{@code
 * for (Scenario scenario : Scenarios.all()) {
 *   try (TestInternet internet = TestInternet.start(scenario, now)) {
 *     Outcome outcome = deliverTo(scenario.domain(), internet);   // yours
 *     assertTrue(scenario.allows(outcome));
 *   }
 * }
 * }</pre>
 *
 * <p>Limitations: hosts listen on IPv4 only, whatever they publish; every host is asked for on port
 * 25.
 */
@NullMarked
package org.dane4j.testkit.scenario;

import org.jspecify.annotations.NullMarked;
