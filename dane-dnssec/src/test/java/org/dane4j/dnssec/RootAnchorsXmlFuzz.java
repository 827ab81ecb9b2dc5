// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Jazzer edits the file of trust anchors that IANA publishes, and looks for an exception other than
 * the one that is promised. Not among the default tests: the Maven profile {@code fuzz} runs it.
 */
class RootAnchorsXmlFuzz {

  private static final String GOOD =
      """
      <TrustAnchor id="1" source="http://data.iana.org/root-anchors/root-anchors.xml">
        <Zone>.</Zone>
        <KeyDigest id="a" validFrom="2017-02-02T00:00:00Z" validUntil="2019-01-11T00:00:00+00:00">
          <KeyTag>20326</KeyTag><Algorithm>8</Algorithm><DigestType>2</DigestType>
          <Digest>abababababababababababababababababababababababababababababababab</Digest>
        </KeyDigest>
        <KeyDigest id="b" validFrom="2017-02-02T00:00:00Z">
          <KeyTag>20326</KeyTag><Algorithm>8</Algorithm><DigestType>2</DigestType>
          <Digest>abababababababababababababababababababababababababababababababab</Digest>
        </KeyDigest>
      </TrustAnchor>
      """;

  @FuzzTest
  void anyFile_isReadOrRefusedWithAdvice(FuzzedDataProvider data) {
    String text = GOOD;
    while (data.remainingBytes() > 0) {
      int from = data.consumeInt(0, text.length());
      int to = Math.min(text.length(), from + data.consumeInt(0, 20));
      text = text.substring(0, from) + data.consumeString(20) + text.substring(to);
    }
    try {
      TrustAnchors anchors = TrustAnchors.fromRootAnchorsXml(text, Offline.AT);
      if (!anchors.toString().contains("DS")) {
        throw new AssertionError("what is read has an anchor, not " + anchors);
      }
    } catch (IllegalArgumentException e) {
      if (e.getMessage() == null || e.getMessage().contains("\n")) {
        throw new AssertionError("a refusal says what is wrong, in a line", e);
      }
    }
  }
}
