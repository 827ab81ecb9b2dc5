// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * Jazzer writes what a server says, and looks for an exception that is none of the connection, or a
 * reply that could not be shown. Not among the default tests: the Maven profile {@code fuzz} runs
 * it.
 */
class ReplyReaderFuzz {

  @FuzzTest
  void anyOctetsAreRepliesOrNone(byte[] octets) {
    ReplyReader reader = new ReplyReader(new ByteArrayInputStream(octets));
    try {
      while (true) {
        check(reader.read());
      }
    } catch (IOException e) {
      // The end, or no reply.
    }
  }

  private static void check(SmtpReply reply) {
    boolean printable = reply.toString().chars().allMatch(c -> c >= ' ' && c < 0x7f);
    boolean known = reply.code() >= 200 && reply.code() < 600;
    boolean ofItsClass =
        reply
            .enhancedStatus()
            .map(status -> status.charAt(0) - '0' == reply.code() / 100)
            .orElse(true);
    if (!printable || !known || !ofItsClass) {
      throw new AssertionError(reply.toString());
    }
    // What EHLO offers is read from such a reply.
    Extensions extensions = Extensions.of(reply);
    if (extensions.sizeLimit().orElse(1) < 1) {
      throw new AssertionError(extensions.toString());
    }
  }
}
