// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.dane4j.dnssec.EvidenceBundle;
import org.dane4j.dnssec.MalformedEvidenceException;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.dnssec.resolve.EvidenceRecorder;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.lookup.DaneLookup;
import org.dane4j.smtp.lookup.Endpoint;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.smtp.lookup.TlsMode;
import org.dane4j.smtp.policy.DanePolicy;
import org.dane4j.smtp.report.CheckReport;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.dane4j.tlsa.Octets;
import org.junit.jupiter.api.Test;

/** The check of a domain's submission servers, as it is kept, judged again, and explained. */
class SubmissionEvidenceTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");
  private static final NextHop HOP = NextHop.submission("s.test");
  private static final String SRV =
      "_submissions._tcp SRV 0 1 465 mail.p.test.\n_submission._tcp SRV 0 1 587 mail.p.test.";

  private static CheckEvidence evidence(Consumer<ZoneBuilder> service, Sighting... seen)
      throws MalformedEvidenceException {
    DnsTree tree =
        DnsTree.at(AT)
            .zone(".")
            .zone("test.")
            .zone("s.test.", service)
            .zone(
                "p.test.",
                zone ->
                    zone.record("mail A 192.0.2.1")
                        .record("_587._tcp.mail TLSA 3 1 1 " + "ab".repeat(32)))
            .build();
    EvidenceRecorder recorder = new EvidenceRecorder();
    TrustAnchors anchors = TrustAnchors.parse(String.join("\n", tree.trustAnchors()));
    try (DnssecResolver resolver =
        DnssecResolver.builder(tree.asResolver())
            .trustAnchors(anchors)
            .clock(InstantSource.fixed(AT))
            .recordingTo(recorder)
            .build()) {
      assertThat(DaneLookup.over(resolver).resolve(HOP).nextHop()).isEqualTo(HOP);
    }
    EvidenceBundle dns = new EvidenceBundle(AT, anchors, recorder.evidence(), new TreeMap<>());
    CheckEvidence made = new CheckEvidence(HOP, DanePolicy.opportunistic(), List.of(seen), dns);
    return CheckEvidence.read(made.toBytes());
  }

  private static CheckEvidence evidence(Sighting... seen) throws MalformedEvidenceException {
    return evidence(zone -> zone.record(SRV), seen);
  }

  private static Sighting seen(int port, List<String> vouchedFor) throws UnknownHostException {
    InetAddress address = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
    Sighting.Tls tls = new Sighting.Tls("TLSv1.3", "X", "s.test", List.<Octets>of(), vouchedFor);
    return new Sighting(
        new Endpoint("mail.p.test", port, port == 465 ? TlsMode.IMPLICIT : TlsMode.STARTTLS),
        Optional.of(address),
        Optional.empty(),
        Optional.of(tls));
  }

  private static Cause cause(CheckResult result, int host) {
    return ((Failed) result.attempts().get(host).result()).cause();
  }

  @Test
  void wordOfTheAuthorities_isTakenForNamesThatCount() throws Exception {
    for (List<String> names : List.of(List.of("s.test"), List.of("s.test", "mail.p.test"))) {
      CheckResult result = evidence(seen(465, names)).replay(AT);
      assertThat(result.verdict()).isEqualTo(Verdict.PKIX_VERIFIED);
      assertThat(result.attempts().get(0).address().orElseThrow().getPort()).isEqualTo(465);
    }
  }

  @Test
  void withoutTheWordOfTheAuthorities_nothingIsVerified() throws Exception {
    assertThat(cause(evidence(seen(465, List.of())).replay(AT), 0))
        .isEqualTo(Cause.CERTIFICATE_NOT_TRUSTED);
    assertThat(cause(evidence(seen(465, List.of("p.test"))).replay(AT), 0))
        .isEqualTo(Cause.CERTIFICATE_NOT_TRUSTED);
  }

  @Test
  void wordForTheTarget_isNoneIfTheSrvRecordIsInsecure() throws Exception {
    // RFC 7673 §4.1
    Consumer<ZoneBuilder> unsigned = zone -> zone.unsigned().record(SRV);
    CheckEvidence evidence = evidence(unsigned, seen(465, List.of("s.test", "mail.p.test")));
    assertThat(cause(evidence.replay(AT), 0)).isEqualTo(Cause.CERTIFICATE_NOT_TRUSTED);
  }

  @Test
  void serverWithTlsaRecords_isNotVerifiedByTheAuthorities() throws Exception {
    CheckResult result = evidence(seen(587, List.of("s.test"))).replay(AT);
    assertThat(cause(result, 1)).isEqualTo(Cause.TLS_HANDSHAKE);
  }

  @Test
  void portsOfOneHost_areSeenEachForItself() throws Exception {
    CheckResult result = evidence(seen(587, List.of("s.test"))).replay(AT);
    assertThat(cause(result, 0)).isEqualTo(Cause.CONNECT);
  }

  @Test
  void checkItself_isKeptWithTheNamesThatCounted() throws Exception {
    CheckEvidence evidence = evidence(seen(465, List.of("s.test", "mail.p.test")));
    CheckResult result = evidence.replay(AT);
    CheckEvidence again = CheckEvidence.of(result, DanePolicy.opportunistic(), evidence.dns());
    assertThat(again.sightings().get(0).tls().orElseThrow().vouchedFor())
        .containsExactly("s.test", "mail.p.test");
    assertThat(again.sightings().get(1).endpoint().port()).isEqualTo(587);
    assertThat(CheckEvidence.read(again.toBytes()).replay(AT).verdict())
        .isEqualTo(Verdict.PKIX_VERIFIED);
  }

  @Test
  void report_namesServicesAndPorts_andWhatToPublish() throws Exception {
    String text =
        CheckReport.of(evidence(seen(465, List.of("s.test"))).replay(AT))
            .toString()
            .replaceAll("\\s+[│├└─ ]*", " ");
    assertThat(text)
        .startsWith("submission for s.test pkix-verified")
        .contains(
            "SRV: _submissions._tcp.s.test. SRV is secure",
            "SRV: _submission._tcp.s.test. SRV is secure",
            "mail.p.test:465 (implicit TLS) (preference 0, weight 1) pkix-verified",
            "mail.p.test:587 (preference 0, weight 1) defer",
            "owed: TLS, with a certificate of a trusted authority for s.test or mail.p.test, as it has no TLSA records",
            "publish TLSA records at _465._tcp.mail.p.test (RFC 7673 §6)",
            "certification authorities vouch for");
  }

  @Test
  void report_saysWhatIsWrongWithACertificate_orThatThereIsNoService() throws Exception {
    CheckResult refused = evidence(seen(465, List.of())).replay(AT);
    assertThat(CheckReport.advice(refused.attempts().get(0)))
        .contains("an authority that is trusted here");
    CheckResult none = evidence(zone -> zone.record("@ TXT nothing")).replay(AT);
    assertThat(none.verdict()).isEqualTo(Verdict.NO_SUBMISSION);
    assertThat(CheckReport.of(none).toString()).contains("names no submission server");
  }
}
