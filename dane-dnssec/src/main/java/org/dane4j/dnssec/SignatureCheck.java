// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.dane4j.dnssec.Finding.Bogus;
import org.dane4j.dnssec.Finding.Secure;
import org.dane4j.dnssec.Finding.Unknown;
import org.dane4j.dnssec.crypto.CanonicalForm;
import org.dane4j.dnssec.crypto.Dnskey;
import org.dane4j.dnssec.crypto.ZoneKey;
import org.dane4j.dnssec.wire.Rrsig;
import org.dane4j.dnssec.wire.SignedRrset;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Verifies the signatures of RRsets (RFC 4035 §5.3). One valid signature suffices; signatures that
 * cannot be judged are passed over (RFC 6840 §5.12).
 */
final class SignatureCheck {

  private final Validation validation;
  private final IdentityHashMap<SignedRrset, Finding<VerifiedRrset>> done = new IdentityHashMap<>();

  SignatureCheck(Validation validation) {
    this.validation = validation;
  }

  /** Keys of one zone that may have made a signature. */
  interface Signers {
    /** The keys with a key tag and algorithm. */
    List<ZoneKey> named(int keyTag, int algorithm);

    /** The algorithms that must have signed, all of them; empty if any one is enough. */
    Set<Integer> required();
  }

  /** A signature that was verified, and whose it is. */
  record Accepted<S extends Signers>(S signers, Dnskey key, Rrsig rrsig) {}

  /**
   * Returns the RRset with a verified signature, or the most specific reason why no signature
   * counts. The latter is a finding about signatures only: whether there must be one is another
   * question.
   */
  Finding<VerifiedRrset> check(SignedRrset rrset, ZoneWalk zones) {
    Finding<VerifiedRrset> known = done.get(rrset);
    if (known == null) {
      Finding<Accepted<ZoneKeys>> accepted = firstValid(rrset, zones::keysOf);
      known =
          accepted instanceof Secure<Accepted<ZoneKeys>> secure
              ? new Secure<>(verified(rrset, secure.value()))
              : accepted.as();
      done.put(rrset, known);
    }
    return known;
  }

  /** Returns the proof of a zone's DS RRset; empty if none was verified. */
  Proof delegation(Name zone) {
    for (Finding<VerifiedRrset> finding : done.values()) {
      if (finding instanceof Secure<VerifiedRrset> secure
          && secure.value().rrset().type() == Type.DS
          && secure.value().rrset().owner().equals(zone)) {
        return Proof.of(secure.value());
      }
    }
    return Proof.EMPTY;
  }

  /** Returns the first signature that one of its signer's keys verifies. */
  <S extends Signers> Finding<Accepted<S>> firstValid(
      SignedRrset rrset, Function<Name, Finding<S>> signers) {
    if (rrset.malformed() || rrset.rdata().isEmpty()) {
      return new Bogus<>(BogusReason.MALFORMED, subject(rrset) + " has RDATA not of its type");
    }
    Bogus<Accepted<S>> worst = null;
    Finding<Accepted<S>> unknown = null;
    Secure<Accepted<S>> first = null;
    Set<Integer> algorithms = new HashSet<>();
    for (Rrsig rrsig : candidates(rrset)) {
      Finding<Accepted<S>> finding = judge(rrset, rrsig, signers);
      if (finding instanceof Secure<Accepted<S>> secure) {
        first = first == null ? secure : first;
        algorithms.add(rrsig.algorithm());
        if (algorithms.containsAll(first.value().signers().required())) {
          return first;
        }
      }
      if (finding instanceof Bogus<Accepted<S>> bogus) {
        BogusReason known = worst == null ? BogusReason.SIGNATURE_MISSING : worst.reason();
        worst = bogus.reason().compareTo(known) > 0 ? bogus : worst;
      } else if (finding instanceof Unknown<Accepted<S>>) {
        unknown = finding;
      }
    }
    if (first != null) {
      String text = " lacks a valid signature by an algorithm that vouches for its zone";
      return new Bogus<>(BogusReason.ALGORITHM_MISSING, subject(rrset) + text);
    }
    if (unknown != null) {
      return unknown;
    }
    return worst != null
        ? worst
        : new Bogus<>(
            BogusReason.SIGNATURE_MISSING, subject(rrset) + " has no signature that counts");
  }

  /** RFC 6840 §5.12: signatures that cannot be judged are as if they were not there. */
  private List<Rrsig> candidates(SignedRrset rrset) {
    List<Rrsig> candidates = new ArrayList<>(2);
    for (Rrsig rrsig : rrset.signatures()) {
      if (candidates.size() < validation.limits().maxSignaturesPerRrset()
          && validation.algorithms().supportsAlgorithm(rrsig.algorithm())) {
        candidates.add(rrsig);
      }
    }
    return candidates;
  }

  private <S extends Signers> Finding<Accepted<S>> judge(
      SignedRrset rrset, Rrsig rrsig, Function<Name, Finding<S>> signers) {
    Bogus<Accepted<S>> objection = objection(rrset, rrsig);
    if (objection != null) {
      return objection;
    }
    Finding<S> finding = signers.apply(rrsig.signer());
    return finding instanceof Secure<S> secure
        ? tryKeys(rrset, rrsig, secure.value())
        : finding.as();
  }

  /** What speaks against a signature before any cryptography; null if nothing does. */
  private <T> @Nullable Bogus<T> objection(SignedRrset rrset, Rrsig rrsig) {
    int labels = CanonicalForm.labelCount(rrset.owner());
    Name signer = rrsig.signer();
    // RFC 4035 §5.3.1: the signer is the zone of the owner, and labels are at most the owner's.
    boolean inZone = rrset.owner().subdomain(signer);
    // RFC 4035 §5.2: a DS RRset belongs to the parent zone.
    boolean ownDs = rrset.type() == Type.DS && signer.equals(rrset.owner());
    boolean properLabels =
        rrsig.labels() <= labels && rrsig.labels() >= CanonicalForm.labelCount(signer);
    boolean expanded = rrsig.labels() < labels;
    if (!inZone || ownDs || !properLabels || (expanded && isBoundToItsName(rrset.type()))) {
      return new Bogus<>(
          BogusReason.SIGNATURE_WRONG,
          describe(rrset, rrsig) + " is none that this zone can make for this name");
    }
    SignatureTime.Objection time = SignatureTime.objection(rrsig, validation.at());
    return time == null
        ? null
        : new Bogus<>(time.reason(), describe(rrset, rrsig) + " " + time.text());
  }

  /** Types that speak of their very owner, so that a wildcard cannot stand for it. */
  private static boolean isBoundToItsName(int type) {
    return switch (type) {
      // RFC 6672 §3.3 for DNAME. NSEC is not here: expanded, it counts at the wildcard's name only.
      case Type.DNAME, Type.NSEC3, Type.DS, Type.DNSKEY, Type.SOA -> true;
      default -> false;
    };
  }

  private <S extends Signers> Finding<Accepted<S>> tryKeys(
      SignedRrset rrset, Rrsig rrsig, S signers) {
    List<ZoneKey> keys = signers.named(rrsig.keyTag(), rrsig.algorithm());
    if (keys.isEmpty()) {
      return new Bogus<>(
          BogusReason.KEY_MISSING, describe(rrset, rrsig) + " is by a key that does not count");
    }
    byte[] data = CanonicalForm.signedData(rrset, rrsig);
    byte[] signature = rrsig.signature();
    String problem = "does not verify";
    // RFC 4034 Appendix B: key tags may collide.
    int count = Math.min(keys.size(), validation.limits().maxKeysPerTag());
    for (ZoneKey key : keys.subList(0, count)) {
      if (!validation.budget().paySignature()) {
        return new Bogus<>(
            BogusReason.LIMITS, describe(rrset, rrsig) + " is one too many to verify");
      }
      ZoneKey.Outcome outcome = key.verify(data, signature);
      if (outcome == ZoneKey.Outcome.VALID) {
        return new Secure<>(new Accepted<>(signers, key.dnskey(), rrsig));
      }
      validation.budget().payFailure();
      problem = outcome == ZoneKey.Outcome.BAD_KEY ? "is by a malformed key" : problem;
    }
    return new Bogus<>(BogusReason.SIGNATURE_WRONG, describe(rrset, rrsig) + " " + problem);
  }

  private VerifiedRrset verified(SignedRrset rrset, Accepted<ZoneKeys> accepted) {
    Name owner = rrset.owner();
    Rrsig rrsig = accepted.rrsig();
    boolean expanded = rrsig.labels() < CanonicalForm.labelCount(owner);
    Name parent = expanded ? new Name(owner, owner.labels() - 1 - rrsig.labels()) : null;
    Instant until = SignatureTime.validUntil(rrset.ttl(), rrsig, validation.at());
    return new VerifiedRrset(rrset, accepted.signers(), rrsig, parent, until);
  }

  private static String subject(SignedRrset rrset) {
    return rrset.owner() + " " + Type.string(rrset.type());
  }

  private static String describe(SignedRrset rrset, Rrsig rrsig) {
    return "the RRSIG of "
        + subject(rrset)
        + " by "
        + rrsig.signer()
        + " (key tag "
        + rrsig.keyTag()
        + ", algorithm "
        + rrsig.algorithm()
        + ")";
  }
}
