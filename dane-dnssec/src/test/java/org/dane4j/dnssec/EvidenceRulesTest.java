// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.SigningAlgorithm;
import org.dane4j.testkit.dns.ZoneKey;
import org.dane4j.tlsa.Octets;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** A bundle is judged as the decision was: by its algorithms, limits and negative trust anchors. */
class EvidenceRulesTest {

  private static final DnsTree TREE =
      DnsTree.at(Offline.AT)
          .zone(".")
          .zone("example.", zone -> zone.algorithm(SigningAlgorithm.ED25519))
          .zone("bank.example.", zone -> zone.nsec3(10, "").record("@ MX 10 mx"))
          .build();

  private static final TrustAnchors ANCHORS = Offline.anchors(TREE);
  private static final Question MX = Question.of("bank.example", Type.MX);
  private static final Question NONE = Question.of("none.bank.example", Type.A);

  private static ChainValidator validator(TrustAnchors anchors, JudgmentRules rules) {
    return ChainValidator.trusting(anchors)
        .withAlgorithms(rules.algorithms())
        .withLimits(rules.limits());
  }

  /** Judges, saves, reads and judges again; returns the verdict, which has to be the same. */
  private static ValidationResult replayed(
      Question question, TrustAnchors anchors, JudgmentRules rules) throws Exception {
    return replayed(TREE, question, anchors, rules);
  }

  private static ValidationResult replayed(
      DnsTree tree, Question question, TrustAnchors anchors, JudgmentRules rules) throws Exception {
    Offline offline = Offline.over(tree).with(validator(anchors, rules));
    ValidationResult before = offline.ask(question);
    EvidenceBundle saved =
        new EvidenceBundle(Offline.AT, anchors, rules, offline.evidence(), new TreeMap<>());
    EvidenceBundle read = EvidenceBundle.read(saved.toBytes());
    ValidationResult after =
        validator(read.anchors(), read.rules()).validate(question, read.evidence(), read.at());
    assertThat(after.explanation()).isEqualTo(before.explanation());
    assertThat(read.toBytes()).isEqualTo(saved.toBytes());
    assertThat(read.isJudgedByDefaults()).isEqualTo(saved.isJudgedByDefaults());
    return after;
  }

  private static JudgmentRules rules(AlgorithmPolicy policy) {
    return new JudgmentRules(policy, ValidationLimits.defaults());
  }

  @Test
  void defaults_areTheDefaults() throws Exception {
    assertThat(replayed(MX, ANCHORS, JudgmentRules.defaults()))
        .isInstanceOf(ValidationResult.Secure.class);
    Evidence nothing = Evidence.builder().build();
    assertThat(new EvidenceBundle(Offline.AT, ANCHORS, nothing, new TreeMap<>()))
        .matches(EvidenceBundle::isJudgedByDefaults);
  }

  @Test
  void algorithmsThatDidNotCount_doNotCountLater() throws Exception {
    AlgorithmPolicy few = AlgorithmPolicy.counting(Set.of(13), Set.of(2));
    assertThat(replayed(MX, ANCHORS, rules(few))).isInstanceOf(ValidationResult.Insecure.class);
    assertThat(few.supportsAlgorithm(15)).isFalse();
    assertThat(few.supportsDigest(4)).isFalse();
  }

  @Test
  void algorithmsThatCountedByAskingForThem_countLater() throws Exception {
    AlgorithmPolicy all = AlgorithmPolicy.recommended().withDangerousSha1().withGost12().withSm2();
    EvidenceBundle read = EvidenceBundle.read(bundle(ANCHORS, rules(all)).toBytes());
    for (int number = 0; number < 256; number++) {
      assertThat(read.rules().algorithms().supportsAlgorithm(number))
          .isEqualTo(all.supportsAlgorithm(number));
      assertThat(read.rules().algorithms().supportsDigest(number))
          .isEqualTo(all.supportsDigest(number));
    }
    assertThat(read.isJudgedByDefaults()).isFalse();
  }

  @Test
  void testOfEveryAlgorithm_isMadeAgain() throws Exception {
    // RFC 6840 §5.11: by the rules that most have, the same evidence is a proof.
    SigningAlgorithm[] both = {SigningAlgorithm.ED25519, SigningAlgorithm.ECDSAP256SHA256};
    DnsTree signed = TREE.changed(t -> t.zone("bank.example.", zone -> zone.algorithm(both)));
    ZoneKey one = signed.zone("bank.example.").keys().get(0);
    DnsTree half =
        signed.changed(
            t -> t.zone("bank.example.", z -> z.damage("@", Type.MX, Damage.signedWith(one))));
    TrustAnchors anchors = Offline.anchors(half);
    JudgmentRules strict = rules(AlgorithmPolicy.recommended().requiringEveryAlgorithm());
    ValidationResult bogus = replayed(half, MX, anchors, strict);
    assertThat(((ValidationResult.Bogus) bogus).reason()).isEqualTo(BogusReason.ALGORITHM_MISSING);
    assertThat(replayed(half, MX, anchors, JudgmentRules.defaults()))
        .isInstanceOf(ValidationResult.Secure.class);
    assertThat(bundle(anchors, strict).isJudgedByDefaults()).isFalse();
  }

  @Test
  void testOfEveryAlgorithm_survivesWhatElseIsChosen() throws Exception {
    AlgorithmPolicy strict =
        AlgorithmPolicy.recommended()
            .requiringEveryAlgorithm()
            .withGost12()
            .withDangerousSha1()
            .withProvider(AlgorithmPolicy.ED25519, new BouncyCastleProvider());
    assertThat(strict.completeness()).isEqualTo(AlgorithmPolicy.Completeness.EVERY_ALGORITHM);
    EvidenceBundle read = EvidenceBundle.read(bundle(ANCHORS, rules(strict)).toBytes());
    assertThat(read.rules().algorithms().completeness()).isEqualTo(strict.completeness());
  }

  @Test
  void numberOfAlgorithmsOtherThanOneOrAll_isRefused() {
    byte[] octets = bundle(ANCHORS, JudgmentRules.defaults()).toBytes();
    octets[octets.length - 2 - 48 - 1] = 2;
    assertThatThrownBy(() -> EvidenceBundle.read(octets))
        .isInstanceOf(MalformedEvidenceException.class)
        .hasMessageContaining("how many algorithms must sign");
  }

  @Test
  void limits_areThoseOfTheDecision() throws Exception {
    ValidationLimits few = ValidationLimits.defaults().withMaxNsec3Iterations(9);
    JudgmentRules rules = new JudgmentRules(AlgorithmPolicy.recommended(), few);
    assertThat(replayed(NONE, ANCHORS, rules)).isInstanceOf(ValidationResult.Insecure.class);
    ValidationLimits numbered = ValidationLimits.of(IntStream.range(1, 13).toArray());
    JudgmentRules others = new JudgmentRules(AlgorithmPolicy.recommended(), numbered);
    EvidenceBundle read = EvidenceBundle.read(bundle(ANCHORS, others).toBytes());
    assertThat(read.rules().limits())
        .isEqualTo(new ValidationLimits(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
    assertThat(read.isJudgedByDefaults()).isFalse();
  }

  @Test
  void limitsOutOfAllProportion_areRefused() throws Exception {
    ValidationLimits defaults = ValidationLimits.defaults();
    int most = 32 * defaults.maxNsec3Iterations();
    EvidenceBundle allowed =
        bundle(
            ANCHORS,
            new JudgmentRules(
                AlgorithmPolicy.recommended(), defaults.withMaxNsec3Iterations(most)));
    assertThat(EvidenceBundle.read(allowed.toBytes()).rules().limits().maxNsec3Iterations())
        .isEqualTo(most);
    byte[] more =
        bundle(
                ANCHORS,
                new JudgmentRules(
                    AlgorithmPolicy.recommended(), defaults.withMaxNsec3Iterations(most + 1)))
            .toBytes();
    assertThatThrownBy(() -> EvidenceBundle.read(more))
        .isInstanceOf(MalformedEvidenceException.class)
        .hasMessageContaining("a limit");
  }

  @Test
  void negativeAnchors_areExceptionsUntilTheSameTime() throws Exception {
    Instant until = Offline.AT.plusNanos(1_000_000_001);
    TrustAnchors anchors =
        ANCHORS
            .withNegativeAnchor(Name.fromConstantString("bank.example."), until)
            .withNegativeAnchor(Name.fromConstantString("a.test."), Instant.EPOCH);
    assertThat(replayed(MX, anchors, JudgmentRules.defaults()))
        .isInstanceOf(ValidationResult.Insecure.class);
    EvidenceBundle read = EvidenceBundle.read(bundle(anchors, JudgmentRules.defaults()).toBytes());
    assertThat(read.anchors().negative()).isEqualTo(anchors.negative());
    assertThat(read.isJudgedByDefaults()).isFalse();
  }

  @Test
  void negativeAnchorWithoutAnEndThatCanBeSaved_isRefused() {
    TrustAnchors anchors = ANCHORS.withNegativeAnchor(Name.root, Instant.MAX);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> bundle(anchors, JudgmentRules.defaults()))
        .withMessageContaining("2106");
  }

  @Test
  void algorithmThatNobodyComputesHere_isRefused_andNotForgotten() {
    byte[] octets =
        bundle(ANCHORS, rules(AlgorithmPolicy.counting(Set.of(8), Set.of(2)))).toBytes();
    // Before the digests with their count, the limits, and what is around them.
    int algorithm = octets.length - 2 - 48 - 1 - 2 - 1;
    assertThat(octets[algorithm]).isEqualTo((byte) 8);
    octets[algorithm] = 12;
    assertThatThrownBy(() -> EvidenceBundle.read(octets))
        .isInstanceOf(MalformedEvidenceException.class)
        .hasMessageContaining("[12]");
  }

  @Test
  void rulesInAnotherOrder_areRefused() {
    byte[] octets =
        bundle(ANCHORS, rules(AlgorithmPolicy.counting(Set.of(8, 13), Set.of(2)))).toBytes();
    octets[octets.length - 2 - 48 - 1 - 2 - 1] = 8;
    assertThatThrownBy(() -> EvidenceBundle.read(octets)).hasMessageContaining("not in order");
  }

  @Test
  void otherAttachments_leaveTheRulesAlone() {
    JudgmentRules rules = rules(AlgorithmPolicy.counting(Set.of(8), Set.of(2)));
    EvidenceBundle bundle = bundle(ANCHORS, rules);
    EvidenceBundle more = bundle.withAttachments(new TreeMap<>(Map.of("a", Octets.ofHex("00"))));
    assertThat(more.rules()).isEqualTo(rules);
    assertThat(more.attachments()).containsOnlyKeys("a");
  }

  private static EvidenceBundle bundle(TrustAnchors anchors, JudgmentRules rules) {
    return new EvidenceBundle(
        Offline.AT, anchors, rules, Evidence.builder().build(), new TreeMap<>());
  }
}
