// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import static org.dane4j.testkit.scenario.Draft.scenario;
import static org.dane4j.testkit.scenario.Outcome.DANE_MISMATCH;
import static org.dane4j.testkit.scenario.Outcome.DANE_VERIFIED;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.dane4j.testkit.pki.CertificateSpec;
import org.dane4j.testkit.pki.TestAuthority;
import org.dane4j.testkit.pki.TestIdentity;

/** DANE-TA(2): the record speaks of an authority above the server's certificate. */
final class DaneTaScenarios {

  private static final String TA = "RFC 7672 §3.1.2";
  private static final String NAMES = "RFC 7672 §3.2.2";
  private static final String MATCHING = "RFC 7672 §3.2.3";

  private DaneTaScenarios() {}

  static List<Scenario> all() {
    return Stream.of(forms(), names(), paths(), beside()).flatMap(List::stream).toList();
  }

  private static List<Scenario> forms() {
    return List.of(
        scenario("ta-211", TA, "2 1 1 of the issuer, which the server sends")
            .oneHost(host -> host.tlsa(2, 1, 1))
            .ends(DANE_VERIFIED),
        scenario("ta-201", TA, "2 0 1 of the issuer, which the server sends")
            .oneHost(host -> host.tlsa(2, 0, 1))
            .ends(DANE_VERIFIED),
        scenario("ta-212", TA, "2 1 2 of the issuer, which the server sends")
            .oneHost(host -> host.tlsa(2, 1, 2))
            .ends(DANE_VERIFIED),
        scenario("ta-root-sent", TA, "2 0 1 of the root, which the server sends")
            .with(rooted("2 0 1", TestIdentity::sendingRoot))
            .ends(DANE_VERIFIED),
        scenario("ta-root-not-sent", "RFC 7671 §5.2.2", "2 0 1 of the root, which is not sent")
            .with(rooted("2 0 1", it -> it))
            .ends(DANE_MISMATCH),
        scenario("ta-200-not-sent", "RFC 7671 §5.2.2", "2 0 0 of the root, which need not be sent")
            .with(rooted("2 0 0", it -> it))
            .ends(DANE_VERIFIED),
        scenario("ta-210", "RFC 7671 §5.2.3", "2 1 0 of the issuer, which the server sends")
            .oneHost(host -> host.tlsa(2, 1, 0))
            .ends(DANE_VERIFIED),
        // Clients are recommended to check the signature with the bare key, and need not.
        scenario("ta-210-not-sent", "RFC 7671 §5.2.3", "2 1 0 of the root, which is not sent")
            .with(rooted("2 1 0", it -> it))
            .ends(DANE_VERIFIED, DANE_MISMATCH));
  }

  private static List<Scenario> names() {
    return List.of(
        scenario("ta-wrong-name", NAMES, "2 1 1 and a certificate for another name")
            .oneHost(host -> host.tlsa(2, 1, 1).certificateFor("mail.elsewhere.invalid"))
            .ends(DANE_MISMATCH),
        scenario("ta-next-hop-name", NAMES, "2 1 1 and a certificate for the mail domain alone")
            .oneHost(host -> host.tlsa(2, 1, 1).certificateFor("ta-next-hop-name.example"))
            .ends(DANE_VERIFIED),
        scenario("ta-wildcard", MATCHING, "2 1 1 and a certificate for *.domain")
            .oneHost(host -> host.tlsa(2, 1, 1).certificateFor("*.ta-wildcard.example"))
            .ends(DANE_VERIFIED),
        scenario("ta-partial-wildcard", MATCHING, "2 1 1 and a certificate for m*.domain")
            .oneHost(host -> host.tlsa(2, 1, 1).certificateFor("m*.ta-partial-wildcard.example"))
            .ends(DANE_MISMATCH),
        // A client may let a wildcard match several labels; this one matches none.
        scenario("ta-wildcard-too-deep", MATCHING, "2 1 1 and a certificate for *.mx.domain")
            .oneHost(host -> host.tlsa(2, 1, 1).certificateFor("*.mx.ta-wildcard-too-deep.example"))
            .ends(DANE_MISMATCH),
        scenario("ta-cn-only", MATCHING, "2 1 1 and a certificate with a common name alone")
            .oneHost(
                host ->
                    host.tlsa(2, 1, 1)
                        .certificate(it -> CertificateSpec.commonNameOnly("mx.ta-cn-only.example")))
            .ends(DANE_VERIFIED),
        scenario("ta-cn-beside-names", MATCHING, "2 1 1, the right common name, a wrong DNS name")
            .oneHost(
                host ->
                    host.tlsa(2, 1, 1)
                        .certificate(
                            it ->
                                CertificateSpec.forNames("mail.elsewhere.invalid")
                                    .commonName("mx.ta-cn-beside-names.example")))
            .ends(DANE_MISMATCH),
        scenario("ta-upper-case-name", MATCHING, "2 1 1 and the name in capitals")
            .oneHost(host -> host.tlsa(2, 1, 1).certificateFor("MX.TA-Upper-Case-Name.EXAMPLE"))
            .ends(DANE_VERIFIED));
  }

  private static List<Scenario> paths() {
    CertificateSpec authority = CertificateSpec.forAuthority("Odd CA");
    return List.of(
        scenario("ta-expired-leaf", TA, "2 1 1 and an expired certificate: dates matter")
            .oneHost(host -> host.tlsa(2, 1, 1).certificate(CertificateSpec::expired))
            .ends(DANE_MISMATCH),
        scenario("ta-not-yet-valid-leaf", TA, "2 1 1 and a certificate of tomorrow")
            .oneHost(host -> host.tlsa(2, 1, 1).certificate(CertificateSpec::notYetValid))
            .ends(DANE_MISMATCH),
        scenario("ta-wrong-authority", TA, "2 1 1 of an authority that issued nothing here")
            .with((internet, zone) -> wrongAuthority(internet, zone, false))
            .ends(DANE_MISMATCH),
        scenario("ta-appended", TA, "the authority is sent, and did not issue the certificate")
            .with((internet, zone) -> wrongAuthority(internet, zone, true))
            .ends(DANE_MISMATCH),
        scenario("ta-names-leaf", TA, "2 1 1 of the server's own key is no authority's")
            .with((internet, zone) -> namesLeaf(internet, zone))
            .ends(DANE_MISMATCH),
        scenario("ta-two-authorities", TA, "2 1 1 of the upper of two authorities")
            .with(below(CertificateSpec.forAuthority("Test CA 2"), "2 1 1"))
            .ends(DANE_VERIFIED),
        scenario("ta-not-an-authority", TA, "the certificate between is no authority's")
            .with(below(authority.notAnAuthority(), "2 1 1"))
            .ends(DANE_MISMATCH),
        scenario("ta-excluded-name", TA, "the authority between may not issue for this name")
            .with(below(authority.excludedNames("ta-excluded-name.example"), "2 1 1"))
            .ends(DANE_MISMATCH),
        scenario("ta-path-length", TA, "one authority more than a path length between allows")
            .with((internet, zone) -> pathTooLong(internet, zone, false))
            .ends(DANE_MISMATCH),
        // The constraints of the anchor itself are but a SHOULD.
        scenario("ta-anchor-path-length", TA, "one authority more than the anchor's path length")
            .with((internet, zone) -> pathTooLong(internet, zone, true))
            .ends(DANE_MISMATCH, DANE_VERIFIED));
  }

  private static List<Scenario> beside() {
    return List.of(
        scenario("ta-beside-stale-ee", "RFC 7671 §8.2", "3 1 1 is stale, 2 1 1 matches")
            .oneHost(host -> host.tlsaOfAnotherKey(3, 1, 1).tlsa(2, 1, 1))
            .ends(DANE_VERIFIED),
        scenario("ee-beside-ta-name", TA, "2 1 1 fails by the name, 3 1 1 matches")
            .oneHost(
                host -> host.tlsa(2, 1, 1).tlsa(3, 1, 1).certificateFor("mail.elsewhere.invalid"))
            .ends(DANE_VERIFIED));
  }

  /** One host below the root of the internet, with a record of the root. */
  private static BiConsumer<TestInternetBuilder, String> rooted(
      String parameters, UnaryOperator<TestIdentity> chain) {
    return (internet, zone) ->
        internet
            .mailDomain(zone, "mx." + zone)
            .host(
                "mx." + zone,
                host -> tlsaOf(host, internet.rootAuthority(), parameters).sending(chain));
  }

  /** One host below an authority of its own, with a record of the authority above that. */
  private static BiConsumer<TestInternetBuilder, String> below(
      CertificateSpec own, String parameters) {
    return (internet, zone) ->
        internet
            .mailDomain(zone, "mx." + zone)
            .host(
                "mx." + zone,
                host ->
                    tlsaOf(host, internet.authority(), parameters)
                        .identity(internet.authority().intermediate(own).issue("mx." + zone)));
  }

  private static HostBuilder tlsaOf(HostBuilder host, TestAuthority authority, String parameters) {
    int selector = Character.digit(parameters.charAt(2), 10);
    int matchingType = Character.digit(parameters.charAt(4), 10);
    return host.tlsaOf(authority.certificate(), 2, selector, matchingType);
  }

  private static void wrongAuthority(TestInternetBuilder internet, String zone, boolean sent) {
    TestAuthority other = internet.rootAuthority().intermediate("Unrelated CA");
    internet
        .mailDomain(zone, "mx." + zone)
        .host(
            "mx." + zone,
            host ->
                host.tlsaOf(other.certificate(), 2, 1, 1)
                    .sending(it -> sent ? it.appending(other.certificate()) : it));
  }

  private static void namesLeaf(TestInternetBuilder internet, String zone) {
    TestIdentity identity = internet.authority().issue("mx." + zone);
    internet
        .mailDomain(zone, "mx." + zone)
        .host(
            "mx." + zone, host -> host.identity(identity).tlsaOf(identity.certificate(), 2, 1, 1));
  }

  private static void pathTooLong(
      TestInternetBuilder internet, String zone, boolean narrowIsAnchor) {
    TestAuthority narrow =
        internet.authority().intermediate(CertificateSpec.forAuthority("Narrow CA").pathLength(0));
    TestIdentity identity = narrow.intermediate("CA too many").issue("mx." + zone);
    TestAuthority anchor = narrowIsAnchor ? narrow : internet.authority();
    internet
        .mailDomain(zone, "mx." + zone)
        .host("mx." + zone, host -> host.identity(identity).tlsaOf(anchor.certificate(), 2, 0, 1));
  }
}
