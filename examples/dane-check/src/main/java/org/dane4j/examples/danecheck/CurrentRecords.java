// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dane4j.tlsa.TlsaRecord;

/** Files with the TLSA records that are published, given by {@code --current}. */
final class CurrentRecords {

  private static final Pattern TLSA = Pattern.compile("(?i)^.*\\sTLSA\\s+");

  private CurrentRecords() {}

  /** Reads lines of a zone file, or what stands in them after the type. */
  static List<TlsaRecord> read(Path file) {
    String text =
        new String(KeyFiles.contents("--current", file).toByteArray(), StandardCharsets.ISO_8859_1);
    List<TlsaRecord> records = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String bare = line.replaceFirst(";.*", "").strip();
      if (!bare.isEmpty()) {
        records.add(record(file, number, bare));
      }
    }
    return records;
  }

  private static TlsaRecord record(Path file, int number, String line) {
    Matcher type = TLSA.matcher(line);
    try {
      return TlsaRecord.parse(type.lookingAt() ? line.substring(type.end()) : line);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          "--current %s: line %s is no TLSA record: give lines such as '3 1 1 8cb0…' or those of a"
                  .formatted(file, number)
              + " zone file, each record in one");
    }
  }
}
