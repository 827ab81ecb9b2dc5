// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes the content of a message as DATA: every line end becomes CRLF, and a dot at the start of a
 * line is doubled (RFC 5321 §2.3.8, §4.5.2). A lone CR or LF counts as a line end, so that no
 * server can read another end of the message into it than was meant.
 */
final class DataWriter {

  private final OutputStream out;
  private boolean lineStart = true;
  private boolean afterCr;

  DataWriter(OutputStream out) {
    this.out = out;
  }

  void write(byte[] octets, int length) throws IOException {
    for (int i = 0; i < length; i++) {
      byte octet = octets[i];
      boolean secondHalf = afterCr && octet == '\n';
      afterCr = octet == '\r';
      if (secondHalf) {
        continue;
      }
      if (octet == '\r' || octet == '\n') {
        out.write('\r');
        out.write('\n');
        lineStart = true;
      } else {
        if (lineStart && octet == '.') {
          out.write('.');
        }
        out.write(octet);
        lineStart = false;
      }
    }
  }

  /** Ends the last line, if it is not ended; the final dot is the caller's. */
  void endLastLine() throws IOException {
    if (!lineStart) {
      out.write('\r');
      out.write('\n');
      lineStart = true;
    }
  }
}
