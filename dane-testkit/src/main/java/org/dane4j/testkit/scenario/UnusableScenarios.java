// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import static org.dane4j.testkit.scenario.Draft.scenario;
import static org.dane4j.testkit.scenario.Outcome.DANE_MISMATCH;
import static org.dane4j.testkit.scenario.Outcome.DANE_UNUSABLE_ENCRYPT;
import static org.dane4j.testkit.scenario.Outcome.DANE_VERIFIED;
import static org.dane4j.testkit.scenario.Outcome.DEFER;

import java.util.List;
import org.dane4j.testkit.smtp.Hostility;
import org.xbill.DNS.Type;

/** Secure TLSA records that a client can make nothing of: TLS is a must, and no more than that. */
final class UnusableScenarios {

  private static final String USABLE = "RFC 6698 §4.1";
  private static final String TLS_IS_A_MUST = "RFC 7672 §2.2";
  private static final String PKIX = "RFC 7672 §3.1.3";

  private UnusableScenarios() {}

  static List<Scenario> all() {
    return List.of(
        scenario("unusable-pkix-ta", PKIX, "only PKIX-TA(0)")
            .oneHost(host -> host.tlsa(0, 1, 1))
            .ends(DANE_UNUSABLE_ENCRYPT),
        scenario("unusable-pkix-ee", PKIX, "only PKIX-EE(1)")
            .oneHost(host -> host.tlsa(1, 1, 1))
            .ends(DANE_UNUSABLE_ENCRYPT),
        scenario(
                "unusable-pkix-mismatch",
                PKIX,
                "PKIX-EE(1) of another key is unusable all the same")
            .oneHost(host -> host.tlsaOfAnotherKey(1, 1, 1))
            .ends(DANE_UNUSABLE_ENCRYPT),
        scenario("unusable-usage", USABLE, "only usage 4, which nobody has assigned")
            .oneHost(host -> host.tlsa(4, 1, 1))
            .ends(DANE_UNUSABLE_ENCRYPT),
        scenario("unusable-selector", USABLE, "only selector 7, which nobody has assigned")
            .oneHost(host -> host.tlsa(3, 7, 1))
            .ends(DANE_UNUSABLE_ENCRYPT),
        scenario("unusable-matching-type", USABLE, "only matching type 9")
            .oneHost(host -> host.tlsa(3, 1, 9))
            .ends(DANE_UNUSABLE_ENCRYPT),
        scenario("unusable-private-use", USABLE, "only matching type 255, private use")
            .oneHost(host -> host.tlsa(3, 1, 255))
            .ends(DANE_UNUSABLE_ENCRYPT),
        scenario("unusable-short-digest", USABLE, "only a SHA-256 of 20 octets")
            .oneHost(host -> host.tlsa("3 1 1 " + "ab".repeat(20)))
            .ends(DANE_UNUSABLE_ENCRYPT),
        scenario("unusable-long-digest", USABLE, "only a SHA-256 of 64 octets")
            .oneHost(host -> host.tlsa("3 1 1 " + "ab".repeat(64)))
            .ends(DANE_UNUSABLE_ENCRYPT),
        scenario("unusable-full-data", USABLE, "only a whole certificate that is none")
            .oneHost(host -> host.tlsa("3 0 0 " + "ab".repeat(100)))
            .ends(DANE_UNUSABLE_ENCRYPT),
        // Libraries refuse such a record as malformed, which makes the lookup an error.
        scenario("unusable-empty", USABLE, "only a record without association data")
            .oneHost(host -> {})
            .with(
                (internet, zone) ->
                    internet.zone(
                        zone, it -> it.rawRecord("_25._tcp.mx", Type.TLSA, new byte[] {3, 1, 1})))
            .ends(DANE_UNUSABLE_ENCRYPT, DEFER),
        scenario("unusable-no-starttls", TLS_IS_A_MUST, "only unusable records, and no STARTTLS")
            .oneHost(host -> host.tlsa(1, 1, 1).hostile(Hostility.NO_STARTTLS))
            .ends(DEFER),
        scenario("unusable-no-handshake", TLS_IS_A_MUST, "only unusable records, and TLS fails")
            .oneHost(host -> host.tlsa(1, 1, 1).hostile(Hostility.NO_COMMON_CIPHER_SUITE))
            .ends(DEFER),
        scenario("mixed-usable", USABLE, "unusable records beside a 3 1 1 that matches")
            .oneHost(host -> host.tlsa(1, 1, 1).tlsa(3, 1, 9).tlsa(4, 1, 1).tlsa(3, 1, 1))
            .ends(DANE_VERIFIED),
        scenario("mixed-mismatch", USABLE, "unusable records beside a 3 1 1 that is wrong")
            .oneHost(host -> host.tlsa(1, 1, 1).tlsa(3, 1, 9).tlsaOfAnotherKey(3, 1, 1))
            .ends(DANE_MISMATCH));
  }
}
