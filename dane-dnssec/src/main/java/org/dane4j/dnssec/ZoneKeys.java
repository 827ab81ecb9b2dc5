// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.dane4j.dnssec.crypto.Dnskey;
import org.dane4j.dnssec.crypto.ZoneKey;
import org.dane4j.dnssec.wire.Rrsig;
import org.dane4j.dnssec.wire.SignedRrset;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * The proven DNSKEY RRset of a zone, and how it was proven. Only {@link ZoneEntry} makes one.
 *
 * @param zone the zone
 * @param keys the keys that may sign its data and are of supported algorithms
 * @param required the algorithms that must have signed, if one is not enough
 * @param entry the key that a DS record or trust anchor vouches for
 * @param rrset the DNSKEY RRset
 * @param rrsig the signature over the DNSKEY RRset, by the entry key
 * @param delegation the DS RRset in the parent zone; null if a trust anchor stands for it
 * @param validUntil when the keys must be forgotten
 */
record ZoneKeys(
    Name zone,
    List<ZoneKey> keys,
    Set<Integer> required,
    Dnskey entry,
    SignedRrset rrset,
    Rrsig rrsig,
    @Nullable VerifiedRrset delegation,
    Instant validUntil)
    implements SignatureCheck.Signers {

  /** Copies the list. */
  ZoneKeys {
    keys = List.copyOf(keys);
  }

  @Override
  public List<ZoneKey> named(int keyTag, int algorithm) {
    return named(keys, keyTag, algorithm);
  }

  static List<ZoneKey> named(List<ZoneKey> keys, int keyTag, int algorithm) {
    List<ZoneKey> named = new ArrayList<>(1);
    for (ZoneKey key : keys) {
      if (key.dnskey().keyTag() == keyTag && key.dnskey().algorithm() == algorithm) {
        named.add(key);
      }
    }
    return named;
  }
}
