// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.dane4j.tlsa.Octets;
import org.xbill.DNS.Type;

/**
 * Jazzer writes evidence, bundles and chains, and looks for anything but a verdict or the declared
 * exception. Not among the default tests: the Maven profile {@code fuzz} runs it.
 */
class EvidenceFuzz {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");
  private static final Question QUESTION = Question.of("_25._tcp.mx.example", Type.TLSA);
  private static final ChainValidator VALIDATOR = ChainValidator.trusting(TrustAnchors.iana());

  @FuzzTest
  void anyOctetsAreJudgedOrRefused(FuzzedDataProvider data) {
    int form = data.consumeInt(0, 4);
    try {
      switch (form) {
        case 0 -> evidence(data.consumeRemainingAsBytes());
        case 1 -> bundle(data.consumeRemainingAsBytes());
        case 2 -> chain(data.consumeRemainingAsBytes());
        case 3 -> evidence(changed(observations(data).toBytes(), data));
        default -> bundle(changed(bundled(observations(data), data).toBytes(), data));
      }
    } catch (MalformedEvidenceException e) {
      // Refused, as it may be.
    }
  }

  /** What the formats need, so that more of the input gets behind it. */
  private static Evidence observations(FuzzedDataProvider data) {
    FetchFailure failure = data.pickValue(FetchFailure.values());
    return Evidence.builder()
        .response(QUESTION, data.consumeBytes(data.consumeInt(0, 400)))
        .failure(Question.of("example", Type.DS), failure, data.consumeString(20))
        .build();
  }

  private static EvidenceBundle bundled(Evidence evidence, FuzzedDataProvider data) {
    Octets attachment = Octets.of(data.consumeBytes(data.consumeInt(0, 20)));
    return new EvidenceBundle(
        AT, TrustAnchors.iana(), evidence, new TreeMap<>(Map.of("a", attachment)));
  }

  private static byte[] changed(byte[] octets, FuzzedDataProvider data) {
    octets[data.consumeInt(0, octets.length - 1)] ^= data.consumeByte();
    return octets;
  }

  private static void evidence(byte[] octets) throws MalformedEvidenceException {
    judge(Evidence.read(octets), octets);
  }

  private static void bundle(byte[] octets) throws MalformedEvidenceException {
    Evidence evidence = EvidenceBundle.read(octets).evidence();
    judge(evidence, evidence.toBytes());
  }

  private static void chain(byte[] octets) throws MalformedEvidenceException {
    refuseProof(AuthenticationChain.read(octets).validate(QUESTION, VALIDATOR, AT));
  }

  private static void judge(Evidence evidence, byte[] octets) {
    if (!Arrays.equals(evidence.toBytes(), octets)) {
      throw new AssertionError("evidence has two forms");
    }
    evidence.questions().forEach(one -> refuseProof(VALIDATOR.validate(one, evidence, AT)));
  }

  /** Nobody but the root zone's owner can make a signature by its keys. */
  private static void refuseProof(ValidationResult result) {
    boolean proven =
        result instanceof ValidationResult.Secure || result instanceof ValidationResult.Insecure;
    if (proven || result.explanation().isBlank()) {
      throw new AssertionError(result);
    }
  }
}
