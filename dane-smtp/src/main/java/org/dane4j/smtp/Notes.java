// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import org.dane4j.dnssec.MalformedEvidenceException;
import org.dane4j.tlsa.Octets;

/**
 * Texts and octets that are attached to DNS evidence under names with a common beginning. What is
 * read ends up on terminals, so that no text may have control characters.
 */
final class Notes {

  private static final int LONGEST_TEXT = 1 << 16;

  private final SortedMap<String, Octets> attachments;
  private final String prefix;

  Notes(SortedMap<String, Octets> attachments, String prefix) {
    this.attachments = attachments;
    this.prefix = prefix;
  }

  void put(String name, String text) {
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .limit(LONGEST_TEXT / 4)
        .map(c -> isPrintable(c) ? c : '?')
        .forEach(printable::appendCodePoint);
    put(name, Octets.of(printable.toString().getBytes(StandardCharsets.UTF_8)));
  }

  void put(String name, int number) {
    put(name, String.valueOf(number));
  }

  void put(String name, Octets octets) {
    attachments.put(prefix + name, octets);
  }

  boolean has(String name) {
    return attachments.containsKey(prefix + name);
  }

  String text(String name) throws MalformedEvidenceException {
    byte[] octets = octets(name).toByteArray();
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
      if (octets.length <= LONGEST_TEXT && text.codePoints().allMatch(Notes::isPrintable)) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // Said below.
    }
    throw malformed(name, "is no printable text in UTF-8");
  }

  private static boolean isPrintable(int c) {
    if (c == '\n') {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> false;
      default -> true;
    };
  }

  Octets octets(String name) throws MalformedEvidenceException {
    Octets octets = attachments.get(prefix + name);
    if (octets == null) {
      throw malformed(name, "is missing");
    }
    return octets;
  }

  int number(String name) throws MalformedEvidenceException {
    try {
      return Integer.parseInt(text(name));
    } catch (NumberFormatException e) {
      throw malformed(name, "is no number");
    }
  }

  InetAddress address(String name) throws MalformedEvidenceException {
    try {
      return InetAddress.getByAddress(octets(name).toByteArray());
    } catch (UnknownHostException e) {
      throw malformed(name, "is no IP address");
    }
  }

  <T extends Enum<T>> T constant(String name, T[] constants) throws MalformedEvidenceException {
    String text = text(name);
    for (T constant : constants) {
      if (constant.name().equals(text)) {
        return constant;
      }
    }
    throw malformed(name, "is not known");
  }

  private MalformedEvidenceException malformed(String name, String problem) {
    return new MalformedEvidenceException("attachment '" + prefix + name + "' " + problem);
  }
}
