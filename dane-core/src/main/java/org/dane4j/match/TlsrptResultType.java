// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

/**
 * The result types of a TLS report (RFC 8460 §4.3) that DANE can lead to: by matching, or before it
 * comes to that.
 *
 * @since 0.1
 */
public enum TlsrptResultType {
  /** The server does not offer STARTTLS, or refuses it. */
  STARTTLS_NOT_SUPPORTED("starttls-not-supported"),
  /** The certificate is for another name. */
  CERTIFICATE_HOST_MISMATCH("certificate-host-mismatch"),
  /** The instant is outside the validity of a certificate. */
  CERTIFICATE_EXPIRED("certificate-expired"),
  /** No sound path leads from the certificate to the trust anchor. */
  CERTIFICATE_NOT_TRUSTED("certificate-not-trusted"),
  /** Anything without a type of its own, above all: no record matches. */
  VALIDATION_FAILURE("validation-failure"),
  /** No record can be used. */
  TLSA_INVALID("tlsa-invalid"),
  /** The DNS gave no answer that is valid by DNSSEC. */
  DNSSEC_INVALID("dnssec-invalid"),
  /** DANE is mandatory, and there are no records to do it with. */
  DANE_REQUIRED("dane-required");

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
