// SPDX-License-Identifier: Apache-2.0
package org.dane4j.tlsa;

/**
 * The second field of a TLSA record: which part of the certificate is meant (RFC 6698 §2.1.2).
 *
 * <p>The registry is open, so any octet is a value; those that have an acronym (RFC 7218 §2.2) are
 * constants.
 *
 * @param value the number on the wire, 0–255
 * @since 0.1
 */
public record Selector(int value) {

  /** Cert(0): the whole certificate. */
  public static final Selector CERT = new Selector(0);

  /** SPKI(1): the SubjectPublicKeyInfo, that is the key with its algorithm. */
  public static final Selector SPKI = new Selector(1);

  /** PrivSel(255): private use; no meaning when it comes from DNS. */
  public static final Selector PRIV_SEL = new Selector(255);

  /**
   * Checks the range.
   *
   * @param value the number on the wire
   * @throws IllegalArgumentException if it is not an octet
   */
  public Selector {
    Field.SELECTOR.requireOctet(value);
  }

  /** Returns the acronym and the number, such as {@code SPKI(1)} or {@code unassigned(77)}. */
  @Override
  public String toString() {
    return Field.SELECTOR.describe(value);
  }
}
