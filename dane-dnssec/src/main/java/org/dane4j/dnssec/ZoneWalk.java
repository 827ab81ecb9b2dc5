// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.dane4j.dnssec.Finding.Bogus;
import org.dane4j.dnssec.Finding.Insecure;
import org.dane4j.dnssec.Finding.Secure;
import org.dane4j.dnssec.Finding.Unknown;
import org.dane4j.dnssec.denial.Denial;
import org.dane4j.dnssec.wire.SignedRrset;
import org.dane4j.dnssec.wire.WireMessage;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * Walks the tree of zones between a trust anchor and a name, in both directions.
 *
 * <p>Upwards, {@link #keysOf}: a signature names its zone, that zone's DS RRset is signed by a zone
 * above, and so on to an anchor. That is the way of everything that is signed, and it needs no
 * answers about the names between zones. Downwards, {@link #zoneOf}: where a signature is missing,
 * every name from the anchor down is asked whether an unsigned delegation stands there. Only that
 * way leads to "insecure".
 */
final class ZoneWalk {

  private final Validation validation;
  private final SignatureCheck signatures;
  private final ZoneEntry entry;
  private final Map<Name, Finding<ZoneKeys>> known = new HashMap<>();
  private final Map<Name, Proof> uncut = new HashMap<>();

  ZoneWalk(Validation validation, SignatureCheck signatures) {
    this.validation = validation;
    this.signatures = signatures;
    this.entry = new ZoneEntry(validation, signatures);
  }

  /**
   * Returns the keys of a zone that a signature names as its signer. They are proven by signatures
   * of zones above it only, so this comes to an end.
   */
  Finding<ZoneKeys> keysOf(Name zone) {
    Finding<ZoneKeys> finding = known.get(zone);
    if (finding == null) {
      ZoneMemory.Fact fact = recall(zone);
      ZoneKeys keys = fact == null ? null : fact.keys();
      finding = keys != null ? new Secure<>(keys) : prove(zone);
      known.put(zone, finding);
      if (keys == null && finding instanceof Secure<ZoneKeys> proven) {
        validation.memory().remember(zone, ZoneMemory.Fact.secure(proven.value(), validation.at()));
      }
    }
    return finding;
  }

  private Finding<ZoneKeys> prove(Name zone) {
    TrustAnchors.ZoneAnchors anchors = validation.anchorsOf(zone);
    if (anchors != null) {
      return entry.byAnchors(zone, anchors);
    }
    if (validation.closestAnchor(zone) == null) {
      return noAnchor(zone);
    }
    Question question = new Question(zone, Type.DS);
    WireMessage response = validation.response(question);
    if (response == null) {
      // The keys will be needed as well: name them now, and save a round.
      validation.response(new Question(zone, Type.DNSKEY));
      return validation.unknown(question);
    }
    SignedRrset ds = response.answer(zone, Type.DS);
    if (ds == null) {
      // Whether it is provably not signed is for the way down to say.
      return new Bogus<>(BogusReason.SIGNATURE_MISSING, zone + " has no DS RRset");
    }
    Finding<VerifiedRrset> proof = signatures.check(ds, this);
    return proof instanceof Secure<VerifiedRrset> verified
        ? entry.byDelegation(zone, verified.value())
        : proof.as();
  }

  /** Returns the keys of the zone that a name is in, or since where nothing is signed. */
  Finding<ZoneKeys> zoneOf(Name name) {
    Name anchor = validation.closestAnchor(name);
    if (anchor == null) {
      return noAnchor(name);
    }
    Finding<ZoneKeys> zone = keysOf(anchor);
    Proof onTheWay = Proof.EMPTY;
    for (int labels = anchor.labels() + 1; labels <= name.labels(); labels++) {
      if (!(zone instanceof Secure<ZoneKeys> secure)) {
        break;
      }
      Name below = new Name(name, name.labels() - labels);
      zone = descend(secure.value(), below);
      onTheWay = onTheWay.and(uncut.getOrDefault(below, Proof.EMPTY));
    }
    if (zone instanceof Insecure<ZoneKeys> insecure) {
      return new Insecure<>(insecure.reason(), insecure.zone(), onTheWay.and(insecure.proof()));
    }
    if (zone instanceof Unknown<ZoneKeys> unknown && unknown.trouble() == null) {
      nameAllDelegations(name, anchor);
    }
    return zone;
  }

  /**
   * Returns the zone that an RRset of a type belongs to at a name: that above the zone cut for DS
   * (RFC 4035 §5.2), and the one that the name is in for all others.
   */
  Finding<ZoneKeys> zoneOf(Name name, int type) {
    return zoneOf(owningName(name, type));
  }

  /** Returns a name in the zone that holds a type at a name. */
  static Name owningName(Name name, int type) {
    boolean above = type == Type.DS && name.labels() > 1;
    return above ? new Name(name, 1) : name;
  }

  /**
   * Takes one step down: the keys of the zone that begins at a name, or of the one it is still in.
   */
  private Finding<ZoneKeys> descend(ZoneKeys zone, Name name) {
    ZoneMemory.Fact fact = recall(name);
    if (fact != null && fact.keys() != null) {
      return new Secure<>(fact.keys());
    }
    if (fact != null && fact.insecure() != null) {
      return fact.insecure().as();
    }
    if (fact != null) {
      uncut.put(name, fact.proof());
      return new Secure<>(zone);
    }
    Question question = new Question(name, Type.DS);
    WireMessage response = validation.response(question);
    if (response == null) {
      return validation.unknown(question);
    }
    SignedRrset ds = response.answer(name, Type.DS);
    if (ds != null) {
      Finding<VerifiedRrset> verified = signatures.check(ds, this);
      return verified instanceof Secure<VerifiedRrset> secure
          ? belowDelegation(zone, secure.value())
          : verified.as();
    }
    SignedRrset alias = response.answer(name, Type.CNAME);
    return alias != null ? belowAlias(zone, alias) : belowNoDelegation(zone, name, response);
  }

  /** RFC 4035 §5.2: of a delegation, the zone that it stands in speaks, and none above that. */
  private Finding<ZoneKeys> belowDelegation(ZoneKeys zone, VerifiedRrset ds) {
    Name owner = ds.rrset().owner();
    Name signer = ds.signer().zone();
    return signer.subdomain(zone.zone())
        ? keysOf(owner)
        : new Bogus<>(
            BogusReason.SIGNATURE_WRONG,
            "the DS RRset of " + owner + " is signed by " + signer + ", and not by " + zone.zone());
  }

  /** A name with a CNAME record is no zone cut (RFC 1034 §3.6.2). */
  private Finding<ZoneKeys> belowAlias(ZoneKeys zone, SignedRrset alias) {
    Finding<VerifiedRrset> verified = signatures.check(alias, this);
    if (verified instanceof Secure<VerifiedRrset> secure) {
      uncut.put(alias.owner(), Proof.of(secure.value()));
      return secure.value().wildcardParent() == null
          ? new Secure<>(zone)
          : new Bogus<>(
              BogusReason.DENIAL_MISSING,
              alias.owner() + " has no DS RRset, and only a CNAME record from a wildcard");
    }
    return verified.as();
  }

  private Finding<ZoneKeys> belowNoDelegation(ZoneKeys zone, Name name, WireMessage response) {
    DenialRecords denials = DenialRecords.of(zone.zone(), response, validation);
    Unknown<ZoneKeys> unknown = denials.verify(signatures, this);
    Denial denial = denials.ask(proof -> proof.noDelegation(name));
    Instant until = denials.validUntil();
    switch (denial.outcome()) {
      case NO_ZONE_CUT -> {
        Proof proof = denials.proof(zone, name, denial);
        uncut.put(name, proof);
        validation
            .memory()
            .remember(name, ZoneMemory.Fact.noZoneCut(proof, validation.at(), until));
        return new Secure<>(zone);
      }
      case UNSIGNED_DELEGATION, OPT_OUT, TOO_MANY_ITERATIONS -> {
        Insecure<ZoneKeys> insecure =
            new Insecure<>(insecurity(denial), name, denials.proof(zone, name, denial));
        validation
            .memory()
            .remember(name, ZoneMemory.Fact.insecure(insecure, validation.at(), until));
        return insecure;
      }
      default -> {
        return unknown != null
            ? unknown
            : denials.objection(
                name + " has no DS RRset, and " + zone.zone() + " does not prove why");
      }
    }
  }

  static InsecureReason insecurity(Denial denial) {
    return switch (denial.outcome()) {
      case OPT_OUT -> InsecureReason.OPT_OUT;
      case TOO_MANY_ITERATIONS -> InsecureReason.NSEC3_ITERATIONS;
      default -> InsecureReason.UNSIGNED_DELEGATION;
    };
  }

  /** Something is missing on the way down: name all of it at once, so that one round gets it. */
  private void nameAllDelegations(Name name, Name anchor) {
    for (int labels = anchor.labels() + 1; labels <= name.labels(); labels++) {
      Name zone = new Name(name, name.labels() - labels);
      if (recall(zone) == null) {
        validation.response(new Question(zone, Type.DS));
      }
    }
  }

  /**
   * Returns what is proven of the zones above a name, and of the way into them: how far it came.
   */
  Proof provenAbove(Name name) {
    Proof proof = Proof.EMPTY;
    for (int labels = 1; labels <= name.labels(); labels++) {
      Name zone = new Name(name, name.labels() - labels);
      proof = proof.and(signatures.delegation(zone));
      if (known.get(zone) instanceof Secure<ZoneKeys> secure) {
        proof = proof.and(Proof.of(secure.value()));
      }
    }
    return proof;
  }

  private ZoneMemory.@Nullable Fact recall(Name name) {
    ZoneMemory.Fact fact = validation.memory().recall(name);
    return fact != null && fact.holdsAt(validation.at()) ? fact : null;
  }

  private Finding<ZoneKeys> noAnchor(Name name) {
    Insecure<ZoneKeys> excepted = underNegativeAnchor(name);
    return excepted != null
        ? excepted
        : new Insecure<>(InsecureReason.NO_TRUST_ANCHOR, name, Proof.EMPTY);
  }

  /** RFC 7646: below a negative trust anchor nothing is validated; null if there is none. */
  <T> @Nullable Insecure<T> underNegativeAnchor(Name name) {
    TrustAnchors.Negative negative = validation.negativeAnchor(name);
    return negative == null
        ? null
        : new Insecure<>(InsecureReason.NEGATIVE_TRUST_ANCHOR, negative.zone(), Proof.EMPTY);
  }
}
