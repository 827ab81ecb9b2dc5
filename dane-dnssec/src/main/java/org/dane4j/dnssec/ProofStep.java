// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import org.xbill.DNS.Name;

/**
 * One thing that was verified.
 *
 * @param kind what it is
 * @param name the name that it is about
 * @param text what was verified, and by what
 */
public record ProofStep(Kind kind, Name name, String text) {

  /** What is verified in a step. */
  public enum Kind {
    /** A key that is trusted by configuration. */
    TRUST_ANCHOR,
    /** A zone's DNSKEY RRset. */
    ZONE_KEYS,
    /** A DS RRset: the way into a zone. */
    DELEGATION,
    /** An RRset of a zone. */
    RRSET,
    /** A proof that something does not exist. */
    DENIAL
  }

  /** Returns name and text. */
  @Override
  public String toString() {
    return name + " " + text;
  }
}
