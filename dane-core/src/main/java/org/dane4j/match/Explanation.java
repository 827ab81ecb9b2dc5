// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.ArrayList;
import java.util.List;
import org.dane4j.tlsa.CertificateUsage;
import org.dane4j.tlsa.MatchingType;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.Selector;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;

/** The parts that explanations of results have in common. */
final class Explanation {

  /** An RRset of 64 KiB may hold 1800 records; nobody reads that many lines. */
  private static final int MAX_LINES = 50;

  private Explanation() {}

  /** What is said in one go, and a line for each record that it does not speak of. */
  static String of(String headline, TlsaRrset rrset, List<RecordOutcome> outcomes) {
    List<String> lines = new ArrayList<>();
    lines.add(headline);
    outcomes.stream().limit(MAX_LINES).forEach(o -> lines.add("- " + o.explanation()));
    if (outcomes.size() > MAX_LINES) {
      lines.add("- and %s more records".formatted(outcomes.size() - MAX_LINES));
    }
    rrset.malformed().stream()
        .limit(MAX_LINES)
        .forEach(
            rdata ->
                lines.add(
                    "- RDATA \"%s\" is unusable: a record has at least three octets (RFC 6698 §2.1)."
                        .formatted(rdata)));
    return String.join("\n", lines);
  }

  /** A line that says what to publish; not as trust on first sight: the peer may be an impostor. */
  static String advice(TlsaRrset rrset, ChainCertificate leaf) {
    return leaf.spkiSha256()
        .map(
            digest ->
                ("\nIf the key of %s is yours, publish: %s IN TLSA %s and wait until what was"
                        + " published before has left all caches; if it is not, somebody stands"
                        + " between.")
                    .formatted(leaf, rrset.owner(), daneEe(digest)))
        .orElse("");
  }

  private static TlsaRecord daneEe(Octets digest) {
    return new TlsaRecord(CertificateUsage.DANE_EE, Selector.SPKI, MatchingType.SHA2_256, digest);
  }
}
