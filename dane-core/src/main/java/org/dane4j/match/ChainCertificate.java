// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.Optional;
import org.dane4j.internal.CertificateSlices;
import org.dane4j.internal.DerSlice;
import org.dane4j.internal.MalformedDerException;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.Selector;
import org.jspecify.annotations.Nullable;

/**
 * A certificate as the peer sent it, or as a record holds it in full; or the raw public key that
 * the peer sent in its place (RFC 7250).
 *
 * <p>It is the octets that count: they may not even be a certificate, and what is hashed and
 * compared are slices of them. They are taken apart when first needed, so a certificate that is
 * never looked at costs nothing. Two values are equal if their octets are.
 *
 * @since 0.1
 */
public final class ChainCertificate {

  private final DerSlice der;
  private final boolean rawPublicKey;

  // Written without a lock: whichever thread is last, the value is the same.
  private @Nullable CertificateSlices slices;
  private @Nullable CertificateFields fields;
  private @Nullable KeyKind keyKind;

  private ChainCertificate(DerSlice der, boolean rawPublicKey) {
    this.der = der;
    this.rawPublicKey = rawPublicKey;
  }

  static ChainCertificate owning(byte[] der) {
    return new ChainCertificate(DerSlice.owning(der), false);
  }

  static ChainCertificate owningKey(byte[] subjectPublicKeyInfo) {
    return new ChainCertificate(DerSlice.owning(subjectPublicKeyInfo), true);
  }

  /**
   * Tells a raw public key from a certificate.
   *
   * @return whether the octets are those of a key alone
   */
  public boolean isRawPublicKey() {
    return rawPublicKey;
  }

  /**
   * Returns the octets of the certificate or raw public key.
   *
   * @return the DER as it was received
   */
  public Octets der() {
    return Octets.of(der.toByteArray());
  }

  /**
   * Returns the certificate's key with its algorithm, as it stands in the certificate.
   *
   * @return the SubjectPublicKeyInfo, or nothing if the octets are no certificate
   */
  public Optional<Octets> subjectPublicKeyInfo() {
    try {
      return Optional.of(Octets.of(spki().toByteArray()));
    } catch (MalformedDerException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the digest of the key, which is the data of a {@code 3 1 1} record.
   *
   * @return the SHA-256 of the SubjectPublicKeyInfo, or nothing if the octets are no certificate
   */
  public Optional<Octets> spkiSha256() {
    try {
      return Optional.of(DigestAlgorithm.SHA2_256.digest(spki()));
    } catch (MalformedDerException e) {
      return Optional.empty();
    }
  }

  CertificateSlices slices() throws MalformedDerException {
    CertificateSlices known = slices;
    if (known == null) {
      if (rawPublicKey) {
        throw new MalformedDerException("it is a raw public key");
      }
      known = CertificateSlices.of(der);
      slices = known;
    }
    return known;
  }

  CertificateFields fields() throws MalformedDerException {
    CertificateFields known = fields;
    if (known == null) {
      known = CertificateFields.of(slices());
      fields = known;
    }
    return known;
  }

  KeyKind keyKind() throws MalformedDerException {
    KeyKind known = keyKind;
    if (known == null) {
      known = KeyKind.of(spki());
      keyKind = known;
    }
    return known;
  }

  /** RFC 6698 §2.1.2: the certificate, or its SubjectPublicKeyInfo, as they stand in the DER. */
  DerSlice selected(Selector selector) throws MalformedDerException {
    if (selector.equals(Selector.SPKI)) {
      return spki();
    }
    if (rawPublicKey) {
      throw new MalformedDerException("it is a raw public key");
    }
    return der;
  }

  private DerSlice spki() throws MalformedDerException {
    return rawPublicKey ? der : slices().subjectPublicKeyInfo();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChainCertificate that
        && der.equals(that.der)
        && rawPublicKey == that.rawPublicKey;
  }

  @Override
  public int hashCode() {
    return der.hashCode();
  }

  /** Returns subject, serial number and the digest of the key: enough to find it again. */
  @Override
  public String toString() {
    if (rawPublicKey) {
      return "raw public key (SPKI SHA-256 %s)".formatted(DigestAlgorithm.SHA2_256.digest(der));
    }
    try {
      CertificateSlices parts = slices();
      return "%s (serial %s, SPKI SHA-256 %s)"
          .formatted(
              Wording.printable(DistinguishedName.of(parts.subject()).toString()),
              Wording.octets(Octets.of(parts.serialNumber().toByteArray())),
              DigestAlgorithm.SHA2_256.digest(parts.subjectPublicKeyInfo()));
    } catch (MalformedDerException e) {
      return "%s octets that are no certificate (SHA-256 %s)"
          .formatted(der.length(), DigestAlgorithm.SHA2_256.digest(der));
    }
  }
}
