// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.replay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TTL;
import org.xbill.DNS.Type;

/** Reads resource records in presentation form, generously. */
final class RrText {

  private static final long DEFAULT_TTL = 3600;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
  private static final List<String> ALGORITHMS =
      List.of(
          "RSAMD5 1",
          "DH 2",
          "DSA 3",
          "RSASHA1 5",
          "DSA-NSEC3-SHA1 6",
          "DSA_NSEC3 6",
          "DSA-NSEC3 6",
          "RSASHA1-NSEC3-SHA1 7",
          "RSASHA1_NSEC3 7",
          "RSASHA1-NSEC3 7",
          "NSEC3RSASHA1 7",
          "NSEC3DSA 6",
          "RSASHA256 8",
          "RSASHA512 10",
          "ECC-GOST 12",
          "ECCGOST 12",
          "GOST 12",
          "ECDSAP256SHA256 13",
          "ECDSAP384SHA384 14",
          "ED25519 15",
          "ED448 16",
          "INDIRECT 252",
          "PRIVATEDNS 253",
          "PRIVATEOID 254");

  private RrText() {}

  /** Returns the line without its comment; a semicolon within quotes is none. */
  static String withoutComment(String line) {
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ';' && !quoted) {
        return line.substring(0, i);
      }
    }
    return line;
  }

  /** Returns the words of a line; a quoted string is one word, parentheses are none. */
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\\' && i + 1 < line.length()) {
        word.append(c).append(line.charAt(++i));
        continue;
      }
      quoted ^= c == '"';
      if (!quoted && (Character.isWhitespace(c) || c == '(' || c == ')')) {
        if (!word.isEmpty()) {
          words.add(word.toString());
          word.setLength(0);
        }
      } else {
        word.append(c);
      }
    }
    if (!word.isEmpty()) {
      words.add(word.toString());
    }
    return words;
  }

  static Name name(String text) throws IOException {
    return Name.fromString(text, Name.root);
  }

  /** Returns the number of a type by its mnemonic, or by the form TYPE123. */
  static int type(String mnemonic) {
    String upper = mnemonic.toUpperCase(Locale.ROOT);
    return upper.equals("DLV") ? 32769 : Type.value(upper);
  }

  /** Reads owner, TTL, class, type and RDATA; empty if the line is no record of class IN. */
  static Optional<Rr> parse(String line) {
    List<String> words = words(withoutComment(line));
    try {
      int at = 1;
      long ttl = DEFAULT_TTL;
      int dclass = DClass.IN;
      for (; at < words.size(); at++) {
        String word = words.get(at);
        if (Character.isDigit(word.charAt(0))) {
          ttl = TTL.parse(word, true);
        } else if (DClass.value(word.toUpperCase(Locale.ROOT)) >= 0 && type(word) < 0) {
          dclass = DClass.value(word.toUpperCase(Locale.ROOT));
        } else {
          break;
        }
      }
      if (at >= words.size() || dclass != DClass.IN) {
        return Optional.empty();
      }
      Name owner = name(words.get(0));
      int type = type(words.get(at));
      byte[] rdata = rdata(owner, type, words.subList(at + 1, words.size()));
      return Optional.of(Rr.of(owner, type, ttl, rdata));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static byte[] rdata(Name owner, int type, List<String> words) throws IOException {
    if (!words.isEmpty() && words.get(0).equals("\\#")) {
      return HexFormat.of().parseHex(String.join("", words.subList(2, words.size())));
    }
    if (type == Type.RRSIG || type == Type.SIG) {
      return rrsig(words);
    }
    if (type == Type.DS || type == Type.CDS || type == Type.DLV) {
      return ds(words);
    }
    List<String> numeric = new ArrayList<>(words);
    boolean isKey = type == Type.DNSKEY || type == Type.CDNSKEY || type == Type.KEY;
    if (isKey && numeric.size() > 2) {
      numeric.set(2, Integer.toString(algorithm(numeric.get(2))));
    }
    // Some files have an SOA record with a number more than there are.
    int fields = type == Type.SOA ? Math.min(7, numeric.size()) : numeric.size();
    String text = String.join(" ", numeric.subList(0, fields));
    Record parsed = Record.fromString(owner, type, DClass.IN, 0, text, Name.root);
    byte[] wire = parsed.toWire(Section.ANSWER);
    int head = owner.length() + 10;
    return Arrays.copyOfRange(wire, head, wire.length);
  }

  /** A digest of any length: that it does not fit its type is for the validator to find. */
  private static byte[] ds(List<String> words) {
    byte[] digest = HexFormat.of().parseHex(String.join("", words.subList(3, words.size())));
    ByteBuffer rdata = ByteBuffer.allocate(4 + digest.length);
    rdata.putShort((short) Integer.parseInt(words.get(0)));
    rdata.put((byte) algorithm(words.get(1))).put((byte) Integer.parseInt(words.get(2)));
    return rdata.put(digest).array();
  }

  private static byte[] rrsig(List<String> words) throws IOException {
    ByteBuffer fixed = ByteBuffer.allocate(18);
    fixed.putShort((short) type(words.get(0)));
    fixed.put((byte) algorithm(words.get(1)));
    fixed.put((byte) Integer.parseInt(words.get(2)));
    fixed.putInt((int) TTL.parse(words.get(3), false));
    fixed.putInt(time(words.get(4))).putInt(time(words.get(5)));
    fixed.putShort((short) Integer.parseInt(words.get(6)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(fixed.array());
    out.writeBytes(name(words.get(7)).toWire());
    String signature = String.join("", words.subList(8, words.size()));
    out.writeBytes(Base64.getDecoder().decode(signature));
    return out.toByteArray();
  }

  private static int time(String text) {
    return text.length() == 14
        ? (int) LocalDateTime.parse(text, TIME).toEpochSecond(ZoneOffset.UTC)
        : (int) Long.parseLong(text);
  }

  private static int algorithm(String text) {
    for (String line : ALGORITHMS) {
      String[] pair = line.split(" ", 2);
      if (pair[0].equalsIgnoreCase(text)) {
        return Integer.parseInt(pair[1]);
      }
    }
    return Integer.parseInt(text);
  }
}
