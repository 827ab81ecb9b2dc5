// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Jazzer edits MTA-STS policies, and looks for an exception other than that of a bad policy. Not
 * among the default tests: the Maven profile {@code fuzz} runs it.
 */
class PolicyTextFuzz {

  private static final byte[] GOOD =
      "version: STSv1\r\nmode: enforce\r\nmx: *.example.org\nmx: mx.example.net\nmax_age: 604800\n"
          .getBytes(StandardCharsets.US_ASCII);

  @FuzzTest
  void anyOctetsAreAPolicyOrNone(FuzzedDataProvider data) {
    byte[] octets = GOOD;
    while (data.remainingBytes() > 0) {
      int from = data.consumeInt(0, octets.length);
      int to = Math.min(octets.length, from + data.consumeInt(0, 20));
      ByteArrayOutputStream edited = new ByteArrayOutputStream();
      edited.writeBytes(Arrays.copyOf(octets, from));
      edited.writeBytes(data.consumeBytes(data.consumeInt(0, 20)));
      edited.writeBytes(Arrays.copyOfRange(octets, to, octets.length));
      octets = edited.toByteArray();
    }
    try {
      if (PolicyText.parse(octets).toString().chars().anyMatch(c -> c < ' ')) {
        throw new AssertionError("a policy that cannot be shown");
      }
    } catch (IOException e) {
      if (e.getMessage() == null) {
        throw new AssertionError("a refusal says what is wrong", e);
      }
    }
  }
}
