// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

/**
 * What one validation may spend on data that an attacker may have made. A validation that reaches a
 * limit ends as {@link ValidationResult.Bogus} with {@link BogusReason#LIMITS}, or as {@link
 * ValidationResult.Indeterminate}, never as insecure.
 *
 * <p>An honest chain root, TLD, zone costs six signature checks and three DS digests; each further
 * zone two and one, each alias one.
 *
 * @param maxSignatureChecks signature verifications. Default 64: four times what BIND 9.20 allows
 *     per fetch, because one validation here spans all zones and aliases (CVE-2023-50387, KeyTrap)
 * @param maxFailedChecks verifications that may fail. Default 16: BIND ends at the first one; here
 *     a zone in a key rollover may have a stale signature beside each good one
 * @param maxKeysPerTag keys with equal tag and algorithm that are tried for one signature. Default
 *     2, as in hickory-dns; RFC 4034 Appendix B foresees that tags collide
 * @param maxSignaturesPerRrset signatures that are looked at for one RRset. Default 8, as in
 *     Unbound
 * @param maxKeysPerZone records that a DNSKEY RRset may have. Default 64: the largest rollovers
 *     need a dozen, and keys of all zones are kept in memory
 * @param maxDsRecords records that a DS RRset may have. Default 32, half as many as keys
 * @param maxDsDigests DS digests that are computed. Default 64, for 16 zones with 4 records each
 * @param maxNsec3Iterations more additional iterations make a denial insecure. Default 100, as in
 *     systemd and hickory-dns; RFC 9276 §3.1 asks zones for 0
 * @param maxNsec3HashBlocks blocks of 64 octets that SHA-1 is given for NSEC3 (RFC 3174 §4): one
 *     for a name and for each iteration, more if the salt is longer than 35 octets. Default 5000:
 *     49 names with 100 iterations and a usual salt, or all names of a lookup with the 0 iterations
 *     of RFC 9276 §3.1. CVE-2023-50868 is the attack that it stops: names with many labels, and
 *     records with many salts
 * @param maxAliases CNAME and DNAME records that are followed. Default 11, as in Unbound
 * @param maxQuestions questions that one lookup may ask. Default 64: an honest one needs some 20,
 *     two for each label of the name and of each alias, and its own
 * @param maxRounds how often one lookup may ask on; each time the evidence is judged anew, with a
 *     budget of its own. Default 16: one for the question, one for each alias and its zones, and
 *     one more where an alias leads to a host that is a zone
 */
public record ValidationLimits(
    int maxSignatureChecks,
    int maxFailedChecks,
    int maxKeysPerTag,
    int maxSignaturesPerRrset,
    int maxKeysPerZone,
    int maxDsRecords,
    int maxDsDigests,
    int maxNsec3Iterations,
    int maxNsec3HashBlocks,
    int maxAliases,
    int maxQuestions,
    int maxRounds) {

  private static final ValidationLimits DEFAULTS =
      new ValidationLimits(64, 16, 2, 8, 64, 32, 64, 100, 5000, 11, 64, 16);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public ValidationLimits {
    int any =
        maxSignatureChecks
            | maxFailedChecks
            | maxKeysPerTag
            | maxSignaturesPerRrset
            | maxKeysPerZone
            | maxDsRecords
            | maxDsDigests
            | maxNsec3Iterations
            | maxNsec3HashBlocks
            | maxAliases
            | maxQuestions
            | maxRounds;
    if (any < 0) {
      throw new IllegalArgumentException("a limit is zero or more");
    }
  }

  /** Returns limits from numbers in the order of the components. */
  static ValidationLimits of(int... n) {
    return new ValidationLimits(
        n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10], n[11]);
  }

  /** Returns the numbers in the order of the components. */
  int[] toArray() {
    return new int[] {
      maxSignatureChecks,
      maxFailedChecks,
      maxKeysPerTag,
      maxSignaturesPerRrset,
      maxKeysPerZone,
      maxDsRecords,
      maxDsDigests,
      maxNsec3Iterations,
      maxNsec3HashBlocks,
      maxAliases,
      maxQuestions,
      maxRounds
    };
  }

  /**
   * Returns the defaults stated above.
   *
   * @return the limits
   */
  public static ValidationLimits defaults() {
    return DEFAULTS;
  }

  /**
   * Returns these limits with another bound of NSEC3 iterations.
   *
   * @param iterations the most additional iterations that are computed
   * @return the new limits
   */
  public ValidationLimits withMaxNsec3Iterations(int iterations) {
    int[] numbers = toArray();
    numbers[7] = iterations;
    return of(numbers);
  }
}
