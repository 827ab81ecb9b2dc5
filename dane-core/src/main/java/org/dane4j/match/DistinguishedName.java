// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.dane4j.internal.DerElement;
import org.dane4j.internal.DerReader;
import org.dane4j.internal.DerSlice;
import org.dane4j.internal.MalformedDerException;

/**
 * The name of a certificate's subject or issuer.
 *
 * @param der the name as it stands in the certificate
 * @param comparable the form in which two names are compared (RFC 5280 §7.1): case and white space
 *     do not count. A name that the platform cannot read is compared octet for octet
 */
record DistinguishedName(DerSlice der, String comparable) {

  static final String COMMON_NAME = "2.5.4.3";
  static final String EMAIL_ADDRESS = "1.2.840.113549.1.9.1";

  /** Name, RDN, attribute, value; and some to spare for odd values. */
  private static final int MAX_DEPTH = 8;

  static DistinguishedName of(DerSlice der) {
    return new DistinguishedName(der, comparable(der));
  }

  boolean matches(DistinguishedName other) {
    return comparable.equals(other.comparable);
  }

  boolean isEmpty() {
    return comparable.isEmpty();
  }

  /** The values of an attribute that are alone in their RDN (RFC 6125 §1.8: CN-ID). */
  List<String> valuesAlone(String attribute) throws MalformedDerException {
    List<String> values = new ArrayList<>();
    DerReader rdns = DerReader.over(der).enter(DerElement.SEQUENCE);
    while (!rdns.atEnd()) {
      DerReader rdn = rdns.enter(DerElement.SET);
      DerReader pair = rdn.enter(DerElement.SEQUENCE);
      if (rdn.atEnd() && ObjectIdentifiers.read(pair).equals(attribute)) {
        values.add(text(pair.read()));
      }
    }
    return values;
  }

  /** For people: RFC 2253 form, and hexadecimal if the name cannot be read. */
  @Override
  public String toString() {
    try {
      return isReadable(der) ? new X500Principal(der.toByteArray()).getName() : comparable;
    } catch (RuntimeException e) {
      return comparable;
    }
  }

  private static String comparable(DerSlice der) {
    try {
      if (isReadable(der)) {
        return new X500Principal(der.toByteArray()).getName(X500Principal.CANONICAL);
      }
    } catch (RuntimeException e) {
      // Falls through: the platform's parser may refuse a name in more ways than it says.
    }
    return "#" + der;
  }

  private static boolean isReadable(DerSlice der) {
    try {
      DerReader.requireNested(der, MAX_DEPTH);
      return true;
    } catch (MalformedDerException e) {
      return false;
    }
  }

  private static String text(DerElement value) {
    byte[] octets = value.content().toByteArray();
    return switch (value.tag()) {
      case DerElement.PRINTABLE_STRING, DerElement.IA5_STRING, DerElement.TELETEX_STRING ->
          new String(octets, StandardCharsets.ISO_8859_1);
      case DerElement.UTF8_STRING -> new String(octets, StandardCharsets.UTF_8);
      // BMPString and UniversalString: no CA writes a host name so.
      default -> "";
    };
  }
}
