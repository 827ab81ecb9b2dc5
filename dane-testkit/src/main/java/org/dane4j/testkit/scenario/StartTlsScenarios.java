// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import static org.dane4j.testkit.scenario.Draft.scenario;
import static org.dane4j.testkit.scenario.Outcome.DANE_VERIFIED;
import static org.dane4j.testkit.scenario.Outcome.DEFER;

import java.util.List;
import org.dane4j.testkit.smtp.Hostility;
import org.dane4j.testkit.smtp.SmtpAction;
import org.dane4j.testkit.smtp.SmtpStep;

/** TLSA records that match, and trouble on the way to TLS: nothing goes out in plain text. */
final class StartTlsScenarios {

  private static final String TLS_IS_A_MUST = "RFC 7672 §2.2";

  private StartTlsScenarios() {}

  private static Draft trouble(String id, String description, Hostility hostility) {
    return scenario(id, TLS_IS_A_MUST, description)
        .oneHost(host -> host.tlsa(3, 1, 1).hostile(hostility));
  }

  static List<Scenario> all() {
    return List.of(
        trouble("starttls-stripped", "STARTTLS is not offered", Hostility.NO_STARTTLS).ends(DEFER),
        // A client may say STARTTLS although nobody offers it.
        trouble("starttls-hidden", "STARTTLS is not offered but works", Hostility.HIDDEN_STARTTLS)
            .ends(DEFER, DANE_VERIFIED),
        trouble("starttls-454", "STARTTLS is refused for now", Hostility.STARTTLS_REFUSED_454)
            .ends(DEFER),
        // An attacker can write a 5xx too: it is not final.
        trouble("starttls-502", "STARTTLS is not known", Hostility.STARTTLS_REFUSED_502)
            .ends(DEFER),
        trouble("starttls-close", "220, then the end", Hostility.STARTTLS_THEN_CLOSE).ends(DEFER),
        trouble("starttls-plain-text", "220, then plain text", Hostility.STARTTLS_THEN_PLAIN_TEXT)
            .ends(DEFER),
        trouble("starttls-silence", "220, then nothing", Hostility.STARTTLS_THEN_SILENCE)
            .ends(DEFER),
        // RFC 3207 §6 leaves open whether the client drops the octets or the session.
        trouble("starttls-injection", "plain text behind the 220", Hostility.STARTTLS_INJECTION)
            .ends(DEFER, DANE_VERIFIED),
        trouble("starttls-no-cipher", "no suite in common", Hostility.NO_COMMON_CIPHER_SUITE)
            .ends(DEFER),
        trouble("starttls-helo-only", "the server knows HELO alone", Hostility.HELO_ONLY)
            .ends(DEFER),
        scenario("starttls-late-drop", TLS_IS_A_MUST, "the connection ends after EHLO under TLS")
            .oneHost(
                host ->
                    host.tlsa(3, 1, 1)
                        .server(it -> it.at(SmtpStep.EHLO_AFTER_TLS, SmtpAction.drop())))
            .ends(DEFER),
        scenario("server-down", TLS_IS_A_MUST, "the only host is down")
            .oneHost(host -> host.tlsa(3, 1, 1).down())
            .ends(DEFER),
        scenario("tls-1.2", "RFC 7671 §3", "the server speaks TLS 1.2 alone")
            .oneHost(host -> host.tlsa(3, 1, 1).server(it -> it.tlsProtocols("TLSv1.2")))
            .ends(DANE_VERIFIED),
        scenario("tls-1.3", "RFC 7671 §3", "the server speaks TLS 1.3 alone")
            .oneHost(host -> host.tlsa(3, 1, 1).server(it -> it.tlsProtocols("TLSv1.3")))
            .ends(DANE_VERIFIED));
  }
}
