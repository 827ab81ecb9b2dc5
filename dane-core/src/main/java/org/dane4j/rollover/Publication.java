// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.dane4j.tlsa.TlsaRecord;

/**
 * TLSA records that a zone has, or had, at one name.
 *
 * @param records the records; none if there was no TLSA RRset
 * @param ttl how long a cache may keep them
 * @param since from when every name server of the zone served them, and none the ones before
 * @param signaturesExpire when the last signature over them expires: until then, somebody on the
 *     way can replay them
 * @since 0.1
 */
public record Publication(
    List<TlsaRecord> records, Duration ttl, Instant since, Instant signaturesExpire) {

  /**
   * Copies the list.
   *
   * @param records the records
   * @param ttl how long a cache may keep them
   * @param since from when every name server of the zone served them
   * @param signaturesExpire when the last signature over them expires
   * @throws IllegalArgumentException if the TTL is negative
   */
  public Publication {
    records = List.copyOf(records);
    if (ttl.isNegative()) {
      throw new IllegalArgumentException("a TTL is not negative; pass the one of the RRset");
    }
  }
}
