// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

/**
 * Which signatures count, and how many are needed.
 *
 * @param algorithms the algorithms that count
 * @param completeness whether each algorithm that vouches for a zone must have signed
 */
record SignatureRules(AlgorithmPolicy algorithms, Completeness completeness) {

  /** How many of a zone's algorithms must have signed its data (RFC 6840 §5.11). */
  enum Completeness {
    /** Any one: what validators should be content with. */
    ANY_ALGORITHM,
    /** Every one that a DS record or trust anchor names: the option for troubleshooting. */
    EVERY_ALGORITHM
  }
}
