// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.dane4j.dnssec.wire.WireName;
import org.xbill.DNS.Name;

/**
 * Reads octets from front to end. Every length is checked before anything is allocated for it.
 * Numbers are in network byte order.
 */
final class OctetReader {

  private final byte[] octets;
  private int at;

  OctetReader(byte[] octets) {
    this.octets = octets;
  }

  int at() {
    return at;
  }

  boolean hasMore() {
    return at < octets.length;
  }

  /** Reads what says which format this is, and of which version. */
  void header(byte[] magic, int version, String format) throws MalformedEvidenceException {
    if (octets.length < magic.length
        || !Arrays.equals(magic, Arrays.copyOf(octets, magic.length))) {
      throw malformed("this is no " + format);
    }
    at = magic.length;
    int given = u16("the version");
    if (given != version) {
      at = magic.length;
      throw malformed("version " + given + " of a " + format + " is not known, only " + version);
    }
  }

  int u8(String what) throws MalformedEvidenceException {
    need(1, what);
    return octets[at++] & 0xff;
  }

  int u16(String what) throws MalformedEvidenceException {
    return (int) number(2, what);
  }

  long u32(String what) throws MalformedEvidenceException {
    return number(4, what);
  }

  private long number(int length, String what) throws MalformedEvidenceException {
    need(length, what);
    long number = 0;
    for (int i = 0; i < length; i++) {
      number = number << 8 | (octets[at++] & 0xff);
    }
    return number;
  }

  /** Reads a number that is a count or a length, and not above a maximum. */
  int upTo(int maximum, long number, String what) throws MalformedEvidenceException {
    if (number > maximum) {
      throw malformed(what + " is " + number + ", and " + maximum + " is the maximum");
    }
    return (int) number;
  }

  byte[] octets(int length, String what) throws MalformedEvidenceException {
    need(length, what);
    at += length;
    return Arrays.copyOfRange(octets, at - length, at);
  }

  /** Reads text in UTF-8. */
  String text(int length, String what) throws MalformedEvidenceException {
    need(length, what);
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(octets, at, length))
              .toString();
      at += length;
      return text;
    } catch (CharacterCodingException e) {
      throw malformed(what + " is not in UTF-8");
    }
  }

  /** Reads a domain name without compression. */
  Name name(String what) throws MalformedEvidenceException {
    Name name = WireName.read(octets, at);
    if (name == null) {
      throw malformed(what + " is no uncompressed domain name");
    }
    at += name.length();
    return name;
  }

  /** Checks that nothing is left. */
  void end() throws MalformedEvidenceException {
    if (hasMore()) {
      throw malformed("there are " + (octets.length - at) + " octets behind the end");
    }
  }

  MalformedEvidenceException malformed(String reason) {
    return new MalformedEvidenceException(reason, at);
  }

  private void need(int length, String what) throws MalformedEvidenceException {
    if (octets.length - at < length) {
      throw malformed("the octets end before the end of " + what);
    }
  }
}
