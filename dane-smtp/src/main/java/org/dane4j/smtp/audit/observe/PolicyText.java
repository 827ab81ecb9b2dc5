// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy.Fetched;
import org.dane4j.smtp.internal.WhiteSpace;

/** Reads the text of an MTA-STS policy, by the letter of RFC 8461 §3.2. */
final class PolicyText {

  /** RFC 8461 §3.3 suggests 64 kilobytes. */
  static final int MAX_OCTETS = 64 * 1024;

  /** RFC 8461 §3.2: a bit more than a year. */
  private static final long LONGEST_AGE = 31_557_600;

  /** RFC 1035 §3.1, in writing, and an asterisk before it. */
  private static final int LONGEST_NAME = 255;

  /** So much of what is wrong is shown. */
  private static final int SHOWN = 100;

  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,31}");
  private static final Pattern VALUE = Pattern.compile("\\P{Cntrl}+");

  /** RFC 5321 §4.1.2, behind a wildcard or not. */
  private static final Pattern MX =
      Pattern.compile("(\\*\\.)?" + label() + "(\\." + label() + ")*");

  private static final Pattern AGE = Pattern.compile("[0-9]{1,10}");

  private PolicyText() {}

  private static String label() {
    return "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  }

  static Fetched parse(byte[] octets) throws IOException {
    Map<String, String> fields = new HashMap<>();
    List<String> mx = new ArrayList<>();
    for (String line : lines(octets)) {
      int colon = line.indexOf(':');
      String key = line.substring(0, Math.max(0, colon));
      String value = WhiteSpace.strip(line.substring(colon + 1));
      // One after the other: an expression for the whole line could be made to search for ever.
      if (!KEY.matcher(key).matches() || !VALUE.matcher(value).matches()) {
        throw new IOException(quoted(line) + " is not a field of the form 'key: value'");
      }
      if (key.equals("mx")) {
        mx.add(pattern(value));
      } else {
        // RFC 8461 §3.2: of fields that are repeated all but the first are ignored.
        fields.putIfAbsent(key, value);
      }
    }
    return policy(fields, mx);
  }

  private static List<String> lines(byte[] octets) throws IOException {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("it is not in UTF-8", e);
    }
    List<String> lines = new ArrayList<>(List.of(text.split("\r?\n", -1)));
    if (lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    return lines;
  }

  private static String pattern(String value) throws IOException {
    if (value.length() > LONGEST_NAME || !MX.matcher(value).matches()) {
      throw new IOException("mx " + quoted(value) + " is neither a host name nor *. and a domain");
    }
    return value;
  }

  private static String quoted(String text) {
    return "'" + (text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…") + "'";
  }

  private static Fetched policy(Map<String, String> fields, List<String> mx) throws IOException {
    if (!"STSv1".equals(fields.get("version"))) {
      throw new IOException("it has no 'version: STSv1'");
    }
    String mode = fields.getOrDefault("mode", "");
    if (!Set.of("enforce", "testing", "none").contains(mode)) {
      throw new IOException("its mode is " + quoted(mode) + ", not enforce, testing or none");
    }
    String age = fields.getOrDefault("max_age", "");
    if (!AGE.matcher(age).matches() || Long.parseLong(age) > LONGEST_AGE) {
      throw new IOException("its max_age is " + quoted(age) + ", not seconds up to " + LONGEST_AGE);
    }
    if (mx.isEmpty() && !mode.equals("none")) {
      throw new IOException("it has no mx, and its mode is not none");
    }
    return new Fetched(mode, Long.parseLong(age), mx);
  }
}
