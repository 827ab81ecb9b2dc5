// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads replies, within bounds, from a stream that may hold anything. */
final class ReplyReader {

  /** RFC 5321 §4.5.3.1.5 allows 512; some servers write more. */
  private static final int MAX_LINE = 2048;

  private static final int MAX_LINES = 128;

  private final InputStream in;
  private final byte[] buffer = new byte[4096];
  private int position;
  private int limit;

  ReplyReader(InputStream in) {
    this.in = in;
  }

  /**
   * Reads one reply.
   *
   * @throws MalformedReplyException if it is none
   * @throws IOException if the connection ends
   */
  SmtpReply read() throws IOException {
    List<String> lines = new ArrayList<>(1);
    int code = 0;
    while (lines.size() < MAX_LINES) {
      String line = line();
      int lineCode = code(line);
      if (code != 0 && lineCode != code) {
        throw new MalformedReplyException("the lines of one reply have several codes: " + line);
      }
      code = lineCode;
      lines.add(line.length() > 4 ? line.substring(4) : "");
      if (line.length() == 3 || line.charAt(3) == ' ') {
        return new SmtpReply(code, lines);
      }
    }
    throw new MalformedReplyException("a reply of more than " + MAX_LINES + " lines");
  }

  /** Whether more was received than the replies that were read. */
  boolean hasMore() throws IOException {
    return position < limit || in.available() > 0;
  }

  private static int code(String line) throws MalformedReplyException {
    boolean digits =
        line.length() >= 3 && line.chars().limit(3).allMatch(c -> c >= '0' && c <= '9');
    boolean separated =
        line.length() == 3 || (line.length() > 3 && " -".indexOf(line.charAt(3)) >= 0);
    if (!digits || !separated || line.charAt(0) < '2' || line.charAt(0) > '5') {
      throw new MalformedReplyException("not an SMTP reply: " + line);
    }
    return Integer.parseInt(line.substring(0, 3));
  }

  /** Reads a line, and makes it printable: what a server writes ends up in logs. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int octet = next(); octet != '\n'; octet = next()) {
      if (line.length() >= MAX_LINE) {
        throw new MalformedReplyException("a line of more than " + MAX_LINE + " octets");
      }
      line.append(octet >= ' ' && octet < 0x7f ? (char) octet : octet == '\r' ? '\r' : '?');
    }
    int end = line.length();
    if (end > 0 && line.charAt(end - 1) == '\r') {
      line.setLength(end - 1);
    }
    return line.toString().replace('\r', '?');
  }

  private int next() throws IOException {
    if (position == limit) {
      position = 0;
      limit = Math.max(0, in.read(buffer));
      if (limit == 0) {
        throw new ConnectionEndedException();
      }
    }
    return buffer[position++] & 0xff;
  }
}
