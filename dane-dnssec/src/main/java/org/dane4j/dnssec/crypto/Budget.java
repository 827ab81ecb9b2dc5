// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

/**
 * What one validation may still spend on an attacker's data. Not thread-safe: a validation has its
 * own.
 */
public final class Budget {

  private int signatures;
  private int failures;
  private int digests;
  private int hashBlocks;
  private boolean exhausted;

  /**
   * Makes a budget.
   *
   * @param signatures how many signatures may be verified
   * @param failures how many of them may turn out wrong
   * @param digests how many DS digests may be computed
   * @param hashBlocks how many blocks may be hashed for NSEC3: iterations and salt counted
   */
  public Budget(int signatures, int failures, int digests, int hashBlocks) {
    this.signatures = signatures;
    this.failures = failures;
    this.digests = digests;
    this.hashBlocks = hashBlocks;
  }

  /** Pays for one signature check; returns whether it was affordable. */
  public boolean paySignature() {
    return afford(failures > 0 && --signatures >= 0);
  }

  /** Notes that a signature check was in vain. */
  public void payFailure() {
    failures--;
  }

  /** Pays for one DS digest; returns whether it was affordable. */
  public boolean payDigest() {
    return afford(--digests >= 0);
  }

  /** Pays for one NSEC3 hash, in blocks of the hash function; returns whether it was affordable. */
  public boolean payHash(int blocks) {
    boolean affordable = blocks <= hashBlocks;
    hashBlocks = affordable ? hashBlocks - blocks : 0;
    return afford(affordable);
  }

  /** Returns whether something was refused, so that the verdict says so. */
  public boolean isExhausted() {
    return exhausted;
  }

  private boolean afford(boolean affordable) {
    exhausted |= !affordable;
    return affordable;
  }
}
