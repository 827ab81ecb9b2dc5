// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;

/** Files with the TLSA records that are published, given by {@code --current}. */
final class CurrentRecords {

  /** A line of a zone file: what is before the type, and what is behind it. */
  private static final Pattern LINE =
      Pattern.compile(
          "(\\S*)(?:\\s+\\S+){0,2}?\\s+(?:TLSA|TYPE52)\\s+(.*)", Pattern.CASE_INSENSITIVE);

  /** RFC 3597 §5. */
  private static final Pattern GENERIC = Pattern.compile("\\\\#\\s+\\d+\\s+([0-9a-fA-F\\s]+)");

  private CurrentRecords() {}

  /** Reads lines of a zone file, or what stands in them after the type. */
  static List<TlsaRecord> read(Path file, TlsaOwnerName owner) {
    String text =
        new String(KeyFiles.contents("--current", file).toByteArray(), StandardCharsets.ISO_8859_1);
    List<TlsaRecord> records = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String bare = line.replaceFirst(";.*", "").stripTrailing();
      if (!bare.isBlank()) {
        records.add(record("--current %s: line %s".formatted(file, number), bare, owner));
      }
    }
    return records;
  }

  private static TlsaRecord record(String where, String line, TlsaOwnerName owner) {
    Matcher zone = LINE.matcher(line);
    boolean isZoneLine = zone.matches();
    if (isZoneLine && !isOf(owner, zone.group(1))) {
      throw new BadInputException(
          "%s is of %s, and not of %s: give the records of that name alone"
              .formatted(where, zone.group(1), owner));
    }
    String data = isZoneLine ? zone.group(2) : line.strip();
    Matcher generic = GENERIC.matcher(data);
    try {
      return generic.matches()
          ? TlsaRecord.ofRdata(Octets.ofHex(generic.group(1).replaceAll("\\s", "")))
          : TlsaRecord.parse(data);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          where
              + " is no TLSA record: give lines such as '3 1 1 8cb0…' or those of a zone file, each"
              + " record in one");
    }
  }

  /** A name without a dot at its end may be short for one in its zone; none is the name before. */
  private static boolean isOf(TlsaOwnerName owner, String name) {
    String given = name.toLowerCase(Locale.ROOT);
    return given.isEmpty()
        || given.equals(owner.toString())
        || (!given.endsWith(".") && owner.toString().startsWith(given + "."));
  }
}
