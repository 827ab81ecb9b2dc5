// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.crypto;

import java.security.GeneralSecurityException;
import java.security.PublicKey;

/** One DNSSEC signature algorithm: how its keys are written, and how a signature is verified. */
public interface SignatureScheme {

  /**
   * Decodes the public key field of a DNSKEY record.
   *
   * @param key the field
   * @return the key
   * @throws GeneralSecurityException if the octets are no key of this algorithm, or one that is out
   *     of bounds
   */
  PublicKey decodeKey(byte[] key) throws GeneralSecurityException;

  /**
   * Verifies a signature.
   *
   * @param key a key that {@link #decodeKey} returned
   * @param data the signed octets
   * @param signature the signature field of the RRSIG record
   * @return whether the signature is the key's over the data
   * @throws GeneralSecurityException if the signature does not have the form of the algorithm,
   *     which means the same as false
   */
  boolean verify(PublicKey key, byte[] data, byte[] signature) throws GeneralSecurityException;
}
