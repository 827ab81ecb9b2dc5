// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.dane4j.tlsa.Octets;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Saved evidence: what was saved comes back, and no octets do harm. */
class EvidenceProperties {

  private static final Evidence EVIDENCE = evidence();
  private static final byte[] SAVED = EVIDENCE.toBytes();
  private static final byte[] BUNDLE =
      new EvidenceBundle(
              Offline.AT,
              SmallTree.ANCHORS.withNegativeAnchor(
                  Name.fromConstantString("hash.example."), Offline.AT),
              EVIDENCE,
              new TreeMap<>(Map.of("a", Octets.ofHex("00ff"), "b", Octets.ofHex(""))))
          .toBytes();

  private static Evidence evidence() {
    Offline offline = Offline.over(SmallTree.TREE);
    SmallTree.QUESTIONS.forEach(offline::ask);
    return Evidence.builder()
        .from(offline.evidence(), SmallTree.QUESTIONS.get(0))
        .from(offline.evidence(), SmallTree.QUESTIONS.get(1))
        .failure(Question.of("silent.example", Type.A), FetchFailure.TIMEOUT, "")
        .failure(Question.of("away.example", Type.A), FetchFailure.NETWORK, "no route \u2014 none")
        .build();
  }

  @Property
  void anyOctets_areReadOrRefused(@ForAll byte[] octets) {
    assertThat(readOrNull(octets)).isNull();
    assertThat(bundleOrNull(octets)).isNull();
  }

  @Property
  void changedOctets_areReadOrRefused(@ForAll("edits") Edit edit) throws Exception {
    Evidence evidence = readOrNull(edit.of(SAVED));
    if (evidence != null) {
      // Whatever was read has one form only, and judging it does no harm.
      assertThat(evidence.toBytes()).isEqualTo(edit.of(SAVED));
      SmallTree.QUESTIONS.forEach(
          question -> SmallTree.VALIDATOR.validate(question, evidence, Offline.AT));
    }
    EvidenceBundle bundle = bundleOrNull(edit.of(BUNDLE));
    if (bundle != null) {
      assertThat(EvidenceBundle.read(bundle.toBytes()).rules().decideAs(bundle.rules())).isTrue();
    }
  }

  @Property
  void changedOctets_makeNothingElseSecure(@ForAll("edits") Edit edit) {
    Evidence evidence = readOrNull(edit.of(SAVED));
    if (evidence == null) {
      return;
    }
    for (Question question : SmallTree.QUESTIONS) {
      ValidationResult changed = SmallTree.VALIDATOR.validate(question, evidence, Offline.AT);
      if (changed instanceof ValidationResult.Secure secure) {
        ValidationResult truth = Offline.over(SmallTree.TREE).ask(question);
        assertThat(rdata(secure)).isEqualTo(rdata((ValidationResult.Secure) truth));
      }
    }
  }

  private static Object rdata(ValidationResult.Secure secure) {
    return secure.answer() instanceof Answer.Positive positive
        ? positive.rrset().rdata()
        : secure.answer();
  }

  @Property(tries = 200)
  void cutOctets_areRefused(@ForAll("lengths") int length) {
    assertThat(readOrNull(Arrays.copyOf(SAVED, length % SAVED.length))).isNull();
    assertThat(bundleOrNull(Arrays.copyOf(BUNDLE, length % BUNDLE.length))).isNull();
  }

  @Property
  void whatWasSaved_isRead(@ForAll("evidences") Evidence evidence) throws Exception {
    byte[] saved = evidence.toBytes();
    Evidence read = Evidence.read(saved);
    assertThat(read.questions()).isEqualTo(evidence.questions());
    for (Question question : evidence.questions()) {
      assertThat(String.valueOf(read.about(question)))
          .isEqualTo(String.valueOf(evidence.about(question)));
    }
    assertThat(read.toBytes()).isEqualTo(saved);
  }

  /** Some octets that are put in the place of others. */
  record Edit(int from, int length, Octets put) {
    byte[] of(byte[] octets) {
      byte[] replacement = put.toByteArray();
      int start = from % octets.length;
      int end = Math.min(octets.length, start + length);
      byte[] edited = new byte[octets.length - (end - start) + replacement.length];
      System.arraycopy(octets, 0, edited, 0, start);
      System.arraycopy(replacement, 0, edited, start, replacement.length);
      System.arraycopy(octets, end, edited, start + replacement.length, octets.length - end);
      return edited;
    }
  }

  @Provide
  Arbitrary<Edit> edits() {
    Arbitrary<byte[]> replacements = Arbitraries.bytes().array(byte[].class).ofMaxSize(8);
    return Arbitraries.integers()
        .between(0, Integer.MAX_VALUE)
        .flatMap(
            from ->
                replacements.flatMap(
                    replacement ->
                        Arbitraries.of(replacement.length, replacement.length, 0, 8)
                            .map(length -> new Edit(from, length, Octets.of(replacement)))));
  }

  @Provide
  Arbitrary<Integer> lengths() {
    return Arbitraries.integers().between(0, Integer.MAX_VALUE);
  }

  @Provide
  Arbitrary<Evidence> evidences() {
    Arbitrary<String> labels =
        Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(5);
    Arbitrary<Question> questions =
        labels.flatMap(
            label ->
                Arbitraries.of(Type.A, Type.TLSA)
                    .map(type -> Question.of(label + ".Example", type)));
    Arbitrary<byte[]> messages = Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
    Arbitrary<FetchFailure> failures = Arbitraries.of(FetchFailure.values());
    Arbitrary<String> details = Arbitraries.strings().ofMaxLength(600);
    return questions
        .list()
        .ofMaxSize(6)
        .flatMap(
            asked ->
                messages.flatMap(
                    message ->
                        failures.flatMap(
                            failure ->
                                details.map(detail -> evidence(asked, message, failure, detail)))));
  }

  private static Evidence evidence(
      Iterable<Question> questions, byte[] message, FetchFailure failure, String detail) {
    Evidence.Builder evidence = Evidence.builder();
    boolean answered = true;
    for (Question question : questions) {
      if (answered) {
        evidence.response(question, message);
      } else {
        evidence.failure(question, failure, detail);
      }
      answered = !answered;
    }
    return evidence.build();
  }

  private static @Nullable Evidence readOrNull(byte[] octets) {
    try {
      return Evidence.read(octets);
    } catch (MalformedEvidenceException e) {
      assertThat(e).hasMessageMatching("octet \\d+: .+");
      return null;
    }
  }

  private static @Nullable EvidenceBundle bundleOrNull(byte[] octets) {
    try {
      return EvidenceBundle.read(octets);
    } catch (MalformedEvidenceException e) {
      assertThat(e).hasMessageMatching("octet \\d+: .+");
      return null;
    }
  }
}
