// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dane4j.tlsa.MatchingType;
import org.dane4j.tlsa.TlsaRecord;

/**
 * Which of the usable records count (RFC 7671 §9): for each usage and selector those with the
 * strongest digest, and all that hold the certificate or key in full.
 */
final class DigestAgility {

  /**
   * The strongest digest of one usage and selector.
   *
   * @param like a record with that usage and selector
   * @param strength the digest's place in the order of preference
   */
  private record Strongest(TlsaRecord like, int strength) {}

  private final List<DigestAlgorithm> strongestFirst;
  private final List<Strongest> strongest = new ArrayList<>(1);

  /**
   * Compares records.
   *
   * @param strongestFirst the digests in order of preference
   * @param usable the records that are neither unusable nor malformed: those are discarded first
   */
  DigestAgility(List<DigestAlgorithm> strongestFirst, List<TlsaRecord> usable) {
    this.strongestFirst = strongestFirst;
    for (TlsaRecord record : usable) {
      if (!record.matchingType().equals(MatchingType.FULL)) {
        add(record);
      }
    }
  }

  private void add(TlsaRecord record) {
    int strength = strength(record);
    for (int i = 0; i < strongest.size(); i++) {
      if (isAlike(strongest.get(i).like, record)) {
        if (strength < strongest.get(i).strength) {
          strongest.set(i, new Strongest(record, strength));
        }
        return;
      }
    }
    strongest.add(new Strongest(record, strength));
  }

  /** The stronger matching type that a record does not count beside, if there is one. */
  Optional<MatchingType> shadow(TlsaRecord record) {
    if (record.matchingType().equals(MatchingType.FULL)) {
      return Optional.empty();
    }
    for (Strongest other : strongest) {
      if (isAlike(other.like, record) && other.strength < strength(record)) {
        return Optional.of(other.like.matchingType());
      }
    }
    return Optional.empty();
  }

  private int strength(TlsaRecord record) {
    for (int i = 0; i < strongestFirst.size(); i++) {
      if (strongestFirst.get(i).matchingType().equals(record.matchingType())) {
        return i;
      }
    }
    throw new IllegalStateException("a record whose digest is not known is unusable: " + record);
  }

  private static boolean isAlike(TlsaRecord one, TlsaRecord other) {
    return one.usage().equals(other.usage()) && one.selector().equals(other.selector());
  }
}
