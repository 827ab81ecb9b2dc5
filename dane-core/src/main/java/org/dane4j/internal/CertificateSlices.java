// SPDX-License-Identifier: Apache-2.0
package org.dane4j.internal;

/**
 * The parts of a certificate (RFC 5280 §4.1) as slices of its DER.
 *
 * <p>A TLSA record's selector names one of two of them: the certificate, or its
 * SubjectPublicKeyInfo (RFC 6698 §2.1.2). The walk goes down to the fields and no further; what is
 * inside a name, a key or an extension is left to whoever needs it.
 *
 * @param certificate the whole
 * @param tbsCertificate what is signed, with its header
 * @param version 1, 2 or 3
 * @param serialNumber the content of the serial number
 * @param signature the algorithm as it stands in what is signed
 * @param issuer the issuer's name
 * @param validity the content of the validity: two times
 * @param subject the subject's name
 * @param subjectPublicKeyInfo the key with its algorithm
 * @param extensions the content of the list of extensions, empty if there is none
 * @param signatureAlgorithm the algorithm as it stands beside the signature
 * @param signatureValue the signature's octets
 */
public record CertificateSlices(
    DerSlice certificate,
    DerSlice tbsCertificate,
    int version,
    DerSlice serialNumber,
    DerSlice signature,
    DerSlice issuer,
    DerSlice validity,
    DerSlice subject,
    DerSlice subjectPublicKeyInfo,
    DerSlice extensions,
    DerSlice signatureAlgorithm,
    DerSlice signatureValue) {

  private static final DerSlice NOTHING = DerSlice.owning(new byte[0]);

  /**
   * Finds the parts of a certificate.
   *
   * @param der one certificate, nothing before or after it
   * @return its parts
   * @throws MalformedDerException if the octets are not the DER of one certificate
   */
  public static CertificateSlices of(DerSlice der) throws MalformedDerException {
    DerReader outside = DerReader.over(der);
    DerReader certificate = outside.enter(DerElement.SEQUENCE);
    outside.requireEnd("the certificate");
    DerElement tbs = certificate.read(DerElement.SEQUENCE);
    DerSlice signatureAlgorithm = certificate.read(DerElement.SEQUENCE).whole();
    DerSlice signatureValue = wholeOctets(certificate.read(DerElement.BIT_STRING).content());
    certificate.requireEnd("the signature");

    DerReader fields = DerReader.over(tbs.content());
    int version = version(fields);
    DerSlice serialNumber = fields.read(DerElement.INTEGER).content();
    DerSlice signature = fields.read(DerElement.SEQUENCE).whole();
    DerSlice issuer = fields.read(DerElement.SEQUENCE).whole();
    DerSlice validity = fields.read(DerElement.SEQUENCE).content();
    DerSlice subject = fields.read(DerElement.SEQUENCE).whole();
    DerSlice key = fields.read(DerElement.SEQUENCE).whole();
    DerSlice extensions = extensions(fields);
    return new CertificateSlices(
        der,
        tbs.whole(),
        version,
        serialNumber,
        signature,
        issuer,
        validity,
        subject,
        key,
        extensions,
        signatureAlgorithm,
        signatureValue);
  }

  /**
   * Returns the octets of a BIT STRING that has no unused bits.
   *
   * @param bitString its content
   * @return the octets after the count of unused bits
   * @throws MalformedDerException if it is empty or has unused bits
   */
  public static DerSlice wholeOctets(DerSlice bitString) throws MalformedDerException {
    if (bitString.length() == 0 || bitString.octetAt(0) != 0) {
      throw new MalformedDerException("a key or signature that is not a number of whole octets");
    }
    return bitString.part(1, bitString.length());
  }

  private static int version(DerReader fields) throws MalformedDerException {
    if (!fields.nextIs(DerElement.contextConstructed(0))) {
      return 1;
    }
    DerReader wrapper = fields.enter(DerElement.contextConstructed(0));
    DerSlice number = wrapper.read(DerElement.INTEGER).content();
    wrapper.requireEnd("the version");
    if (number.length() != 1 || number.octetAt(0) > 2) {
      throw new MalformedDerException("a version other than 1, 2 or 3");
    }
    return number.octetAt(0) + 1;
  }

  private static DerSlice extensions(DerReader fields) throws MalformedDerException {
    for (int uniqueIdentifier = 1; uniqueIdentifier <= 2; uniqueIdentifier++) {
      if (fields.nextIs(DerElement.context(uniqueIdentifier))) {
        fields.read();
      }
    }
    DerSlice extensions = NOTHING;
    if (fields.nextIs(DerElement.contextConstructed(3))) {
      DerReader wrapper = fields.enter(DerElement.contextConstructed(3));
      extensions = wrapper.read(DerElement.SEQUENCE).content();
      wrapper.requireEnd("the extensions");
    }
    fields.requireEnd("the fields of the certificate");
    return extensions;
  }
}
