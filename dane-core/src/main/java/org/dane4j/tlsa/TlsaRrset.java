// SPDX-License-Identifier: Apache-2.0
package org.dane4j.tlsa;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All TLSA records at one name, in the order they came, each of them once.
 *
 * <p>The value says nothing about DNSSEC: only records that were proven secure may be matched (RFC
 * 6698 §4.1), and proving it is up to whoever asked for them.
 *
 * @param owner where the records stand
 * @param records the records
 * @param malformed RDATA too short to be a record; unusable, but present (RFC 7672 §2.2)
 * @since 0.1
 */
public record TlsaRrset(TlsaOwnerName owner, List<TlsaRecord> records, List<Octets> malformed) {

  /**
   * Copies the lists and drops duplicates.
   *
   * @param owner where the records stand
   * @param records the records
   * @param malformed RDATA too short to be a record
   * @throws IllegalArgumentException if there is nothing in the set: a name without TLSA records
   *     has no TLSA RRset, and nothing to match
   */
  public TlsaRrset {
    records = List.copyOf(new LinkedHashSet<>(records));
    malformed = List.copyOf(new LinkedHashSet<>(malformed));
    if (records.isEmpty() && malformed.isEmpty()) {
      throw new IllegalArgumentException(
          owner + " without TLSA records has no TLSA RRset: DANE does not apply to it");
    }
  }

  /**
   * Returns the RRset that DNS brought. No content is refused: what cannot be a record is kept
   * apart as malformed.
   *
   * @param owner where the records stand
   * @param rdata the RDATA of each record, at least one
   * @return the RRset
   */
  public static TlsaRrset ofRdata(TlsaOwnerName owner, List<Octets> rdata) {
    Set<TlsaRecord> records = new LinkedHashSet<>();
    List<Octets> malformed = new ArrayList<>();
    for (Octets octets : rdata) {
      if (octets.length() < TlsaRecord.FIXED_OCTETS) {
        malformed.add(octets);
      } else {
        records.add(TlsaRecord.ofRdata(octets));
      }
    }
    return new TlsaRrset(owner, List.copyOf(records), malformed);
  }

  /**
   * Returns an RRset of known records.
   *
   * @param owner where the records stand
   * @param records at least one
   * @return the RRset
   */
  public static TlsaRrset of(TlsaOwnerName owner, TlsaRecord... records) {
    return new TlsaRrset(owner, List.of(records), List.of());
  }
}
