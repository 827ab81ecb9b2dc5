// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.dane4j.internal.CertificateSlices;
import org.dane4j.internal.DerElement;
import org.dane4j.internal.DerReader;
import org.dane4j.internal.DerSlice;
import org.dane4j.internal.MalformedDerException;

/**
 * What path validation needs to know of a certificate (RFC 5280 §4.1).
 *
 * @param slices the certificate's parts
 * @param subject whom it is for
 * @param issuer who signed it
 * @param notBefore the first instant of its validity
 * @param notAfter the last instant of its validity
 * @param extensions its extensions by object identifier, in their order
 */
record CertificateFields(
    CertificateSlices slices,
    DistinguishedName subject,
    DistinguishedName issuer,
    Instant notBefore,
    Instant notAfter,
    Map<String, ExtensionField> extensions) {

  /**
   * One extension.
   *
   * @param critical whether a reader that does not know it must refuse the certificate
   * @param value its DER
   */
  record ExtensionField(boolean critical, DerSlice value) {}

  private static final int VERSION_WITH_EXTENSIONS = 3;

  static CertificateFields of(CertificateSlices slices) throws MalformedDerException {
    // RFC 5280 §4.1.1.2: both fields MUST contain the same algorithm identifier.
    if (!slices.signature().equals(slices.signatureAlgorithm())) {
      throw new MalformedDerException("it names two different signature algorithms");
    }
    DerReader validity = DerReader.over(slices.validity());
    Instant notBefore = time(validity.read());
    Instant notAfter = time(validity.read());
    validity.requireEnd("the validity");
    return new CertificateFields(
        slices,
        DistinguishedName.of(slices.subject()),
        DistinguishedName.of(slices.issuer()),
        notBefore,
        notAfter,
        extensions(slices));
  }

  /** RFC 5280 §6.1: the same name as subject and issuer. */
  boolean isSelfIssued() {
    return subject.matches(issuer);
  }

  Optional<DerSlice> extension(String oid) {
    return Optional.ofNullable(extensions.get(oid)).map(ExtensionField::value);
  }

  private static Map<String, ExtensionField> extensions(CertificateSlices slices)
      throws MalformedDerException {
    Map<String, ExtensionField> extensions = new LinkedHashMap<>();
    DerReader list = DerReader.over(slices.extensions());
    if (!list.atEnd() && slices.version() != VERSION_WITH_EXTENSIONS) {
      throw new MalformedDerException("it has extensions but is not of version 3");
    }
    while (!list.atEnd()) {
      DerReader extension = list.enter(DerElement.SEQUENCE);
      String oid = ObjectIdentifiers.read(extension);
      boolean critical =
          extension.nextIs(DerElement.BOOLEAN) && bool(extension.read(DerElement.BOOLEAN));
      DerSlice value = extension.read(DerElement.OCTET_STRING).content();
      extension.requireEnd("an extension");
      // RFC 5280 §4.2: not more than one instance of a particular extension.
      if (extensions.put(oid, new ExtensionField(critical, value)) != null) {
        throw new MalformedDerException("it has the extension " + oid + " twice");
      }
    }
    // Not Map.copyOf, whose order differs from run to run: results must not.
    return Collections.unmodifiableMap(extensions);
  }

  static boolean bool(DerElement element) throws MalformedDerException {
    if (element.content().length() != 1) {
      throw new MalformedDerException("a BOOLEAN that is not one octet");
    }
    return element.content().octetAt(0) != 0;
  }

  /** RFC 5280 §4.1.2.5: UTCTime or GeneralizedTime, with seconds, in Zulu. */
  private static Instant time(DerElement element) throws MalformedDerException {
    String text = new String(element.content().toByteArray(), StandardCharsets.ISO_8859_1);
    String digits;
    if (element.tag() == DerElement.UTC_TIME && text.matches("[0-9]{12}Z")) {
      // RFC 5280 §4.1.2.5.1: 50 to 99 are of the last century.
      digits = (text.charAt(0) >= '5' ? "19" : "20") + text;
    } else if (element.tag() == DerElement.GENERALIZED_TIME && text.matches("[0-9]{14}Z")) {
      digits = text;
    } else {
      throw new MalformedDerException("a time that is neither YYMMDDhhmmssZ nor YYYYMMDDhhmmssZ");
    }
    try {
      return LocalDateTime.of(
              Integer.parseInt(digits, 0, 4, 10),
              Integer.parseInt(digits, 4, 6, 10),
              Integer.parseInt(digits, 6, 8, 10),
              Integer.parseInt(digits, 8, 10, 10),
              Integer.parseInt(digits, 10, 12, 10),
              Integer.parseInt(digits, 12, 14, 10))
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new MalformedDerException("a time that no calendar has: " + text);
    }
  }
}
