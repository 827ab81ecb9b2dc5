// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import static org.dane4j.testkit.scenario.Draft.scenario;
import static org.dane4j.testkit.scenario.Outcome.DANE_MISMATCH;
import static org.dane4j.testkit.scenario.Outcome.DANE_VERIFIED;

import java.util.List;
import java.util.stream.Stream;
import org.dane4j.testkit.pki.CertificateSpec;
import org.dane4j.testkit.pki.KeyType;

/** DANE-EE(3): the record speaks of the server's own certificate or key. */
final class DaneEeScenarios {

  private static final String EE = "RFC 7672 §3.1.1";

  private DaneEeScenarios() {}

  static List<Scenario> all() {
    return Stream.of(forms(), certificates(), severalRecords()).flatMap(List::stream).toList();
  }

  private static List<Scenario> forms() {
    return List.of(
        scenario("ee-311", EE, "3 1 1, the recommended form").matchingHost().ends(DANE_VERIFIED),
        scenario("ee-312", EE, "3 1 2, the key by SHA-512")
            .oneHost(host -> host.tlsa(3, 1, 2))
            .ends(DANE_VERIFIED),
        scenario("ee-301", EE, "3 0 1, the certificate by SHA-256")
            .oneHost(host -> host.tlsa(3, 0, 1))
            .ends(DANE_VERIFIED),
        scenario("ee-302", EE, "3 0 2, the certificate by SHA-512")
            .oneHost(host -> host.tlsa(3, 0, 2))
            .ends(DANE_VERIFIED),
        scenario("ee-310", EE, "3 1 0, the whole key in the record")
            .oneHost(host -> host.tlsa(3, 1, 0))
            .ends(DANE_VERIFIED),
        scenario("ee-300", EE, "3 0 0, the whole certificate in the record")
            .oneHost(host -> host.tlsa(3, 0, 0))
            .ends(DANE_VERIFIED));
  }

  private static List<Scenario> certificates() {
    return List.of(
        scenario("ee-expired", EE, "3 1 1 and an expired certificate: dates do not matter")
            .oneHost(host -> host.tlsa(3, 1, 1).certificate(CertificateSpec::expired))
            .ends(DANE_VERIFIED),
        scenario("ee-not-yet-valid", EE, "3 1 1 and a certificate of tomorrow")
            .oneHost(host -> host.tlsa(3, 1, 1).certificate(CertificateSpec::notYetValid))
            .ends(DANE_VERIFIED),
        scenario("ee-wrong-name", "RFC 7672 §3.2.1", "3 1 1 and a certificate for another name")
            .oneHost(host -> host.tlsa(3, 1, 1).certificateFor("mail.elsewhere.invalid"))
            .ends(DANE_VERIFIED),
        scenario("ee-client-purpose", EE, "3 1 1 and a certificate for clients only")
            .oneHost(host -> host.tlsa(3, 1, 1).certificate(CertificateSpec::forClientsOnly))
            .ends(DANE_VERIFIED),
        scenario("ee-leaf-only", EE, "3 1 1 and a server that sends no issuer")
            .oneHost(host -> host.tlsa(3, 1, 1).sending(it -> it.sendingLeafOnly()))
            .ends(DANE_VERIFIED),
        scenario("cert-rsa", EE, "3 1 1 and an RSA key")
            .oneHost(host -> host.tlsa(3, 1, 1).certificate(it -> it.key(KeyType.RSA_2048)))
            .ends(DANE_VERIFIED),
        scenario("cert-p384", EE, "3 1 1 and a P-384 key")
            .oneHost(host -> host.tlsa(3, 1, 1).certificate(it -> it.key(KeyType.EC_P384)))
            .ends(DANE_VERIFIED),
        scenario("cert-ed25519", EE, "3 1 1 and an Ed25519 key")
            .oneHost(host -> host.tlsa(3, 1, 1).certificate(it -> it.key(KeyType.ED25519)))
            .ends(DANE_VERIFIED));
  }

  private static List<Scenario> severalRecords() {
    return List.of(
        scenario("ee-mismatch", "RFC 7672 §2.2", "3 1 1 of a key that the server does not have")
            .oneHost(host -> host.tlsaOfAnotherKey(3, 1, 1))
            .ends(DANE_MISMATCH),
        scenario("ee-names-issuer", EE, "3 1 1 of the issuer's key: only the leaf is compared")
            .with(
                (internet, zone) ->
                    internet
                        .mailDomain(zone, "mx." + zone)
                        .host(
                            "mx." + zone,
                            host -> host.tlsaOf(internet.authority().certificate(), 3, 1, 1)))
            .ends(DANE_MISMATCH),
        scenario("ee-rollover", "RFC 7671 §8.1", "the current key and the next one are published")
            .oneHost(host -> host.tlsaOfAnotherKey(3, 1, 1).tlsa(3, 1, 1))
            .ends(DANE_VERIFIED),
        scenario("ee-rollover-selector", "RFC 7671 §8.3", "old certificate, and key of the new one")
            .oneHost(host -> host.tlsaOfAnotherKey(3, 0, 1).tlsa(3, 1, 1))
            .ends(DANE_VERIFIED),
        scenario("ee-many-records", EE, "twenty records, of which the last one matches")
            .oneHost(DaneEeScenarios::manyRecords)
            .ends(DANE_VERIFIED),
        scenario("ee-large-rrset", "RFC 7766 §5", "an RRset that needs DNS over TCP")
            .oneHost(DaneEeScenarios::largeRrset)
            .ends(DANE_VERIFIED));
  }

  private static void manyRecords(HostBuilder host) {
    for (int i = 0; i < 19; i++) {
      host.tlsa(String.format("3 1 1 %064x", i));
    }
    host.tlsa(3, 1, 1);
  }

  private static void largeRrset(HostBuilder host) {
    for (int i = 0; i < 10; i++) {
      host.tlsaOfAnotherKey(3, 0, 0);
    }
    host.tlsa(3, 0, 0);
  }
}
