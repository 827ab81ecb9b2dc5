// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.dane4j.dnssec.AnchorKey.State;
import org.dane4j.dnssec.Observation.Answered;
import org.dane4j.dnssec.crypto.Dnskey;
import org.dane4j.dnssec.crypto.Ds;
import org.dane4j.dnssec.wire.Rrsig;
import org.dane4j.dnssec.wire.SignedRrset;
import org.dane4j.tlsa.Octets;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Type;

/**
 * Follows the key rollovers of a trust point (RFC 5011): a pure function from what is known, a
 * response and the time to what is known then.
 *
 * <p>A new key becomes an anchor after it was seen for 30 days in RRsets that older anchors signed.
 * A key that revokes itself is none from then on. Nothing else changes the anchors: no failed
 * query, no wrong signature, and no key that is only gone.
 *
 * <p>Who calls asks for the zone's DNSKEY RRset at {@link AnchorState#nextQuery}, and passes on
 * what came. Immutable and thread-safe.
 */
public final class TrustAnchorUpdate {

  // RFC 5011 §2.3
  static final Duration MIN_INTERVAL = Duration.ofHours(1);
  private static final Duration MAX_INTERVAL = Duration.ofDays(15);
  private static final Duration MAX_RETRY = Duration.ofDays(1);

  // RFC 5011 §2.4.1, §2.4.2
  private static final Duration HOLD_DOWN = Duration.ofDays(30);

  /** RFC 5011 §2.4.3 asks for at least five keys. A zone cannot make anybody remember more. */
  private static final int MAX_PENDING = 10;

  private static final int SEP = 1;

  private final AlgorithmPolicy algorithms;
  private final SelfSignatures signatures;

  private TrustAnchorUpdate(AlgorithmPolicy algorithms) {
    this.algorithms = algorithms;
    this.signatures = new SelfSignatures(algorithms, ValidationLimits.defaults());
  }

  /**
   * Returns the function for keys of some algorithms.
   *
   * @param algorithms which algorithms count; keys of others are not followed
   * @return the function
   */
  public static TrustAnchorUpdate with(AlgorithmPolicy algorithms) {
    return new TrustAnchorUpdate(Objects.requireNonNull(algorithms, "algorithms"));
  }

  /**
   * Takes a step.
   *
   * @param state what is known
   * @param evidence what came when the zone's DNSKEY RRset was asked for
   * @param at when that was
   * @return what is known then
   */
  public AnchorState step(AnchorState state, Evidence evidence, Instant at) {
    SignedRrset rrset = keySet(state, evidence);
    if (rrset == null || state.isDeleted()) {
      return next(state, state.configured(), state.keys(), at.plus(state.retryInterval()));
    }
    Map<Dnskey, Rrsig> signers = signatures.of(rrset, at);
    AnchorState revoked = new Seen(state, rrset, signers, at).revoke();
    return new Seen(revoked, rrset, signers, at).update();
  }

  private static @Nullable SignedRrset keySet(AnchorState state, Evidence evidence) {
    Question question = new Question(state.zone(), Type.DNSKEY);
    if (evidence.about(question) instanceof Answered answered) {
      SignedRrset rrset = answered.message().answer(state.zone(), Type.DNSKEY);
      return rrset == null || rrset.malformed() ? null : rrset;
    }
    return null;
  }

  private static AnchorState next(
      AnchorState state, List<Octets> configured, List<AnchorKey> keys, Instant nextQuery) {
    return new AnchorState(state.zone(), configured, keys, nextQuery, state.retryInterval());
  }

  /** One DNSKEY RRset, and the keys that have signed it. */
  private final class Seen {

    private final AnchorState state;
    private final Map<Dnskey, Rrsig> signers;
    private final List<Dnskey> present;
    private final Instant at;

    Seen(AnchorState state, SignedRrset rrset, Map<Dnskey, Rrsig> signers, Instant at) {
      this.state = state;
      this.signers = signers;
      this.present = SelfSignatures.keys(rrset);
      this.at = at;
    }

    /** RFC 5011 §2.1: who can sign with a key can revoke it, and needs nobody's consent. */
    AnchorState revoke() {
      List<AnchorKey> keys = new ArrayList<>(state.keys());
      List<Octets> configured = new ArrayList<>(state.configured());
      for (Dnskey signer : signers.keySet()) {
        if (signer.isRevoked()) {
          Octets key = unrevoked(signer);
          boolean wasConfigured = configured.removeIf(ds -> isDigestOf(ds, key));
          if (wasConfigured) {
            keys.add(new AnchorKey(key, State.VALID, Instant.MAX, Set.of()));
          }
          keys.replaceAll(
              known ->
                  known.isTrusted() && known.dnskey().equals(key)
                      ? known.in(State.REVOKED, at.plus(HOLD_DOWN))
                      : known);
        }
      }
      return next(state, configured, keys, at.plus(state.retryInterval()));
    }

    /** RFC 5011 §4, for an RRset that an anchor has signed. */
    AnchorState update() {
      Map<Octets, Rrsig> trusted = trustedSigners();
      if (trusted.isEmpty()) {
        return state;
      }
      List<AnchorKey> keys = new ArrayList<>();
      for (AnchorKey known : state.keys()) {
        AnchorKey later = later(known);
        if (later != null) {
          keys.add(later);
        }
      }
      List<Octets> configured = new ArrayList<>(state.configured());
      for (Dnskey key : present) {
        Octets rdata = Octets.of(key.rdata());
        boolean isNew = keys.stream().noneMatch(known -> known.dnskey().equals(rdata));
        if (isNew && isEntryPoint(key)) {
          boolean wasConfigured = configured.removeIf(ds -> isDigestOf(ds, rdata));
          add(keys, rdata, wasConfigured, trusted);
        }
      }
      return timed(configured, keys, trusted);
    }

    /** The anchors that have signed, revoked ones excepted, each with its signature. */
    private Map<Octets, Rrsig> trustedSigners() {
      Map<Octets, Rrsig> trusted = new LinkedHashMap<>();
      signers.forEach(
          (signer, rrsig) -> {
            Octets rdata = Octets.of(signer.rdata());
            boolean isAnchor =
                state.keys().stream().anyMatch(k -> k.isTrusted() && k.dnskey().equals(rdata))
                    || state.configured().stream().anyMatch(ds -> isDigestOf(ds, rdata));
            if (isAnchor && !signer.isRevoked()) {
              trusted.put(rdata, rrsig);
            }
          });
      return trusted;
    }

    private @Nullable AnchorKey later(AnchorKey known) {
      boolean isPresent = present.stream().anyMatch(k -> unrevoked(k).equals(known.dnskey()));
      boolean isUnrevoked = present.contains(known.key());
      return switch (known.state()) {
        case ADD_PENDING -> isUnrevoked && !isOrphaned(known) ? grown(known) : null;
        case VALID, MISSING -> known.in(isUnrevoked ? State.VALID : State.MISSING, Instant.MAX);
        case REVOKED -> {
          boolean over = !isPresent && !at.isBefore(known.due());
          // RFC 5011 §4.1, RemTime: the time counts from when it was last seen.
          Instant due = isPresent ? at.plus(HOLD_DOWN) : known.due();
          yield over ? known.in(State.REMOVED, Instant.MAX) : known.in(State.REVOKED, due);
        }
        case REMOVED -> known;
      };
    }

    private AnchorKey grown(AnchorKey pending) {
      // RFC 5011 §2.2: the RRset is seen after the hold-down time has expired.
      return at.isBefore(pending.due()) ? pending : pending.in(State.VALID, Instant.MAX);
    }

    /** RFC 5011 §2.2: all the keys that vouched for it are revoked by now. */
    private boolean isOrphaned(AnchorKey pending) {
      Set<Octets> gone = new HashSet<>();
      for (AnchorKey known : state.keys()) {
        if (known.state() == State.REVOKED || known.state() == State.REMOVED) {
          gone.add(known.dnskey());
        }
      }
      return gone.containsAll(pending.addedBy());
    }

    private void add(
        List<AnchorKey> keys, Octets rdata, boolean wasConfigured, Map<Octets, Rrsig> trusted) {
      if (wasConfigured) {
        keys.add(new AnchorKey(rdata, State.VALID, Instant.MAX, Set.of()));
        return;
      }
      long pending = keys.stream().filter(k -> k.state() == State.ADD_PENDING).count();
      if (pending < MAX_PENDING) {
        // RFC 5011 §2.4.1
        Duration wait = longer(HOLD_DOWN, originalTtl(trusted));
        keys.add(new AnchorKey(rdata, State.ADD_PENDING, at.plus(wait), trusted.keySet()));
      }
    }

    private boolean isEntryPoint(Dnskey key) {
      return key.isZoneKey()
          && !key.isRevoked()
          && (key.flags() & SEP) != 0
          && algorithms.supportsAlgorithm(key.algorithm());
    }

    /** RFC 5011 §2.3. */
    private AnchorState timed(
        List<Octets> configured, List<AnchorKey> keys, Map<Octets, Rrsig> trusted) {
      Duration least = originalTtl(trusted);
      for (Rrsig rrsig : trusted.values()) {
        Duration left = Duration.between(at, SignatureTime.nearest(rrsig.expiration(), at));
        least = shorter(least, left);
      }
      Duration wait = longer(MIN_INTERVAL, shorter(MAX_INTERVAL, least.dividedBy(2)));
      Duration retry = longer(MIN_INTERVAL, shorter(MAX_RETRY, least.dividedBy(10)));
      return new AnchorState(state.zone(), configured, keys, at.plus(wait), retry);
    }

    private Duration originalTtl(Map<Octets, Rrsig> trusted) {
      long ttl = trusted.values().stream().mapToLong(Rrsig::originalTtl).max().orElse(0);
      return Duration.ofSeconds(ttl);
    }

    private boolean isDigestOf(Octets ds, Octets dnskey) {
      Ds record = Ds.read(ds.toByteArray());
      Dnskey key = Dnskey.read(dnskey.toByteArray());
      return record != null
          && key != null
          && algorithms.supportsDigest(record.digestType())
          && record.matches(state.zone(), key);
    }
  }

  private static Octets unrevoked(Dnskey key) {
    byte[] rdata = key.rdata();
    rdata[1] = (byte) (rdata[1] & ~0x80);
    return Octets.of(rdata);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
