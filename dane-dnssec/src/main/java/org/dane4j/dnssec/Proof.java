// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.dane4j.dnssec.ProofStep.Kind;
import org.dane4j.dnssec.crypto.Ds;
import org.dane4j.dnssec.denial.Denial;
import org.dane4j.dnssec.denial.DenialRecord;
import org.dane4j.dnssec.wire.Rrsig;
import org.dane4j.dnssec.wire.SignedRrset;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

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

  static Proof of(ZoneKeys zone, Denial denial, Instant validUntil) {
    return new Proof(List.of(zone), List.of(new Denied(denial, validUntil)));
  }

  /** A denial, and when its first record must be forgotten. */
  private record Denied(Denial denial, Instant validUntil) {}

  /** Returns when the first of the findings must be forgotten. */
  Instant validUntil() {
    Instant until = Instant.MAX;
    for (Object finding : findings) {
      Instant end =
          finding instanceof Denied denied
              ? denied.validUntil
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
        steps.add(signed(rrset));
      } else if (finding instanceof Denied denied) {
        steps.add(denied(denied.denial));
      }
    }
    return List.copyOf(steps);
  }

  private static void addZone(Set<ProofStep> steps, ZoneKeys zone) {
    VerifiedRrset delegation = zone.delegation();
    if (delegation != null) {
      addZone(steps, delegation.signer());
      steps.add(signed(delegation));
    } else {
      String text = "trusted by configuration: " + zone.entry();
      steps.add(new ProofStep(Kind.TRUST_ANCHOR, zone.zone(), text));
    }
    String text = "DNSKEY RRset, signed by " + signature(zone.rrsig());
    steps.add(new ProofStep(Kind.ZONE_KEYS, zone.zone(), text));
  }

  private static ProofStep signed(VerifiedRrset verified) {
    SignedRrset rrset = verified.rrset();
    boolean isDs = rrset.type() == Type.DS;
    Name parent = verified.wildcardParent();
    String wildcard = parent == null ? "" : ", from the wildcard *." + parent;
    String text =
        Type.string(rrset.type())
            + (isDs ? dsTags(rrset) : "")
            + ", signed by "
            + signature(verified.rrsig())
            + wildcard;
    return new ProofStep(isDs ? Kind.DELEGATION : Kind.RRSET, rrset.owner(), text);
  }

  private static String dsTags(SignedRrset rrset) {
    StringBuilder tags = new StringBuilder();
    for (byte[] rdata : rrset.rdata()) {
      @Nullable Ds ds = Ds.read(rdata);
      if (ds != null) {
        tags.append(tags.isEmpty() ? " for key " : ", ").append(ds.keyTag());
        tags.append(" (digest type ").append(ds.digestType()).append(')');
      }
    }
    return tags.toString();
  }

  private static String signature(Rrsig rrsig) {
    return rrsig.signer() + " key " + rrsig.keyTag() + " (algorithm " + rrsig.algorithm() + ")";
  }

  private static ProofStep denied(Denial denial) {
    List<String> records = new ArrayList<>();
    for (DenialRecord record : denial.proof()) {
      records.add(record.toString());
    }
    String text = denial.outcome().text() + ": " + String.join("; ", records);
    return new ProofStep(Kind.DENIAL, denial.proof().get(0).owner(), text);
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
