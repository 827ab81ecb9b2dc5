// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.dane4j.rollover.Publication;
import org.dane4j.rollover.RolloverSituation;
import org.dane4j.rollover.RolloverSituation.ZonePace;
import org.dane4j.rollover.ServedKeys;
import org.dane4j.rollover.ServerKey;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a rollover so far: records and keys, and since when.
 *
 * @param owner where the records stand
 * @param records the sets of records, the oldest first
 * @param keys the keys that the server presented when it was last looked at
 */
record RolloverLog(TlsaOwnerName owner, List<RecordsSeen> records, KeysSeen keys) {

  /** What was there before no longer matters when so many others came after it. */
  private static final int MAX_KEPT = 20;

  RolloverLog {
    records = List.copyOf(records);
  }

  /** A set of records, and when it was seen. */
  record RecordsSeen(
      List<TlsaRecord> records,
      Duration ttl,
      Instant first,
      Instant last,
      Instant signaturesExpire) {

    RecordsSeen {
      records = List.copyOf(records);
    }

    RecordsSeen expiring(Instant other) {
      return new RecordsSeen(records, ttl, first, last, other);
    }

    private boolean hasSame(List<TlsaRecord> others) {
      return new HashSet<>(records).equals(new HashSet<>(others));
    }
  }

  /** The SHA-256 digests of keys, and since when exactly these are presented. */
  record KeysSeen(Set<String> digests, Instant first) {

    KeysSeen {
      digests = Set.copyOf(digests);
    }
  }

  /** Returns a log of nothing. */
  static RolloverLog empty(TlsaOwnerName owner) {
    return new RolloverLog(owner, List.of(), new KeysSeen(Set.of(), Instant.EPOCH));
  }

  /** Returns the log with what is seen now. */
  RolloverLog seeing(TlsaSighting sighting, List<ServerKey> served, Duration propagation) {
    List<RecordsSeen> all = new ArrayList<>(records);
    Instant now = sighting.at();
    Instant expire = sighting.signatures().expiration();
    Duration ttl = Duration.ofSeconds(sighting.signatures().originalTtl());
    @Nullable RecordsSeen last = all.isEmpty() ? null : all.remove(all.size() - 1);
    if (last != null && last.hasSame(sighting.records())) {
      all.add(
          new RecordsSeen(
              last.records(),
              later(ttl, last.ttl()),
              last.first(),
              now,
              later(expire, last.signaturesExpire())));
    } else {
      if (last != null) {
        // Nobody watched: the zone may have signed them again until they went.
        boolean watched = !last.last().plus(propagation).isBefore(now);
        Instant latest = now.plus(sighting.signatureLife());
        all.add(watched ? last : last.expiring(later(last.signaturesExpire(), latest)));
      }
      all.add(new RecordsSeen(sighting.records(), ttl, now, now, expire));
    }
    Set<String> digests = digests(served);
    KeysSeen seen = keys.digests().equals(digests) ? keys : new KeysSeen(digests, now);
    return new RolloverLog(
        owner, all.subList(Math.max(0, all.size() - MAX_KEPT), all.size()), seen);
  }

  /** Returns the log with what somebody knows: since when all name servers have these records. */
  RolloverLog since(Instant everywhere, Duration propagation) {
    List<RecordsSeen> all = new ArrayList<>(records);
    RecordsSeen last = all.remove(all.size() - 1);
    for (RecordsSeen seen : all) {
      if (seen.last().isAfter(everywhere)) {
        throw new BadInputException(
            "--since %s: other records were still seen at %s".formatted(everywhere, seen.last()));
      }
    }
    Instant first = everywhere.minus(propagation);
    all.removeIf(seen -> seen.first().isAfter(first));
    all.add(
        new RecordsSeen(last.records(), last.ttl(), first, last.last(), last.signaturesExpire()));
    return new RolloverLog(owner, all, keys);
  }

  /** Returns where the rollover stands. */
  RolloverSituation situation(List<ServerKey> served, ZonePace pace) {
    // What one resolver sees, the slowest name server has after the propagation.
    List<Publication> publications =
        records.stream()
            .map(
                seen ->
                    new Publication(
                        seen.records(),
                        seen.ttl(),
                        seen.first().plus(pace.propagation()),
                        seen.signaturesExpire()))
            .toList();
    return new RolloverSituation(owner, publications, new ServedKeys(served, keys.first()), pace);
  }

  private static Set<String> digests(List<ServerKey> keys) {
    Set<String> digests = new TreeSet<>();
    for (ServerKey key : keys) {
      try {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        byte[] digest = sha256.digest(key.subjectPublicKeyInfo().toByteArray());
        digests.add(HexFormat.of().formatHex(digest));
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("every Java platform of today has SHA-256", e);
      }
    }
    return digests;
  }

  private static <T extends Comparable<T>> T later(T one, T other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
