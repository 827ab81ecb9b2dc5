// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.dane4j.tlsa.CertificateUsage;
import org.dane4j.tlsa.MatchingType;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.Selector;
import org.dane4j.tlsa.TlsaRecord;

/**
 * The three numbers of a TLSA record without its data: what RFC 7671 §8 calls a combination of
 * parameters.
 *
 * @param usage what the association means
 * @param selector which part of the certificate is meant
 * @param matchingType how that part is given
 * @since 0.1
 */
public record TlsaForm(CertificateUsage usage, Selector selector, MatchingType matchingType) {

  /** {@code 3 1 1}: the server's own key, which is what to publish (RFC 7672 §3.1.1). */
  public static final TlsaForm DANE_EE =
      new TlsaForm(CertificateUsage.DANE_EE, Selector.SPKI, MatchingType.SHA2_256);

  /** {@code 2 1 1}: the key of the CA that issued the server's certificate. */
  public static final TlsaForm DANE_TA =
      new TlsaForm(CertificateUsage.DANE_TA, Selector.SPKI, MatchingType.SHA2_256);

  /**
   * Returns the form that three numbers or RFC 7218 acronyms stand for.
   *
   * @param text such as {@code 3 1 1} or {@code DANE-EE SPKI SHA2-256}
   * @return the form
   * @throws IllegalArgumentException if it is no such text
   */
  public static TlsaForm parse(String text) {
    if (text.strip().split("\\s+").length != 3) {
      throw new IllegalArgumentException(
          "\"%s\" is not a certificate usage, a selector and a matching type, like \"3 1 1\""
              .formatted(text));
    }
    return of(TlsaRecord.parse(text));
  }

  /**
   * Returns the form of a record.
   *
   * @param record a record
   * @return its three numbers
   */
  public static TlsaForm of(TlsaRecord record) {
    return new TlsaForm(record.usage(), record.selector(), record.matchingType());
  }

  /** Returns the three numbers, as in a zone file. */
  @Override
  public String toString() {
    return usage.value() + " " + selector.value() + " " + matchingType.value();
  }

  boolean isTrustAnchor() {
    return usage.equals(CertificateUsage.DANE_TA) || usage.equals(CertificateUsage.PKIX_TA);
  }

  boolean isPkix() {
    return usage.equals(CertificateUsage.PKIX_TA) || usage.equals(CertificateUsage.PKIX_EE);
  }

  /** Whether a record can be made at all: all three numbers are assigned. */
  boolean isKnown() {
    return usage.value() <= 3 && selector.value() <= 1 && matchingType.value() <= 2;
  }

  /** What the usages for SMTP say of the same certificate: 2 for 0, and 3 for 1. */
  TlsaForm withoutPkix() {
    return isPkix()
        ? new TlsaForm(
            isTrustAnchor() ? CertificateUsage.DANE_TA : CertificateUsage.DANE_EE,
            selector,
            matchingType)
        : this;
  }

  /** The record of a known form whose selector chose these octets. */
  TlsaRecord record(Octets selected) {
    Octets data =
        switch (matchingType.value()) {
          case 0 -> selected;
          case 1 -> digest("SHA-256", selected);
          case 2 -> digest("SHA-512", selected);
          default -> throw new IllegalStateException("no digest for " + this);
        };
    return new TlsaRecord(usage, selector, matchingType, data);
  }

  private static Octets digest(String algorithm, Octets selected) {
    try {
      return Octets.of(MessageDigest.getInstance(algorithm).digest(selected.toByteArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform of today has " + algorithm, e);
    }
  }
}
