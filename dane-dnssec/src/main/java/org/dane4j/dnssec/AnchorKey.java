// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.dane4j.dnssec.crypto.Dnskey;
import org.dane4j.tlsa.Octets;

/**
 * What is known of one key of a trust point (RFC 5011 §4.2).
 *
 * @param dnskey the RDATA of its DNSKEY record, without the REVOKE flag
 * @param state how far it has come
 * @param due when its state may change by itself: the end of the hold-down time of a key that is
 *     {@link State#ADD_PENDING}, or when a {@link State#REVOKED} one may be removed; {@link
 *     Instant#MAX} in the other states
 * @param addedBy the keys that had signed the RRset in which it was first seen; empty if it was
 *     configured
 */
public record AnchorKey(Octets dnskey, State state, Instant due, Set<Octets> addedBy) {

  /** The states of RFC 5011 §4.2. "Start" is not among them: such a key is not known. */
  public enum State {
    /** It was seen, and becomes an anchor if it stays for the hold-down time. */
    ADD_PENDING,
    /** It is a trust anchor. */
    VALID,
    /** It is a trust anchor, though the zone does not show it at present. */
    MISSING,
    /** Its owner has revoked it. */
    REVOKED,
    /** It was revoked long ago, and must not come back. */
    REMOVED
  }

  /**
   * Checks and copies the parts.
   *
   * @throws IllegalArgumentException if the octets are no DNSKEY RDATA, or have the REVOKE flag
   */
  public AnchorKey {
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(due, "due");
    addedBy = Set.copyOf(addedBy);
    Dnskey key = Dnskey.read(dnskey.toByteArray());
    if (key == null || key.isRevoked()) {
      throw new IllegalArgumentException(
          "not the RDATA of a DNSKEY record without REVOKE flag: " + dnskey);
    }
  }

  /**
   * Returns whether signatures of the key count.
   *
   * @return true if it is valid or missing
   */
  public boolean isTrusted() {
    return state == State.VALID || state == State.MISSING;
  }

  AnchorKey in(State next, Instant nextDue) {
    return new AnchorKey(dnskey, next, nextDue, addedBy);
  }

  Dnskey key() {
    return Objects.requireNonNull(Dnskey.read(dnskey.toByteArray()));
  }

  /** Returns key tag and state, as in {@code 20326 VALID}. */
  @Override
  public String toString() {
    return key().keyTag() + " " + state + (due.equals(Instant.MAX) ? "" : " until " + due);
  }
}
