// SPDX-License-Identifier: Apache-2.0
package org.dane4j.tlsa;

/**
 * The first field of a TLSA record: what the association means (RFC 6698 §2.1.1).
 *
 * <p>The registry is open, so any octet is a value; those that have an acronym (RFC 7218 §2.1) are
 * constants.
 *
 * @param value the number on the wire, 0–255
 * @since 0.1
 */
public record CertificateUsage(int value) {

  /**
   * PKIX-TA(0): a CA that must be on the PKIX path. Not for SMTP between MTAs (RFC 7672 §3.1.3).
   */
  public static final CertificateUsage PKIX_TA = new CertificateUsage(0);

  /** PKIX-EE(1): a certificate that must pass PKIX too. Not for SMTP between MTAs. */
  public static final CertificateUsage PKIX_EE = new CertificateUsage(1);

  /** DANE-TA(2): the trust anchor of the server's certificate chain. */
  public static final CertificateUsage DANE_TA = new CertificateUsage(2);

  /** DANE-EE(3): the server's own certificate or key. */
  public static final CertificateUsage DANE_EE = new CertificateUsage(3);

  /** PrivCert(255): private use; no meaning when it comes from DNS. */
  public static final CertificateUsage PRIV_CERT = new CertificateUsage(255);

  /**
   * Checks the range.
   *
   * @param value the number on the wire
   * @throws IllegalArgumentException if it is not an octet
   */
  public CertificateUsage {
    Field.CERTIFICATE_USAGE.requireOctet(value);
  }

  /** Returns the acronym and the number, such as {@code DANE-EE(3)} or {@code unassigned(77)}. */
  @Override
  public String toString() {
    return Field.CERTIFICATE_USAGE.describe(value);
  }
}
