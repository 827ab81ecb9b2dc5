// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.dane4j.examples.danecheck.RolloverLog.KeysSeen;
import org.dane4j.examples.danecheck.RolloverLog.RecordsSeen;
import org.dane4j.examples.danecheck.RolloverLog.Times;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;

/**
 * The text that keeps a {@link RolloverLog} between two runs: lines with a word and a value, which
 * people can read. Anything unexpected in one is refused: a wrong date would deploy a key too
 * early.
 */
final class RolloverStateText {

  private static final String HEADER = "dane-check-rollover 1";
  private static final String NOTE =
      "# What 'dane-check rollover' saw, and when. It waits by these times: do not change them.";

  private final StateFile file;
  private final List<String> lines;
  private int next;

  private RolloverStateText(StateFile file, List<String> lines) {
    this.file = file;
    this.lines = lines;
  }

  /** Reads a file; one that is not there yet is a log of nothing. */
  static RolloverLog read(StateFile file, TlsaOwnerName owner) {
    if (file.text().isEmpty()) {
      return RolloverLog.empty(owner);
    }
    RolloverLog log = new RolloverStateText(file, file.text().get().lines().toList()).log();
    if (!log.owner().equals(owner)) {
      throw new BadInputException(
          "--state %s: it is about %s, not %s; give each host its own file"
              .formatted(file, log.owner(), owner));
    }
    return log;
  }

  static String text(RolloverLog log) {
    StringBuilder text = new StringBuilder();
    text.append(NOTE).append('\n').append(HEADER).append('\n');
    text.append("name ").append(log.owner()).append('\n');
    for (RecordsSeen seen : log.records()) {
      text.append('\n');
      Times times = seen.times();
      text.append("records-first-seen ").append(times.first()).append('\n');
      times.everywhere().ifPresent(it -> text.append("everywhere-seen ").append(it).append('\n'));
      text.append("records-last-seen ").append(times.last()).append('\n');
      text.append("signatures-expire ").append(times.signaturesExpire()).append('\n');
      text.append("ttl ").append(seen.ttl().toSeconds()).append('\n');
      seen.records().forEach(record -> text.append("record ").append(record).append('\n'));
    }
    text.append("\nkeys-first-seen ").append(log.keys().first()).append('\n');
    new TreeSet<>(log.keys().digests())
        .forEach(digest -> text.append("key-sha256 ").append(digest).append('\n'));
    return text.toString();
  }

  private RolloverLog log() {
    if (!isAt(HEADER)) {
      throw wrong("'" + HEADER + "' is expected; it is no state file, or of another version");
    }
    next++;
    TlsaOwnerName owner = owner(value("name"));
    List<RecordsSeen> records = new ArrayList<>();
    while (isAt("records-first-seen ")) {
      records.add(records(records));
    }
    Instant first = time("keys-first-seen");
    TreeSet<String> keys = new TreeSet<>();
    while (isAt("key-sha256 ")) {
      String digest = value("key-sha256");
      if (!digest.matches("[0-9a-f]{64}")) {
        throw wrong("64 lower-case hexadecimal digits are expected");
      }
      keys.add(digest);
    }
    skip();
    if (next < lines.size()) {
      throw wrong("nothing more is expected");
    }
    return new RolloverLog(owner, records, new KeysSeen(keys, first));
  }

  private RecordsSeen records(List<RecordsSeen> before) {
    Instant first = time("records-first-seen");
    if (!before.isEmpty() && first.isBefore(before.get(before.size() - 1).times().first())) {
      throw wrong("a time after the one before is expected");
    }
    Optional<Instant> everywhere =
        isAt("everywhere-seen ") ? Optional.of(time("everywhere-seen")) : Optional.empty();
    Instant last = time("records-last-seen");
    if (last.isBefore(everywhere.orElse(first)) || everywhere.orElse(first).isBefore(first)) {
      throw wrong("a time not before the first one is expected");
    }
    Instant expire = time("signatures-expire");
    String ttl = value("ttl");
    if (!ttl.matches("\\d{1,10}")) {
      throw wrong("a number of seconds is expected");
    }
    List<TlsaRecord> records = new ArrayList<>();
    while (isAt("record ")) {
      String record = value("record");
      try {
        records.add(TlsaRecord.parse(record));
      } catch (IllegalArgumentException e) {
        throw wrong("a record such as '3 1 1 8cb0…' is expected");
      }
    }
    return new RecordsSeen(
        records,
        Duration.ofSeconds(Long.parseLong(ttl)),
        new Times(first, everywhere, last, expire));
  }

  private TlsaOwnerName owner(String name) {
    String[] parts = name.split("\\.", 3);
    try {
      if (parts.length == 3 && parts[0].matches("_\\d{1,5}") && parts[1].equals("_tcp")) {
        return new TlsaOwnerName(Integer.parseInt(parts[0].substring(1)), "tcp", parts[2]);
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw wrong("a name such as _25._tcp.mx.example.org. is expected");
  }

  private Instant time(String word) {
    return Times.parse(value(word))
        .orElseThrow(() -> wrong("a time such as 2030-01-31T12:00:00Z is expected"));
  }

  private String value(String word) {
    if (!isAt(word + " ")) {
      throw wrong("'" + word + " …' is expected");
    }
    return lines.get(next++).substring(word.length() + 1);
  }

  private boolean isAt(String start) {
    skip();
    return next < lines.size() && lines.get(next).startsWith(start);
  }

  private void skip() {
    while (next < lines.size() && (lines.get(next).isEmpty() || lines.get(next).startsWith("#"))) {
      next++;
    }
  }

  private BadInputException wrong(String expected) {
    return new BadInputException(
        "--state %s: near line %s: %s".formatted(file, Math.min(next + 1, lines.size()), expected));
  }
}
