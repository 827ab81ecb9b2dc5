// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.dane4j.internal.DerElement;
import org.dane4j.internal.DerReader;
import org.dane4j.internal.DerSlice;
import org.dane4j.internal.MalformedDerException;

/** Object identifiers in dotted form. */
final class ObjectIdentifiers {

  static final String RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
  static final String RSASSA_PSS = "1.2.840.113549.1.1.10";
  static final String EC_PUBLIC_KEY = "1.2.840.10045.2.1";
  static final String SECP256R1 = "1.2.840.10045.3.1.7";
  static final String SECP384R1 = "1.3.132.0.34";
  static final String SECP521R1 = "1.3.132.0.35";
  static final String ED25519 = "1.3.101.112";
  static final String ED448 = "1.3.101.113";

  /** Those of nearly every key: decoding one costs more than the digest of a key. */
  private static final Map<DerSlice, String> FREQUENT =
      Stream.of(RSA_ENCRYPTION, EC_PUBLIC_KEY, SECP256R1, SECP384R1, ED25519)
          .collect(Collectors.toMap(ObjectIdentifiers::content, Function.identity()));

  private ObjectIdentifiers() {}

  static String read(DerReader reader) throws MalformedDerException {
    DerSlice content = reader.read(DerElement.OBJECT_IDENTIFIER).content();
    String frequent = FREQUENT.get(content);
    return frequent != null ? frequent : decode(content);
  }

  private static String decode(DerSlice content) throws MalformedDerException {
    try {
      return ASN1ObjectIdentifier.fromContents(content.toByteArray()).getId();
    } catch (RuntimeException e) {
      throw new MalformedDerException("an object identifier that is none");
    }
  }

  private static DerSlice content(String dotted) {
    try {
      byte[] der = new ASN1ObjectIdentifier(dotted).getEncoded();
      return DerReader.over(DerSlice.owning(der)).read().content();
    } catch (IOException | MalformedDerException e) {
      throw new AssertionError(dotted, e);
    }
  }
}
