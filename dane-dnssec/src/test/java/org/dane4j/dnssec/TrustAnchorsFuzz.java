// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Jazzer writes trust anchors, and looks for an exception other than the one that is promised. Not
 * among the default tests: the Maven profile {@code fuzz} runs it.
 */
class TrustAnchorsFuzz {

  private static final String GOOD = ". IN DS 20326 8 2 " + "ab".repeat(32);

  @FuzzTest
  void anyText_isReadOrRefusedWithAdvice(FuzzedDataProvider data) {
    String before = data.consumeString(100);
    String text = data.consumeBoolean() ? before + "\n" + GOOD : before;
    try {
      TrustAnchors anchors = TrustAnchors.parse(text + data.consumeRemainingAsString());
      if (anchors.toString().isEmpty()) {
        throw new AssertionError("anchors are named");
      }
    } catch (IllegalArgumentException e) {
      if (e.getMessage() == null) {
        throw new AssertionError("a refusal says what is wrong", e);
      }
    }
  }
}
