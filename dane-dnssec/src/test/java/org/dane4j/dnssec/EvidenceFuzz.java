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
  void evidence(byte[] octets) {
    try {
      judge(Evidence.read(octets), octets);
    } catch (MalformedEvidenceException e) {
      // Refused, as it may be.
    }
  }

  /** Begins with what the format needs, so that more of the input gets behind it. */
  @FuzzTest
  void observations(FuzzedDataProvider data) {
    Evidence.Builder evidence =
        Evidence.builder()
            .response(QUESTION, data.consumeBytes(data.consumeInt(0, 400)))
            .failure(
                Question.of("example", Type.DS),
                data.pickValue(FetchFailure.values()),
                data.consumeString(20));
    byte[] octets = evidence.build().toBytes();
    int place = data.consumeInt(0, octets.length - 1);
    octets[place] ^= data.consumeByte();
    evidence(octets);
    bundle(
        new EvidenceBundle(
                AT,
                TrustAnchors.iana(),
                evidence.build(),
                new TreeMap<>(Map.of("a", Octets.of(data.consumeRemainingAsBytes()))))
            .toBytes());
  }

  @FuzzTest
  void bundle(byte[] octets) {
    try {
      EvidenceBundle bundle = EvidenceBundle.read(octets);
      judge(bundle.evidence(), bundle.evidence().toBytes());
    } catch (MalformedEvidenceException e) {
      // Refused, as it may be.
    }
  }

  @FuzzTest
  void chain(byte[] octets) {
    try {
      AuthenticationChain chain = AuthenticationChain.read(octets);
      refuseProof(chain.validate(QUESTION, VALIDATOR, AT));
    } catch (MalformedEvidenceException e) {
      // Refused, as it may be.
    }
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
