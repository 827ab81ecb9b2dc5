// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dane4j.dnssec.ValidationResult.Indeterminate;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.SigningAlgorithm;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.xbill.DNS.Type;

/**
 * Jazzer edits the responses of a good chain, and looks for an exception or a verdict that is not
 * true. Not among the default tests: the Maven profile {@code fuzz} runs it.
 */
class ResponseFuzz {

  private static final DnsTree TREE =
      DnsTree.at(Offline.AT)
          .zone(".", ResponseFuzz::fast)
          .zone("example.", zone -> fast(zone).nsec3(1, "ab"))
          .zone(
              "bank.example.",
              zone ->
                  fast(zone)
                      .record("mx A 192.0.2.1\n_25._tcp.mx TLSA 3 1 1 " + "ab".repeat(32))
                      .record("*.wild A 192.0.2.2\nalias CNAME mx\nmoved DNAME wild"))
          .build();

  /** RSA signatures are made slowly and verified fast. */
  private static ZoneBuilder fast(ZoneBuilder zone) {
    return zone.algorithm(SigningAlgorithm.RSASHA256);
  }

  private static final ChainValidator VALIDATOR =
      ChainValidator.trusting(TrustAnchors.parse(String.join("\n", TREE.trustAnchors())));

  private static final List<Question> QUESTIONS =
      List.of(
          Question.of("_25._tcp.mx.bank.example", Type.TLSA),
          Question.of("x.wild.bank.example", Type.A),
          Question.of("alias.bank.example", Type.A),
          Question.of("x.moved.bank.example", Type.A),
          Question.of("none.bank.example", Type.A),
          Question.of("none.example", Type.MX),
          Question.of("bank.example", Type.DS));

  private static final List<Map<Question, byte[]>> RESPONSES =
      QUESTIONS.stream().map(ResponseFuzz::responses).toList();

  private static final List<Answer> ANSWERS =
      QUESTIONS.stream()
          .map(question -> ((Secure) judge(question, responses(question))).answer())
          .toList();

  /** Everything that a verdict needs, in the order in which it is asked for. */
  private static Map<Question, byte[]> responses(Question question) {
    Map<Question, byte[]> responses = new LinkedHashMap<>();
    Set<Question> missing = Set.of(question);
    while (!missing.isEmpty()) {
      for (Question asked : missing) {
        responses.put(asked, TREE.answer(asked.name().toString(), asked.type()).toWire());
      }
      ValidationResult result = judge(question, responses);
      missing = result instanceof Indeterminate open ? open.missing() : Set.of();
    }
    return responses;
  }

  private static ValidationResult judge(Question question, Map<Question, byte[]> responses) {
    Evidence.Builder evidence = Evidence.builder();
    responses.forEach(evidence::response);
    return VALIDATOR.validate(question, evidence.build(), Offline.AT);
  }

  @FuzzTest
  void editedResponses_areJudgedTruly(FuzzedDataProvider data) {
    int number = data.consumeInt(0, QUESTIONS.size() - 1);
    Map<Question, byte[]> responses = new LinkedHashMap<>(RESPONSES.get(number));
    List<Question> asked = new ArrayList<>(responses.keySet());
    while (data.remainingBytes() > 4) {
      Question victim = data.pickValue(asked);
      byte[] octets = responses.getOrDefault(victim, new byte[0]);
      responses.put(victim, edited(octets, data));
    }
    ValidationResult result = judge(QUESTIONS.get(number), responses);
    boolean untrue =
        result instanceof Secure secure && !isSame(secure.answer(), ANSWERS.get(number));
    if (untrue || result instanceof Insecure) {
      throw new AssertionError(result.explanation());
    }
    if (result.explanation().isEmpty()) {
      throw new AssertionError("a verdict explains itself");
    }
  }

  /** The TTL may be shorter, and names may change their case. */
  private static boolean isSame(Answer one, Answer other) {
    return (one instanceof Answer.Positive data && other instanceof Answer.Positive truth)
        ? data.name().equals(truth.name()) && data.rrset().rdata().equals(truth.rrset().rdata())
        : one.equals(other);
  }

  private static byte[] edited(byte[] octets, FuzzedDataProvider data) {
    byte[] edited = octets.clone();
    return switch (data.consumeInt(0, 3)) {
      case 0 -> data.consumeBytes(512);
      case 1 -> Arrays.copyOf(edited, data.consumeInt(0, edited.length));
      default -> {
        if (edited.length > 0) {
          edited[data.consumeInt(0, edited.length - 1)] = data.consumeByte();
        }
        yield edited;
      }
    };
  }
}
