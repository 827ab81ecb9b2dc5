// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.dane4j.dnssec.wire.Rrsig;
import org.dane4j.dnssec.wire.SignedRrset;
import org.dane4j.tlsa.Octets;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * An RRset with a signature that was verified by a key of a proven zone. Only {@link
 * SignatureCheck} makes one.
 *
 * @param rrset the RRset
 * @param signer the zone that signed
 * @param rrsig the signature that was verified
 * @param wildcardParent the closest encloser, if the RRset was expanded from the wildcard below it:
 *     it then counts only with a proof that no closer name exists (RFC 4035 §5.3.4)
 * @param validUntil when it must be forgotten: its TTL, its signature's TTL and expiration (RFC
 *     4035 §5.3.3)
 */
record VerifiedRrset(
    SignedRrset rrset,
    ZoneKeys signer,
    Rrsig rrsig,
    @Nullable Name wildcardParent,
    Instant validUntil) {

  /** Returns the RRset for users, with a TTL that the proof allows. */
  Rrset toRrset(Instant at) {
    return toRrset(rrset, Math.max(0, validUntil.getEpochSecond() - at.getEpochSecond()));
  }

  static Rrset toRrset(SignedRrset rrset, long ttl) {
    List<Octets> rdata = new ArrayList<>(rrset.rdata().size());
    for (byte[] octets : rrset.rdata()) {
      rdata.add(Octets.of(octets));
    }
    return new Rrset(rrset.owner(), rrset.type(), ttl, rdata);
  }
}
