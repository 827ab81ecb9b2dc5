// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.dane4j.dnssec.ChainValidator;
import org.dane4j.dnssec.Evidence;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.QueryLog;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Evidence of a resolver's lookups, and a resolver over evidence. */
class EvidenceRecorderTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

  private static final DnsTree TREE =
      DnsTree.at(AT)
          .zone(".")
          .zone("example.")
          .zone(
              "bank.example.",
              zone ->
                  zone.record("@ MX 10 mx\nmx A 192.0.2.1\nmx2 A 192.0.2.2\nalias CNAME mx")
                      .record("bad A 192.0.2.9")
                      .damage("bad", Type.A, Damage.corruptSignature()))
          .zone("unsigned.bank.example.", zone -> zone.unsigned().record("x A 192.0.2.3"))
          .build();

  private static final TrustAnchors ANCHORS =
      TrustAnchors.parse(String.join("\n", TREE.trustAnchors()));

  private static final List<Question> QUESTIONS =
      List.of(
          Question.of("bank.example", Type.MX),
          Question.of("mx.bank.example", Type.A),
          Question.of("mx.bank.example", Type.AAAA),
          Question.of("mx2.bank.example", Type.A),
          Question.of("alias.bank.example", Type.A),
          Question.of("none.bank.example", Type.A),
          Question.of("x.unsigned.bank.example", Type.A),
          Question.of("bad.bank.example", Type.A));

  private static List<ValidationResult> record(DnsResponder responder, EvidenceRecorder recorder) {
    List<ValidationResult> results = new ArrayList<>();
    try (DnssecResolver resolver =
        DnssecResolver.builder(responder.asResolver())
            .trustAnchors(ANCHORS)
            .clock(InstantSource.fixed(AT))
            .recordingTo(recorder)
            .build()) {
      results.add(resolver.resolve(QUESTIONS.get(0)));
      // The keys of the zones are in the cache now, and must be in the evidence all the same.
      results.addAll(resolver.resolveAll(QUESTIONS.subList(1, QUESTIONS.size())));
    }
    return results;
  }

  private static List<ValidationResult> replay(Evidence evidence, Instant at) {
    try (DnssecResolver resolver =
        DnssecResolver.offline(evidence, at).trustAnchors(ANCHORS).build()) {
      return resolver.resolveAll(QUESTIONS);
    }
  }

  private static List<String> texts(List<ValidationResult> results) {
    return results.stream().map(result -> result.explanation() + "\n" + result.proof()).toList();
  }

  @Test
  void evidence_givesTheSameVerdictsWithoutTheNetwork() throws Exception {
    EvidenceRecorder recorder = new EvidenceRecorder();
    List<ValidationResult> seen = record(TREE, recorder);
    Evidence saved = Evidence.read(recorder.evidence().toBytes());
    assertThat(texts(replay(saved, AT))).isEqualTo(texts(seen));
    assertThat(seen).hasAtLeastOneElementOfType(ValidationResult.Secure.class);
    assertThat(seen).hasAtLeastOneElementOfType(ValidationResult.Insecure.class);
    assertThat(seen).hasAtLeastOneElementOfType(ValidationResult.Bogus.class);
  }

  @Test
  void evidence_isEnoughForThePureValidator() {
    EvidenceRecorder recorder = new EvidenceRecorder();
    List<ValidationResult> seen = record(TREE, recorder);
    ChainValidator validator = ChainValidator.trusting(ANCHORS);
    List<ValidationResult> again =
        QUESTIONS.stream()
            .map(question -> validator.validate(question, recorder.evidence(), AT))
            .toList();
    assertThat(texts(again)).isEqualTo(texts(seen));
  }

  @Test
  void recordedQuestion_isAskedOnce() {
    QueryLog log = new QueryLog();
    List<ValidationResult> unused = record(TREE.recordedIn(log), new EvidenceRecorder());
    assertThat(log.questions()).doesNotHaveDuplicates();
  }

  @Test
  void failures_areEvidenceToo() throws Exception {
    EvidenceRecorder recorder = new EvidenceRecorder();
    List<ValidationResult> seen =
        record(
            TREE.failing(query -> query.getName().toString().startsWith("mx2"), Rcode.SERVFAIL),
            recorder);
    Evidence saved = Evidence.read(recorder.evidence().toBytes());
    assertThat(texts(replay(saved, AT))).isEqualTo(texts(seen));
    assertThat(seen.get(3)).isInstanceOf(ValidationResult.Indeterminate.class);
  }

  @Test
  void later_signaturesHaveExpired() {
    EvidenceRecorder recorder = new EvidenceRecorder();
    List<ValidationResult> unused = record(TREE, recorder);
    assertThat(replay(recorder.evidence(), AT.plusSeconds(20 * 366 * 86400L)))
        .allMatch(ValidationResult.Bogus.class::isInstance);
  }

  @Test
  void whatTheEvidenceLacks_isNeitherAbsentNorInsecure() {
    EvidenceRecorder recorder = new EvidenceRecorder();
    List<ValidationResult> unused = record(TREE, recorder);
    Question other = Question.of("elsewhere.example", Type.A);
    try (DnssecResolver resolver =
        DnssecResolver.offline(recorder.evidence(), AT).trustAnchors(ANCHORS).build()) {
      ValidationResult result = resolver.resolve(other);
      assertThat(result).isInstanceOf(ValidationResult.Indeterminate.class);
      assertThat(result.explanation()).contains("the evidence has no response to it");
    }
  }
}
