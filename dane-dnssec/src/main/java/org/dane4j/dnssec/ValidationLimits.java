// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

/**
 * What one validation may spend on data that an attacker may have made. A validation that reaches a
 * limit ends as {@link ValidationResult.Bogus} with {@link BogusReason#LIMITS}, never as insecure.
 *
 * <p>An honest chain root, TLD, zone costs six signature checks; each further zone two, each alias
 * one.
 *
 * @param maxSignatureChecks signature verifications. Default 64: four times what BIND 9.20 allows
 *     per fetch, because one validation here spans all zones and aliases (CVE-2023-50387, KeyTrap)
 * @param maxFailedChecks verifications that may fail. Default 16, for key rollovers with stale data
 * @param maxKeysPerTag keys with equal tag and algorithm that are tried for one signature. Default
 *     2, as in hickory-dns; RFC 4034 Appendix B foresees that tags collide
 * @param maxSignaturesPerRrset signatures that are looked at for one RRset. Default 8, as in
 *     Unbound
 * @param maxDsDigests DS digests that are computed. Default 64, for 16 zones with 4 records each
 * @param maxNsec3Iterations more additional iterations make a denial insecure. Default 100, as in
 *     systemd and hickory-dns; RFC 9276 §3.1 asks zones for 0
 * @param maxNsec3HashBlocks rounds of the NSEC3 hash, iterations counted. Default 5000, for 50
 *     names with 100 iterations (CVE-2023-50868)
 * @param maxAliases CNAME and DNAME records that are followed. Default 11, as in Unbound
 */
public record ValidationLimits(
    int maxSignatureChecks,
    int maxFailedChecks,
    int maxKeysPerTag,
    int maxSignaturesPerRrset,
    int maxDsDigests,
    int maxNsec3Iterations,
    int maxNsec3HashBlocks,
    int maxAliases) {

  private static final ValidationLimits DEFAULTS =
      new ValidationLimits(64, 16, 2, 8, 64, 100, 5000, 11);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public ValidationLimits {
    int least = Math.min(maxSignatureChecks, Math.min(maxFailedChecks, maxKeysPerTag));
    least = Math.min(least, Math.min(maxSignaturesPerRrset, maxDsDigests));
    least = Math.min(least, Math.min(maxNsec3Iterations, maxNsec3HashBlocks));
    if (Math.min(least, maxAliases) < 0) {
      throw new IllegalArgumentException("a limit is zero or more");
    }
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
    return new ValidationLimits(
        maxSignatureChecks,
        maxFailedChecks,
        maxKeysPerTag,
        maxSignaturesPerRrset,
        maxDsDigests,
        iterations,
        maxNsec3HashBlocks,
        maxAliases);
  }
}
