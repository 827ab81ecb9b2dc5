// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.dane4j.dnssec.wire.SignedRrset;
import org.xbill.DNS.Name;

/**
 * What was verified on the way to a verdict, from the trust anchors down. For explanations: the
 * verdict itself does not depend on it. Immutable and thread-safe; the steps are made when they are
 * asked for.
 */
public final class Proof {

  static final Proof EMPTY = new Proof(List.of(), List.of());

  private final List<ZoneKeys> zones;
  private final List<Object> findings;

  /** Takes zones that were entered, and verified RRsets and denials in them. */
  private Proof(List<ZoneKeys> zones, List<Object> findings) {
    this.zones = List.copyOf(zones);
    this.findings = List.copyOf(findings);
  }

  static Proof of(VerifiedRrset rrset) {
    return new Proof(List.of(rrset.signer()), List.of(rrset));
  }

  static Proof of(ZoneKeys zone) {
    return new Proof(List.of(zone), List.of());
  }

  static Proof of(ProvenDenial denied) {
    return new Proof(List.of(denied.zone()), List.of(denied));
  }

  /** Returns when the first of the findings must be forgotten. */
  Instant validUntil() {
    Instant until = Instant.MAX;
    for (Object finding : findings) {
      Instant end =
          finding instanceof ProvenDenial denied
              ? denied.validUntil()
              : ((VerifiedRrset) finding).validUntil();
      until = AnswerProof.earlier(until, end);
    }
    return until;
  }

  /** Returns both proofs, this one first. */
  Proof and(Proof other) {
    List<ZoneKeys> allZones = new ArrayList<>(zones);
    allZones.addAll(other.zones);
    List<Object> allFindings = new ArrayList<>(findings);
    allFindings.addAll(other.findings);
    return new Proof(allZones, allFindings);
  }

  /**
   * Returns the steps, each after those that it rests on.
   *
   * @return the steps; empty if nothing was verified
   */
  public List<ProofStep> steps() {
    Set<ProofStep> steps = new LinkedHashSet<>();
    for (ZoneKeys zone : zones) {
      addZone(steps, zone);
    }
    for (Object finding : findings) {
      if (finding instanceof VerifiedRrset rrset) {
        addZone(steps, rrset.signer());
        steps.add(ProofText.signed(rrset));
      } else if (finding instanceof ProvenDenial denied) {
        steps.addAll(ProofText.denied(denied));
      }
    }
    return List.copyOf(steps);
  }

  /**
   * Returns the times of the signature by which an RRset was verified.
   *
   * @param name the owner of the RRset, after aliases were followed
   * @param type its type
   * @return what the signature says; empty if no such RRset is among what was found
   */
  public Optional<SignaturePeriod> signatureOver(Name name, int type) {
    return findings.stream()
        .filter(VerifiedRrset.class::isInstance)
        .map(VerifiedRrset.class::cast)
        .filter(found -> found.rrset().type() == type && found.rrset().owner().equals(name))
        .map(SignaturePeriod::of)
        .findFirst();
  }

  private static void addZone(Set<ProofStep> steps, ZoneKeys zone) {
    VerifiedRrset delegation = zone.delegation();
    if (delegation != null) {
      addZone(steps, delegation.signer());
      steps.add(ProofText.signed(delegation));
    } else {
      steps.add(ProofText.anchor(zone));
    }
    steps.add(ProofText.keys(zone));
  }

  /**
   * Returns the RRsets that the proof consists of: first what was found, then the keys and
   * delegations of each zone up to its trust anchor (RFC 9102 §3).
   */
  List<SignedRrset> rrsets() {
    Set<SignedRrset> rrsets = Collections.newSetFromMap(new IdentityHashMap<>());
    List<SignedRrset> ordered = new ArrayList<>();
    Consumer<SignedRrset> adder =
        rrset -> {
          if (rrsets.add(rrset)) {
            ordered.add(rrset);
          }
        };
    for (Object finding : findings) {
      if (finding instanceof VerifiedRrset verified) {
        adder.accept(verified.rrset());
      } else if (finding instanceof ProvenDenial denied) {
        denied.records().forEach(record -> adder.accept(record.rrset()));
      }
    }
    zones.forEach(zone -> climb(zone, adder));
    return ordered;
  }

  private static void climb(ZoneKeys bottom, Consumer<SignedRrset> adder) {
    for (ZoneKeys zone = bottom; zone != null; ) {
      adder.accept(zone.rrset());
      VerifiedRrset delegation = zone.delegation();
      if (delegation != null) {
        adder.accept(delegation.rrset());
      }
      zone = delegation == null ? null : delegation.signer();
    }
  }

  /** Returns the steps as an indented tree, one line each. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (ProofStep step : steps()) {
      if (!text.isEmpty()) {
        text.append('\n');
      }
      text.append("  ".repeat(step.name().labels() - 1)).append(step);
    }
    return text.toString();
  }
}
