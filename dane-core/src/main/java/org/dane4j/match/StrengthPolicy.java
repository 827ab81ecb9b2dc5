// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.Optional;

/**
 * How strong keys and digests must be.
 *
 * @param minimumRsaBits the shortest RSA modulus
 * @param minimumEcBits the smallest curve
 * @param sha1Signatures whether a certificate signed with SHA-1 is believed
 */
record StrengthPolicy(int minimumRsaBits, int minimumEcBits, boolean sha1Signatures) {

  /**
   * The lengths below which the JDK refuses certificates (jdk.certpath.disabledAlgorithms in 17 and
   * 25). RFC 9325 §4.5 wants RSA-2048 of servers; a client that insists on it defers mail that
   * would otherwise be as well protected as the server cares for. SHA-1 signatures MUST NOT be used
   * (same section).
   */
  static final StrengthPolicy DEFAULT = new StrengthPolicy(1024, 224, false);

  boolean refuses(SignatureScheme.Hash hash) {
    return hash == SignatureScheme.Hash.BROKEN
        || (hash == SignatureScheme.Hash.SHA_1 && !sha1Signatures);
  }

  /** The key's minimum, if the key is below it. */
  Optional<String> missedMinimum(KeyKind key) {
    if (key.isRsa() && key.bits() < minimumRsaBits) {
      return Optional.of("RSA-" + minimumRsaBits);
    }
    if (key.family() == KeyKind.Family.EC && key.bits() < minimumEcBits) {
      return Optional.of("EC-" + minimumEcBits);
    }
    return Optional.empty();
  }
}
