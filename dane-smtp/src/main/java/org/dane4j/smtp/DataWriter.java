// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.io.IOException;
import java.util.Arrays;

/**
 * Encodes the content of a message as DATA: every line end becomes CRLF, and a dot at the start of
 * a line is doubled (RFC 5321 §2.3.8, §4.5.2). A lone CR or LF counts as a line end, so that no
 * server can read another end of the message into it than was meant.
 */
final class DataWriter {

  /** The most octets that are encoded at a time. */
  static final int BLOCK = 64 * 1024;

  private final byte[] encoded = new byte[2 * BLOCK + 2];
  private int length;
  private boolean lineStart = true;
  private boolean afterCr;
  private boolean inHeader = true;
  private boolean eightBit;
  private boolean utf8Header;
  private long size;

  /** Encodes a block, behind what was encoded and not yet written. */
  void encode(byte[] octets, int count) {
    for (int i = 0; i < count; i++) {
      byte octet = octets[i];
      boolean secondHalf = afterCr && octet == '\n';
      afterCr = octet == '\r';
      if (secondHalf) {
        continue;
      }
      if (octet == '\r' || octet == '\n') {
        endLine();
      } else {
        if (lineStart && octet == '.') {
          encoded[length++] = '.';
        }
        encoded[length++] = octet;
        size++;
        eightBit |= octet < 0;
        utf8Header |= inHeader && octet < 0;
        lineStart = false;
      }
    }
  }

  private void endLine() {
    encoded[length++] = '\r';
    encoded[length++] = '\n';
    size += 2;
    // RFC 5322 §2.1: the first empty line ends the header.
    inHeader &= !lineStart;
    lineStart = true;
  }

  /** Ends the last line, if it is not ended; the final dot is the caller's. */
  void endLastLine() {
    if (!lineStart) {
      endLine();
    }
  }

  /** Writes what was encoded. */
  void writeTo(SmtpChannel channel) throws IOException {
    channel.write(encoded, length);
    length = 0;
  }

  /** Forgets what was encoded; the facts remain. */
  void discard() {
    length = 0;
  }

  /** Returns what was encoded and not yet written. */
  byte[] encoded() {
    return Arrays.copyOf(encoded, length);
  }

  /** Returns what is known of the content up to here. */
  ContentFacts facts() {
    return new ContentFacts(size, eightBit, utf8Header);
  }
}
