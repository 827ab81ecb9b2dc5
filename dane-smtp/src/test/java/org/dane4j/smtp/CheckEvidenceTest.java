// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dane4j.dnssec.Evidence;
import org.dane4j.dnssec.EvidenceBundle;
import org.dane4j.dnssec.MalformedEvidenceException;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.dnssec.resolve.EvidenceRecorder;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.smtp.lookup.DaneLookup;
import org.dane4j.smtp.lookup.Endpoint;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.smtp.lookup.TlsMode;
import org.dane4j.smtp.policy.DanePolicy;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.pki.CertificateSpec;
import org.dane4j.testkit.pki.TestIdentity;
import org.dane4j.testkit.pki.Tlsa;
import org.dane4j.tlsa.Octets;
import org.junit.jupiter.api.Test;

/** What a replay makes of what was seen of a host. */
class CheckEvidenceTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");
  private static final NextHop HOP = NextHop.of("example.test");

  private static final TestIdentity SERVER =
      TestIdentity.selfSigned(
          CertificateSpec.forNames("mx.example.test")
              .validity(Duration.ofDays(-1), Duration.ofDays(1)),
          AT);
  private static final TestIdentity OTHER =
      TestIdentity.selfSigned(CertificateSpec.forNames("mx.example.test"), AT);

  private static final DnsTree TREE =
      tree("_25._tcp.mx TLSA " + Tlsa.rdata(3, 1, 1, SERVER.certificate()));
  private static final DnsTree UNUSABLE = tree("_25._tcp.mx TLSA 3 1 1 00");
  private static final DnsTree WITHOUT = tree("@ TXT nothing");

  private static DnsTree tree(String record) {
    return DnsTree.at(AT)
        .zone(".")
        .zone("test.")
        .zone("example.test.", zone -> zone.record("@ MX 10 mx\nmx A 192.0.2.1").record(record))
        .build();
  }

  private static Octets der(TestIdentity identity) throws Exception {
    return Octets.of(identity.certificate().getEncoded());
  }

  private static Sighting tls(Octets... certificates) throws UnknownHostException {
    return sighting(
        Optional.empty(),
        Optional.of(
            new Sighting.Tls(
                "TLSv1.3",
                "TLS_AES_128_GCM_SHA256",
                "mx.example.test",
                List.of(certificates),
                List.of())));
  }

  private static Sighting sighting(Optional<Sighting.Failure> failure, Optional<Sighting.Tls> tls)
      throws UnknownHostException {
    InetAddress address = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
    return new Sighting(
        new Endpoint("mx.example.test", 25, TlsMode.STARTTLS), Optional.of(address), failure, tls);
  }

  private static EvidenceBundle dns(DnsTree tree) {
    EvidenceRecorder recorder = new EvidenceRecorder();
    TrustAnchors anchors = TrustAnchors.parse(String.join("\n", tree.trustAnchors()));
    try (DnssecResolver resolver =
        DnssecResolver.builder(tree.asResolver())
            .trustAnchors(anchors)
            .clock(InstantSource.fixed(AT))
            .recordingTo(recorder)
            .build()) {
      assertThat(DaneLookup.over(resolver).resolve(HOP).hosts()).hasSize(1);
    }
    return new EvidenceBundle(AT, anchors, recorder.evidence(), new TreeMap<>());
  }

  private static CheckResult replay(DnsTree tree, DanePolicy policy, Sighting... seen)
      throws MalformedEvidenceException {
    CheckEvidence evidence = new CheckEvidence(HOP, policy, List.of(seen), dns(tree));
    return CheckEvidence.read(evidence.toBytes()).replay(AT);
  }

  private static CheckResult replay(DnsTree tree, Sighting... seen)
      throws MalformedEvidenceException {
    return replay(tree, DanePolicy.opportunistic(), seen);
  }

  private static Cause cause(CheckResult result) {
    return ((Failed) result.attempts().get(0).result()).cause();
  }

  private static ChannelSecurity security(CheckResult result) {
    return ((Ready) result.attempts().get(0).result()).security();
  }

  @Test
  void certificateThatMatches_isVerifiedAnew() throws Exception {
    CheckResult result = replay(TREE, tls(der(SERVER)));
    assertThat(result.verdict()).isEqualTo(Verdict.DANE_VERIFIED);
    assertThat(security(result)).isEqualTo(ChannelSecurity.DANE);
  }

  @Test
  void certificateThatDoesNotMatch_isNeverVerified() throws Exception {
    assertThat(replay(TREE, tls(der(OTHER))).verdict()).isEqualTo(Verdict.DANE_MISMATCH);
    assertThat(replay(TREE, tls(Octets.ofHex("00"))).verdict()).isEqualTo(Verdict.DANE_MISMATCH);
    assertThat(cause(replay(TREE, tls()))).isEqualTo(Cause.TLS_HANDSHAKE);
  }

  @Test
  void refusedCertificate_isKeptForTheReplay() throws Exception {
    CheckResult result = replay(TREE, tls(der(OTHER)));
    CheckEvidence again = CheckEvidence.of(result, DanePolicy.opportunistic(), dns(TREE));
    assertThat(again.sightings().get(0).tls().orElseThrow().certificates())
        .containsExactly(der(OTHER));
    CheckResult replayed = CheckEvidence.read(again.toBytes()).replay(AT);
    assertThat(replayed.attempts().get(0).result()).isEqualTo(result.attempts().get(0).result());
  }

  @Test
  void serverInPlainText_isRefusedWhereTlsIsOwed() throws Exception {
    Sighting plain = sighting(Optional.empty(), Optional.empty());
    assertThat(cause(replay(TREE, plain))).isEqualTo(Cause.STARTTLS_NOT_OFFERED);
    assertThat(cause(replay(UNUSABLE, plain))).isEqualTo(Cause.STARTTLS_NOT_OFFERED);
    assertThat(security(replay(WITHOUT, plain))).isEqualTo(ChannelSecurity.PLAIN_TEXT);
  }

  @Test
  void serverOverTls_isOnlyAsGoodAsWhatItIsOwed() throws Exception {
    assertThat(security(replay(UNUSABLE, tls(der(SERVER))))).isEqualTo(ChannelSecurity.ENCRYPTED);
    assertThat(security(replay(WITHOUT, tls(der(SERVER)))))
        .isEqualTo(ChannelSecurity.OPPORTUNISTIC_TLS);
  }

  @Test
  void policy_isThatOfTheCheck() throws Exception {
    CheckResult mandatory = replay(WITHOUT, DanePolicy.mandatory(), tls(der(SERVER)));
    assertThat(cause(mandatory)).isEqualTo(Cause.DANE_MANDATORY);
    CheckResult off = replay(TREE, DanePolicy.off(), tls(der(OTHER)));
    assertThat(security(off)).isEqualTo(ChannelSecurity.OPPORTUNISTIC_TLS);
  }

  @Test
  void failureOfTheDialogue_isTakenOver() throws Exception {
    Sighting.Failure failure = new Sighting.Failure(Cause.GREETING, "421 go\u001b[31m away\n");
    CheckResult result = replay(TREE, sighting(Optional.of(failure), Optional.empty()));
    assertThat(cause(result)).isEqualTo(Cause.GREETING);
    assertThat(result.attempts().get(0).result().explanation())
        .as("for a terminal")
        .isEqualTo("421 go?[31m away\n");
  }

  @Test
  void hostThatWasNotSeen_isNotReached() throws Exception {
    assertThat(cause(replay(TREE))).isEqualTo(Cause.CONNECT);
    assertThat(replay(TREE).verdict()).isEqualTo(Verdict.DEFER);
  }

  @Test
  void whenSignaturesHaveExpired_mailWaits() {
    CheckEvidence evidence =
        new CheckEvidence(HOP, DanePolicy.opportunistic(), List.of(), dns(TREE));
    assertThat(evidence.replay(AT.plus(Duration.ofDays(900))).verdict()).isEqualTo(Verdict.DEFER);
  }

  @Test
  void everyNextHop_isReadAsWritten() throws Exception {
    for (NextHop hop :
        List.of(
            HOP.withPort(2525),
            NextHop.host("relay.example.test", 587),
            NextHop.implicitTls("relay.example.test", 465),
            NextHop.submission("example.test"),
            NextHop.of("[192.0.2.7]"),
            NextHop.of("[IPv6:2001:db8::1]").withPort(26))) {
      CheckEvidence evidence =
          new CheckEvidence(hop, DanePolicy.opportunistic(), List.of(), dns(TREE));
      assertThat(CheckEvidence.read(evidence.toBytes()).nextHop()).isEqualTo(hop);
    }
  }

  @Test
  void attachmentThatIsMissingOrWrong_isNamed() throws Exception {
    byte[] good =
        new CheckEvidence(HOP, DanePolicy.opportunistic(), List.of(tls(der(SERVER))), dns(TREE))
            .toBytes();
    EvidenceBundle bundle = EvidenceBundle.read(good);
    for (String name :
        List.of("policy.mode", "policy.insecure-mx", "next-hop.port", "next-hop.domain")) {
      SortedMap<String, Octets> less = new TreeMap<>(bundle.attachments());
      less.remove(name);
      assertRefused(bundle, less, "attachment '" + name + "' is missing");
    }
    for (String name : new ArrayList<>(bundle.attachments().keySet())) {
      SortedMap<String, Octets> wrong = new TreeMap<>(bundle.attachments());
      wrong.put(name, Octets.ofHex("1b"));
      if (!name.contains("certificate")) {
        assertRefused(bundle, wrong, "");
      }
    }
  }

  @Test
  void anchorsThatDoNotCount_areRefused_asNothingWouldBeSigned() {
    TrustAnchors sha1 = TrustAnchors.parse(". DS 1 8 1 " + "ab".repeat(20));
    byte[] octets =
        new EvidenceBundle(AT, sha1, Evidence.builder().build(), new TreeMap<>()).toBytes();
    assertThatThrownBy(() -> CheckEvidence.read(octets))
        .isInstanceOf(MalformedEvidenceException.class)
        .hasMessageContaining("trust anchors");
  }

  private static void assertRefused(
      EvidenceBundle bundle, SortedMap<String, Octets> attachments, String message) {
    byte[] octets =
        new EvidenceBundle(bundle.at(), bundle.anchors(), bundle.evidence(), attachments).toBytes();
    assertThatThrownBy(() -> CheckEvidence.read(octets))
        .isInstanceOf(MalformedEvidenceException.class)
        .hasMessageContaining(message);
  }
}
