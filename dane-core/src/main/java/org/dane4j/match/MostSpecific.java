// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

/** Of several failures the one that came closest to a match; of equals the first. */
final class MostSpecific {

  private Mismatch best;

  MostSpecific(Mismatch first) {
    this.best = first;
  }

  void add(Mismatch other) {
    if (other.rank().compareTo(best.rank()) > 0) {
      best = other;
    }
  }

  Mismatch get() {
    return best;
  }
}
