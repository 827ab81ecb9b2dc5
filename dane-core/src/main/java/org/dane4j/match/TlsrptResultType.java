// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

/**
 * The result types of a TLS report (RFC 8460 §4.3) that matching can lead to.
 *
 * @since 0.1
 */
public enum TlsrptResultType {
  /** The certificate is for another name. */
  CERTIFICATE_HOST_MISMATCH("certificate-host-mismatch"),
  /** The instant is outside the validity of a certificate. */
  CERTIFICATE_EXPIRED("certificate-expired"),
  /** No sound path leads from the certificate to the trust anchor. */
  CERTIFICATE_NOT_TRUSTED("certificate-not-trusted"),
  /** Anything without a type of its own, above all: no record matches. */
  VALIDATION_FAILURE("validation-failure"),
  /** No record can be used. */
  TLSA_INVALID("tlsa-invalid");

  private final String text;

  TlsrptResultType(String text) {
    this.text = text;
  }

  /** Returns the result type as a report has it, such as {@code certificate-expired}. */
  @Override
  public String toString() {
    return text;
  }
}
