// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Jazzer edits the file that remembers how far a domain is on its way to DANE, and looks for an
 * exception other than the one that is promised, or a state that is another one when it is read
 * again. Not among the default tests: the Maven profile {@code fuzz} runs it.
 */
class StateTextFuzz {

  private static final String GOOD =
      """
      dane4j enablement, version 2
      domain example.org.
      port 25
      target provider a.mx.example.net.
      ttl-while-changing 60
      ttl-at-rest 3600
      uses-old-host the gateway
      stage old-host-idle
      origin-zone unsigned
      origin-mx 10 mx.example.org.
      origin-tlsa _25._tcp.mx.example.org. TLSA 600 signed: 3 1 1 ab | 3 1 1 cd
      last-look 2030-01-01T00:00:00Z
      held example.org. MX 3600 signed until 2030-01-01T01:00:00Z: 10 a.example.org. | 20 b.
      held _25._tcp.mx.example.org. TLSA 60 unsigned served: none
      """;

  @FuzzTest
  void anyFile_isReadOrRefusedWithAdvice(FuzzedDataProvider data) throws StateFormatException {
    String text = GOOD;
    while (data.remainingBytes() > 0) {
      int from = data.consumeInt(0, text.length());
      int to = Math.min(text.length(), from + data.consumeInt(0, 20));
      text = text.substring(0, from) + data.consumeString(20) + text.substring(to);
    }
    EnablementState state;
    try {
      state = StateText.read(text);
    } catch (StateFormatException e) {
      if (e.getMessage() == null) {
        throw new AssertionError("a refusal says what is wrong", e);
      }
      return;
    }
    if (!StateText.read(StateText.write(state)).equals(state)) {
      throw new AssertionError("the state has changed: " + StateText.write(state));
    }
  }
}
