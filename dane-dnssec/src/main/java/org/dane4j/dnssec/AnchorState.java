// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.dane4j.dnssec.AnchorKey.State;
import org.dane4j.dnssec.crypto.Dnskey;
import org.dane4j.dnssec.crypto.Ds;
import org.dane4j.tlsa.Octets;
import org.xbill.DNS.Name;

/**
 * What is known of one trust point, a zone whose anchors follow its key rollovers (RFC 5011). A
 * value: {@link TrustAnchorUpdate#step} makes the next one, and whoever wants it to outlive the
 * process stores its parts.
 *
 * @param zone the zone
 * @param configured the RDATA of DS records that were configured, and whose keys have not been seen
 * @param keys the keys that are known, in the order in which they came
 * @param nextQuery when to ask for the zone's DNSKEY RRset again (RFC 5011 §2.3)
 * @param retryInterval how long to wait after a query that failed
 */
public record AnchorState(
    Name zone,
    List<Octets> configured,
    List<AnchorKey> keys,
    Instant nextQuery,
    Duration retryInterval) {

  /** Copies the lists. */
  public AnchorState {
    Objects.requireNonNull(zone, "zone");
    Objects.requireNonNull(nextQuery, "nextQuery");
    Objects.requireNonNull(retryInterval, "retryInterval");
    configured = List.copyOf(configured);
    keys = List.copyOf(keys);
  }

  /**
   * Starts with configured anchors.
   *
   * @param anchors the anchors
   * @param zone one of the zones that have anchors there
   * @param at now: the time of the first query
   * @return the first state
   * @throws IllegalArgumentException if the zone has no anchors
   */
  public static AnchorState of(TrustAnchors anchors, Name zone, Instant at) {
    TrustAnchors.ZoneAnchors given = anchors.configuredAt(zone);
    if (given == null) {
      throw new IllegalArgumentException(
          zone + " is none of the zones that have anchors: " + anchors);
    }
    List<Octets> configured = new ArrayList<>();
    given.ds().forEach(ds -> configured.add(Octets.of(ds.rdata())));
    List<AnchorKey> keys = new ArrayList<>();
    for (Dnskey key : given.keys()) {
      keys.add(new AnchorKey(Octets.of(key.rdata()), State.VALID, Instant.MAX, Set.of()));
    }
    return new AnchorState(zone, configured, keys, at, TrustAnchorUpdate.MIN_INTERVAL);
  }

  /**
   * Returns the anchors that count now.
   *
   * @return the anchors; none at all if the trust point {@linkplain #isDeleted is deleted}
   */
  public TrustAnchors trustAnchors() {
    StringBuilder text = new StringBuilder();
    for (Octets ds : configured) {
      text.append(zone).append(" IN DS ").append(Ds.read(ds.toByteArray())).append('\n');
    }
    for (AnchorKey known : keys) {
      if (known.isTrusted()) {
        Dnskey key = known.key();
        String encoded = Base64.getEncoder().encodeToString(key.publicKey());
        text.append(zone).append(" IN DNSKEY ").append(key.flags()).append(" 3 ");
        text.append(key.algorithm()).append(' ').append(encoded).append('\n');
      }
    }
    return isDeleted() ? TrustAnchors.none() : TrustAnchors.parse(text.toString());
  }

  /**
   * Returns whether the zone has revoked all of its anchors: it then counts as one that was never
   * configured (RFC 5011 §5), and needs new anchors by another way.
   *
   * @return true if no anchor is left
   */
  public boolean isDeleted() {
    return configured.isEmpty() && keys.stream().noneMatch(AnchorKey::isTrusted);
  }
}
