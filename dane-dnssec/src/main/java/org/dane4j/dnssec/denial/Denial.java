// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.denial;

import java.util.List;

/**
 * What denial-of-existence records prove about a name and type.
 *
 * @param outcome the conclusion
 * @param proof the records that carry it; empty if nothing is proven
 */
public record Denial(Outcome outcome, List<DenialRecord> proof) {

  /** The conclusion. */
  public enum Outcome {
    /** The name exists and has no data of the type. */
    NO_DATA("the name has no such data"),
    /** The name does not exist, and no wildcard stands for it. */
    NO_NAME("the name does not exist, and no wildcard stands for it"),
    /** No closer match than the wildcard exists. */
    NO_CLOSER_NAME("no name is closer than the wildcard"),
    /** An opt-out span covers the name: an unsigned delegation may exist there (RFC 5155 §6). */
    OPT_OUT("an opt-out span, in which unsigned delegations may be"),
    /** The zone is delegated here, and has no DS: what is below is unsigned. */
    UNSIGNED_DELEGATION("delegated without a DS RRset"),
    /** There is no zone cut at this name. */
    NO_ZONE_CUT("not delegated"),
    /** The records ask for more hash iterations than are computed (RFC 9276 §3.2). */
    TOO_MANY_ITERATIONS("too many NSEC3 iterations"),
    /** The records prove nothing about the name. */
    NOT_PROVEN("nothing");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }

    /** Returns the conclusion in words, without a full stop. */
    public String text() {
      return text;
    }
  }

  /** Nothing proven. */
  static final Denial NOTHING = new Denial(Outcome.NOT_PROVEN, List.of());

  /** Copies the list. */
  public Denial {
    proof = List.copyOf(proof);
  }

  /** Returns whether something is proven at all. */
  public boolean isProven() {
    return outcome != Outcome.NOT_PROVEN;
  }

  /** What records carry; if they prove nothing, none does. */
  static Denial of(Outcome outcome, DenialRecord... proof) {
    return outcome == Outcome.NOT_PROVEN ? NOTHING : new Denial(outcome, List.of(proof));
  }

  /** The same records under another conclusion. */
  Denial as(Outcome conclusion) {
    return new Denial(conclusion, proof);
  }
}
