// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
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
  record RecordsSeen(List<TlsaRecord> records, Duration ttl, Times times) {

    RecordsSeen {
      records = List.copyOf(records);
    }

    RecordsSeen expiring(Instant other) {
      return new RecordsSeen(
          records, ttl, new Times(times.first, times.everywhere, times.last, other));
    }

    /** The same, seen first before a time, and everywhere no later than it. */
    private RecordsSeen noLaterThan(Instant limit) {
      Instant before = limit.minusSeconds(1);
      return new RecordsSeen(
          records,
          ttl,
          new Times(
              times.first.isAfter(before) ? before : times.first,
              times.everywhere.map(it -> it.isAfter(limit) ? limit : it),
              times.last,
              times.signaturesExpire));
    }

    /** The same records, seen beside the same others. */
    private boolean isSameSighting(RecordsSeen other) {
      return hasSame(other.records) && times.first.equals(other.times.first);
    }

    private boolean hasSame(List<TlsaRecord> others) {
      return new HashSet<>(records).equals(new HashSet<>(others));
    }
  }

  /**
   * When a set of records was first seen, first at every name server, last, and could be replayed.
   */
  record Times(
      Instant first, Optional<Instant> everywhere, Instant last, Instant signaturesExpire) {

    /** Reads a time of a year of four digits, in UTC. */
    static Optional<Instant> parse(String text) {
      try {
        return text.matches("[0-9]{4}-.*Z") ? Optional.of(Instant.parse(text)) : Optional.empty();
      } catch (DateTimeException e) {
        return Optional.empty();
      }
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
  RolloverLog seeing(
      TlsaSighting sighting, TlsaSpread spread, List<ServerKey> served, Duration propagation) {
    Instant now = sighting.at();
    List<RecordsSeen> all = new ArrayList<>(records);
    @Nullable RecordsSeen last = all.isEmpty() ? null : all.remove(all.size() - 1);
    if (last != null && last.times().last().isAfter(now)) {
      throw new BadInputException(
          "--state: something was seen at %s, and now it is %s: set the clock right"
              .formatted(last.times().last(), now));
    }
    @Nullable RecordsSeen same = last != null && last.hasSame(sighting.records()) ? last : null;
    if (last != null && same == null) {
      // Nobody watched: the zone may have signed them again until they went.
      boolean watched = !last.times().last().plus(propagation).isBefore(now);
      Instant latest = now.plus(sighting.signatureLife());
      all.add(watched ? last : last.expiring(later(last.times().signaturesExpire(), latest)));
    }
    Instant first = same == null ? now : same.times().first();
    for (TlsaSpread.Other other : spread.others()) {
      RecordsSeen lagging = lagging(other, first, sighting);
      all.removeIf(seen -> seen.isSameSighting(lagging));
      all.add(lagging);
    }
    all.add(current(sighting, spread, same));
    Set<String> digests = digests(served);
    KeysSeen seen = keys.digests().equals(digests) ? keys : new KeysSeen(digests, now);
    return new RolloverLog(
        owner, all.subList(Math.max(0, all.size() - MAX_KEPT), all.size()), seen);
  }

  private static RecordsSeen current(
      TlsaSighting sighting, TlsaSpread spread, @Nullable RecordsSeen before) {
    Instant now = sighting.at();
    Optional<Instant> everywhere =
        Optional.ofNullable(before).flatMap(it -> it.times().everywhere());
    if (!spread.behind().isEmpty()) {
      // A name server that went back counts anew.
      everywhere = Optional.empty();
    } else if (everywhere.isEmpty() && spread.isEverywhere()) {
      everywhere = Optional.of(now);
    }
    Instant expire = sighting.signatures().expiration();
    if (before == null) {
      return new RecordsSeen(
          sighting.records(), sighting.ttl(), new Times(now, everywhere, now, expire));
    }
    return new RecordsSeen(
        before.records(),
        later(sighting.ttl(), before.ttl()),
        new Times(
            before.times().first(),
            everywhere,
            now,
            later(expire, before.times().signaturesExpire())));
  }

  /** What another name server still serves was there before, whatever was seen of it then. */
  private static RecordsSeen lagging(TlsaSpread.Other other, Instant first, TlsaSighting sighting) {
    Instant now = sighting.at();
    return new RecordsSeen(
        TlsaSighting.records(other.rdata()),
        later(other.ttl(), sighting.ttl()),
        new Times(first, Optional.empty(), now, now.plus(sighting.signatureLife())));
  }

  /** Returns the log with what somebody knows: since when all name servers have these records. */
  RolloverLog since(Instant everywhere, Duration propagation) {
    List<RecordsSeen> all = new ArrayList<>(records);
    RecordsSeen last = all.remove(all.size() - 1);
    for (RecordsSeen seen : all) {
      if (seen.times().last().isAfter(everywhere)) {
        throw new BadInputException(
            "--since %s: other records were still seen at %s"
                .formatted(everywhere, seen.times().last()));
      }
    }
    Instant first = everywhere.minus(propagation);
    // Whatever was there before was so before, and stays in caches.
    all.replaceAll(seen -> seen.noLaterThan(first));
    Times times =
        new Times(first, Optional.of(first), last.times().last(), last.times().signaturesExpire());
    all.add(new RecordsSeen(last.records(), last.ttl(), times));
    return new RolloverLog(owner, all, keys);
  }

  /** Returns where the rollover stands. */
  RolloverSituation situation(ServedKeys served, ZonePace pace, Instant now) {
    List<Publication> publications = new ArrayList<>();
    // As long as it is not everywhere, it is as if it would be now: that is the soonest.
    Instant everywhere = now;
    for (int i = records.size() - 1; i >= 0; i--) {
      RecordsSeen seen = records.get(i);
      everywhere = seen.times().everywhere().orElse(everywhere);
      publications.add(
          0,
          new Publication(
              seen.records(),
              seen.ttl(),
              everywhere.plus(pace.propagation()),
              seen.times().signaturesExpire()));
    }
    return new RolloverSituation(owner, publications, served, pace);
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
