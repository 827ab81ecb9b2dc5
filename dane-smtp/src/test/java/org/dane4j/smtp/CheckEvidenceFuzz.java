// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.dane4j.dnssec.Evidence;
import org.dane4j.dnssec.EvidenceBundle;
import org.dane4j.dnssec.MalformedEvidenceException;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.tlsa.Octets;

/**
 * Jazzer writes what a saved check says of the check, and looks for an exception other than the one
 * that is promised, or DANE without any DNS evidence. Not among the default tests: the Maven
 * profile {@code fuzz} runs it.
 */
class CheckEvidenceFuzz {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

  private static final List<String> NAMES =
      List.of(
          "next-hop.host",
          "next-hop.literal",
          "next-hop.submission",
          "host.00.name",
          "host.00.port",
          "host.00.tls-mode",
          "host.00.address",
          "host.00.cause",
          "host.00.explanation",
          "host.00.tls.protocol",
          "host.00.tls.certificate.00",
          "policy.mode");

  @FuzzTest
  void anyNotes_areReplayedOrRefused(FuzzedDataProvider data) {
    SortedMap<String, Octets> notes = new TreeMap<>();
    put(notes, "policy.mode", "OPPORTUNISTIC");
    put(notes, "policy.insecure-mx", "ENCRYPT");
    put(notes, "next-hop.domain", "example.org");
    put(notes, "next-hop.port", "25");
    while (data.remainingBytes() > 0) {
      notes.put(data.pickValue(NAMES), Octets.of(data.consumeBytes(data.consumeInt(0, 40))));
    }
    Evidence nothing = Evidence.builder().build();
    byte[] octets = new EvidenceBundle(AT, TrustAnchors.iana(), nothing, notes).toBytes();
    try {
      CheckResult result = CheckEvidence.read(octets).replay(AT);
      Verdict verdict = result.verdict();
      if (verdict == Verdict.DANE_VERIFIED || verdict == Verdict.DANE_HOST_VERIFIED) {
        throw new AssertionError(result);
      }
    } catch (MalformedEvidenceException e) {
      // Refused, as it may be.
    }
  }

  private static void put(SortedMap<String, Octets> notes, String name, String text) {
    notes.put(name, Octets.of(text.getBytes(StandardCharsets.UTF_8)));
  }
}
