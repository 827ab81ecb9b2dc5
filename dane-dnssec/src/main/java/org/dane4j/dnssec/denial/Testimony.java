// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.denial;

import java.util.ArrayList;
import java.util.List;
import org.dane4j.dnssec.crypto.Budget;
import org.dane4j.dnssec.denial.Denial.Outcome;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * What one denial-of-existence record says about a name, for explanations. No verdict depends on
 * it.
 *
 * @param record the record
 * @param text the record, and what it says
 */
public record Testimony(DenialRecord record, String text) {

  /** Enough for a name with all labels that it may have, at the usual number of iterations. */
  private static final int MAX_HASH_BLOCKS = 4096;

  /**
   * Returns what each record of a denial says.
   *
   * @param name the name that was denied, or whose data were
   * @param zone the zone of the records
   * @param denial the denial
   * @return one testimony for each record, in the same order
   */
  public static List<Testimony> of(Name name, Name zone, Denial denial) {
    boolean readable = denial.outcome() != Outcome.TOO_MANY_ITERATIONS;
    List<Reader> readers = denial.proof().stream().map(Reader::of).toList();
    Name missing = readable ? shortestMissing(name, zone, readers) : null;
    List<Testimony> testimonies = new ArrayList<>();
    for (int i = 0; i < readers.size(); i++) {
      DenialRecord record = denial.proof().get(i);
      List<String> sayings = readable ? sayings(readers.get(i), name, missing) : List.of();
      String text = record.toString().substring(record.owner().toString().length() + 1);
      String says = sayings.isEmpty() ? "" : ": " + String.join(", ", sayings);
      testimonies.add(new Testimony(record, text + says));
    }
    return testimonies;
  }

  /** Returns the next closer name (RFC 5155 §1.3), if the records cover one. */
  private static @Nullable Name shortestMissing(Name name, Name zone, List<Reader> readers) {
    for (int labels = zone.labels() + 1; labels <= name.labels(); labels++) {
      Name candidate = Names.ancestor(name, labels);
      if (readers.stream().anyMatch(reader -> reader.covers(candidate))) {
        return candidate;
      }
    }
    return null;
  }

  private static List<String> sayings(Reader reader, Name name, @Nullable Name missing) {
    List<String> sayings = new ArrayList<>();
    if (reader.matches(name)) {
      sayings.add(name + " has these types only");
    }
    if (reader.isAbove(name)) {
      sayings.add(name + " has no records, there are names below it");
    }
    if (missing == null) {
      return sayings;
    }
    Name encloser = new Name(missing, 1);
    if (reader.matches(encloser)) {
      sayings.add(encloser + " exists");
    }
    if (reader.covers(missing)) {
      sayings.add("nothing is at " + missing + reader.condition());
    }
    Name wildcard = NsecProof.wildcardAt(encloser);
    if (wildcard != null && reader.matches(wildcard)) {
      sayings.add("the wildcard " + wildcard + " has these types only");
    } else if (wildcard != null && reader.isAbove(wildcard)) {
      sayings.add("the wildcard " + wildcard + " has no records, there are names below it");
    } else if (wildcard != null && reader.covers(wildcard)) {
      sayings.add("there is no wildcard " + wildcard);
    }
    return sayings;
  }

  /** Holds a record against names. */
  private interface Reader {
    boolean matches(Name name);

    boolean covers(Name name);

    /** Whether a name is an empty non-terminal. */
    boolean isAbove(Name name);

    String condition();

    static Reader of(DenialRecord record) {
      return record instanceof Nsec3 nsec3
          ? new HashReader(nsec3, new Nsec3Hash(nsec3.parameters(), budget()))
          : new NameReader((Nsec) record);
    }

    private static Budget budget() {
      return new Budget(0, 0, 0, MAX_HASH_BLOCKS);
    }
  }

  private record NameReader(Nsec nsec) implements Reader {
    @Override
    public boolean matches(Name name) {
      return nsec.owner().equals(name);
    }

    @Override
    public boolean covers(Name name) {
      return nsec.covers(name) && !nsec.provesEmptyNonTerminal(name);
    }

    @Override
    public boolean isAbove(Name name) {
      return nsec.covers(name) && nsec.provesEmptyNonTerminal(name);
    }

    @Override
    public String condition() {
      return "";
    }
  }

  private record HashReader(Nsec3 nsec3, Nsec3Hash hash) implements Reader {
    @Override
    public boolean matches(Name name) {
      byte[] hashed = hash.of(name);
      return hashed != null && nsec3.matches(hashed);
    }

    @Override
    public boolean covers(Name name) {
      byte[] hashed = hash.of(name);
      return hashed != null && nsec3.covers(hashed);
    }

    @Override
    public boolean isAbove(Name name) {
      // RFC 5155 §7.1: empty non-terminals have records of their own.
      return false;
    }

    @Override
    public String condition() {
      return nsec3.optOut() ? ", unless it is an unsigned delegation (opt-out)" : "";
    }
  }
}
