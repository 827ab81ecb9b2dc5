// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import org.dane4j.dnssec.wire.Rrsig;

/**
 * What the signature over an RRset says about time (RFC 4034 §3.1). It was verified, so it is what
 * the zone says.
 *
 * @param originalTtl the TTL that the RRset has in its zone, in seconds, whatever is left of it in
 *     the cache that answered
 * @param inception from when the signature is valid
 * @param expiration until when; the zone may hold further signatures that last longer
 */
public record SignaturePeriod(long originalTtl, Instant inception, Instant expiration) {

  /** RFC 4034 §3.1.5: of times modulo 2^32, the one near the verdict is meant. */
  static SignaturePeriod of(VerifiedRrset verified) {
    Rrsig rrsig = verified.rrsig();
    return new SignaturePeriod(
        rrsig.originalTtl(),
        SignatureTime.nearest(rrsig.inception(), verified.validUntil()),
        SignatureTime.nearest(rrsig.expiration(), verified.validUntil()));
  }
}
