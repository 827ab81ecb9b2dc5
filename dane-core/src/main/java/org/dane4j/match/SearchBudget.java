// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

/**
 * What looking for trust paths in one chain may cost, whatever a peer puts into it.
 *
 * <p>The limits are those of rustls/webpki, which names where it took them from.
 */
final class SearchBudget {

  /**
   * Go's remedy for CVE-2018-16875, by way of rustls/webpki. An ordinary chain has two or three.
   */
  static final int MAX_SIGNATURES = 100;

  /**
   * mozilla::pkix and rustls/webpki allow 200,000 calls that extend a path. Fewer do here: with 100
   * signatures there are at most 100 links, and no honest chain has a hundred ways to its anchor.
   */
  static final int MAX_STEPS = 1_000;

  /** Go's default for comparisons of a name with a constraint, by way of rustls/webpki. */
  static final int MAX_NAME_COMPARISONS = 250_000;

  /** Thrown inside a search only; it has no stack trace, since a peer decides about it. */
  static final class SpentException extends Exception {

    private static final long serialVersionUID = 1L;

    private SpentException(String limit) {
      super(limit, null, false, false);
    }

    String limit() {
      return String.valueOf(getMessage());
    }
  }

  private int signatures = MAX_SIGNATURES;
  private int steps = MAX_STEPS;
  private long nameComparisons = MAX_NAME_COMPARISONS;

  void spendSignature() throws SpentException {
    if (signatures-- == 0) {
      throw new SpentException(MAX_SIGNATURES + " signatures were verified");
    }
  }

  void spendStep() throws SpentException {
    if (steps-- == 0) {
      throw new SpentException(MAX_STEPS + " paths were tried");
    }
  }

  void spendNameComparisons(long count) throws SpentException {
    nameComparisons -= count;
    if (nameComparisons < 0) {
      throw new SpentException(MAX_NAME_COMPARISONS + " names were compared with constraints");
    }
  }
}
