// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.denial;

import java.util.List;
import org.dane4j.dnssec.crypto.Budget;
import org.dane4j.tlsa.Octets;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/** Lets benchmarks hash names without a proof around it. */
public final class Nsec3Hashing {

  private Nsec3Hashing() {}

  /**
   * Hashes some names as one proof does.
   *
   * @param names the names
   * @param iterations additional iterations
   * @param salt the salt
   * @return the hash of the last name
   */
  public static byte @Nullable [] hash(List<Name> names, int iterations, Octets salt) {
    Nsec3Hash hash =
        new Nsec3Hash(
            new Nsec3.Parameters(iterations, salt), new Budget(0, 0, 0, Integer.MAX_VALUE));
    byte[] last = null;
    for (Name name : names) {
      last = hash.of(name);
    }
    return last;
  }
}
