// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import org.dane4j.dnssec.wire.Rrsig;
import org.jspecify.annotations.Nullable;

/** The validity period of signatures, in serial number arithmetic (RFC 4034 §3.1.5, RFC 1982). */
final class SignatureTime {

  private SignatureTime() {}

  /** Why a signature does not count at a time. */
  record Objection(BogusReason reason, String text) {}

  /** Returns what speaks against a signature at a time; null if nothing does. */
  static @Nullable Objection objection(Rrsig rrsig, Instant at) {
    Instant inception = nearest(rrsig.inception(), at);
    Instant expiration = nearest(rrsig.expiration(), at);
    if ((int) (rrsig.expiration() - rrsig.inception()) < 0) {
      return new Objection(
          BogusReason.VALIDITY_EMPTY,
          "expires at " + expiration + ", before it begins at " + inception);
    }
    if (inception.isAfter(at)) {
      return new Objection(
          BogusReason.NOT_YET_VALID,
          "begins at " + inception + ", and it is " + Explanation.seconds(at));
    }
    return expiration.getEpochSecond() < at.getEpochSecond()
        ? new Objection(
            BogusReason.EXPIRED,
            "expired at " + expiration + ", and it is " + Explanation.seconds(at))
        : null;
  }

  /** Returns until when an RRset may be kept (RFC 4035 §5.3.3). */
  static Instant validUntil(long ttl, Rrsig rrsig, Instant at) {
    Instant byTtl = at.plusSeconds(Math.min(ttl, rrsig.originalTtl()));
    Instant expiration = nearest(rrsig.expiration(), at);
    return byTtl.isBefore(expiration) ? byTtl : expiration;
  }

  /** Returns the instant within 68 years of a time whose seconds are a number modulo 2^32. */
  static Instant nearest(long seconds, Instant at) {
    int distance = (int) (seconds - at.getEpochSecond());
    return Instant.ofEpochSecond(at.getEpochSecond() + distance);
  }
}
