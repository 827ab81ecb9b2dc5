// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.denial;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dane4j.dnssec.crypto.Budget;
import org.dane4j.dnssec.denial.Denial.Outcome;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** What the verified NSEC3 records of one zone prove (RFC 5155 §8). */
public final class Nsec3Proof implements ZoneDenial {

  private final Name zone;
  private final Budget budget;
  private final int maxIterations;
  private final List<Nsec3> records = new ArrayList<>();
  private final Map<Nsec3.Parameters, Nsec3Hash> hashers = new HashMap<>();
  private boolean tooManyIterations;

  /**
   * Makes a proof without records.
   *
   * @param zone the zone
   * @param budget pays for the hashes
   * @param maxIterations with more additional iterations than this, nothing is hashed
   */
  public Nsec3Proof(Name zone, Budget budget, int maxIterations) {
    this.zone = zone;
    this.budget = budget;
    this.maxIterations = maxIterations;
  }

  /**
   * Adds a verified record. One that is malformed, or of an unknown kind, is left out.
   *
   * @param owner the owner's name
   * @param rdata its RDATA
   */
  public void add(Name owner, byte[] rdata) {
    Nsec3 record = Nsec3.read(owner, rdata, zone);
    if (record == null) {
      return;
    }
    // RFC 9276 §3.2
    tooManyIterations |= record.parameters().iterations() > maxIterations;
    records.add(record);
  }

  @Override
  public Denial noData(Name name, int type) {
    if (!isUsable()) {
      return unusable();
    }
    Nsec3 match = matching(name);
    if (match != null) {
      // RFC 5155 §8.5, §8.6
      return match.types().denies(type, isRoot(name))
          ? Denial.of(Outcome.NO_DATA, match)
          : Denial.NOTHING;
    }
    Encloser encloser = closestEncloser(name);
    if (encloser == null) {
      return Denial.NOTHING;
    }
    // RFC 5155 §8.7
    Nsec3 wildcard = matchingWildcard(encloser.name);
    if (wildcard != null && wildcard.types().denies(type, false)) {
      Outcome outcome = encloser.isOptOut() ? Outcome.OPT_OUT : Outcome.NO_DATA;
      return Denial.of(outcome, encloser.match, encloser.cover, wildcard);
    }
    // RFC 5155 §8.6, §9.2: an unsigned delegation, or an empty non-terminal above some, may be
    // here.
    return encloser.isOptOut()
        ? Denial.of(Outcome.OPT_OUT, encloser.match, encloser.cover)
        : Denial.NOTHING;
  }

  @Override
  public Denial noName(Name name) {
    if (!isUsable()) {
      return unusable();
    }
    Encloser encloser = closestEncloser(name);
    Name wildcard = encloser == null ? null : NsecProof.wildcardAt(encloser.name);
    if (encloser == null) {
      return Denial.NOTHING;
    }
    // RFC 5155 §8.4
    Nsec3 noWildcard = wildcard == null ? encloser.cover : covering(wildcard);
    if (noWildcard == null) {
      return Denial.NOTHING;
    }
    Outcome outcome = encloser.isOptOut() ? Outcome.OPT_OUT : Outcome.NO_NAME;
    return Denial.of(outcome, encloser.match, encloser.cover, noWildcard);
  }

  @Override
  public Denial noCloserName(Name name, Name closestEncloser) {
    if (!isUsable()) {
      return unusable();
    }
    // RFC 5155 §8.8
    Nsec3 cover = covering(Names.ancestor(name, closestEncloser.labels() + 1));
    if (cover == null) {
      return Denial.NOTHING;
    }
    return Denial.of(cover.optOut() ? Outcome.OPT_OUT : Outcome.NO_CLOSER_NAME, cover);
  }

  @Override
  public Denial noDelegation(Name name) {
    if (!isUsable()) {
      return unusable();
    }
    Nsec3 match = matching(name);
    if (match != null) {
      return Denial.of(match.types().delegation(), match);
    }
    Denial noName = noName(name);
    Denial denial = noName.isProven() ? noName : noData(name, Type.DS);
    return switch (denial.outcome()) {
      case NO_NAME, NO_DATA -> denial.as(Outcome.NO_ZONE_CUT);
      default -> denial;
    };
  }

  @Override
  public Denial unsignedDelegation(Name name) {
    Nsec3 match = isUsable() ? matching(name) : null;
    return match != null && match.types().delegation() == Outcome.UNSIGNED_DELEGATION
        ? Denial.of(Outcome.UNSIGNED_DELEGATION, match)
        : Denial.NOTHING;
  }

  private boolean isUsable() {
    return !records.isEmpty() && !tooManyIterations;
  }

  private Denial unusable() {
    return tooManyIterations
        ? new Denial(Outcome.TOO_MANY_ITERATIONS, List.copyOf(records))
        : Denial.NOTHING;
  }

  /** An existing ancestor, and the proof that the name one label longer does not exist. */
  private record Encloser(Name name, Nsec3 match, Nsec3 cover) {
    boolean isOptOut() {
      return cover.optOut();
    }
  }

  /** RFC 5155 §8.3; null if there is no such proof, or the closest encloser ends authority. */
  private @Nullable Encloser closestEncloser(Name name) {
    for (int labels = name.labels() - 1; labels >= zone.labels(); labels--) {
      Name candidate = Names.ancestor(name, labels);
      Nsec3 match = matching(candidate);
      if (match != null) {
        Nsec3 cover = covering(Names.ancestor(name, labels + 1));
        return cover == null || match.types().endsAuthorityBelow()
            ? null
            : new Encloser(candidate, match, cover);
      }
    }
    return null;
  }

  private @Nullable Nsec3 matchingWildcard(Name closestEncloser) {
    Name wildcard = NsecProof.wildcardAt(closestEncloser);
    return wildcard == null ? null : matching(wildcard);
  }

  private @Nullable Nsec3 matching(Name name) {
    for (Nsec3 record : records) {
      byte[] hash = hash(name, record);
      if (hash != null && record.matches(hash)) {
        return record;
      }
    }
    return null;
  }

  private @Nullable Nsec3 covering(Name name) {
    for (Nsec3 record : records) {
      byte[] hash = hash(name, record);
      if (hash != null && record.covers(hash)) {
        return record;
      }
    }
    return null;
  }

  /**
   * RFC 5155 §8.2 allows to refuse records with different parameters, as a zone has them while it
   * changes its salt. Each says the truth by its own.
   */
  private byte @Nullable [] hash(Name name, Nsec3 record) {
    return hashers
        .computeIfAbsent(record.parameters(), parameters -> new Nsec3Hash(parameters, budget))
        .of(name);
  }

  private static boolean isRoot(Name name) {
    return name.equals(Name.root);
  }
}
