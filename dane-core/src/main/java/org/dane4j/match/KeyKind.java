// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.Map;
import org.dane4j.internal.CertificateSlices;
import org.dane4j.internal.DerElement;
import org.dane4j.internal.DerReader;
import org.dane4j.internal.DerSlice;
import org.dane4j.internal.MalformedDerException;

/**
 * What kind of key a SubjectPublicKeyInfo holds, read without building the key.
 *
 * @param family the algorithm
 * @param bits its length, zero if the algorithm says all or is not known
 * @param exponentBits the length of an RSA key's exponent, otherwise zero
 * @param name how to call it
 */
record KeyKind(Family family, int bits, int exponentBits, String name) {

  /** Algorithms that are treated differently. */
  enum Family {
    RSA,
    /** RSA for RSASSA-PSS and nothing else (RFC 4055 §1.2). */
    RSA_PSS,
    EC,
    ED25519,
    ED448,
    OTHER
  }

  boolean isRsa() {
    return family == Family.RSA || family == Family.RSA_PSS;
  }

  /** Named curves and their lengths; of the weak ones just enough to call them weak. */
  private static final Map<String, Integer> CURVES =
      Map.of(
          ObjectIdentifiers.SECP256R1,
          256,
          ObjectIdentifiers.SECP384R1,
          384,
          ObjectIdentifiers.SECP521R1,
          521,
          "1.2.840.10045.3.1.1",
          192, // secp192r1
          "1.3.132.0.33",
          224, // secp224r1
          "1.3.132.0.31",
          192, // secp192k1
          "1.3.132.0.8",
          160, // secp160r1
          "1.3.132.0.9",
          160, // secp160k1
          "1.3.132.0.6",
          112); // secp112r1

  static KeyKind of(DerSlice subjectPublicKeyInfo) throws MalformedDerException {
    DerReader outside = DerReader.over(subjectPublicKeyInfo);
    DerReader info = outside.enter(DerElement.SEQUENCE);
    outside.requireEnd("the public key");
    DerReader algorithm = info.enter(DerElement.SEQUENCE);
    String oid = ObjectIdentifiers.read(algorithm);
    DerSlice key = CertificateSlices.wholeOctets(info.read(DerElement.BIT_STRING).content());
    info.requireEnd("the public key");
    return switch (oid) {
      case ObjectIdentifiers.RSA_ENCRYPTION -> rsa(Family.RSA, key);
      case ObjectIdentifiers.RSASSA_PSS -> rsa(Family.RSA_PSS, key);
      case ObjectIdentifiers.EC_PUBLIC_KEY -> ec(algorithm, key);
      case ObjectIdentifiers.ED25519 -> new KeyKind(Family.ED25519, 0, 0, "Ed25519");
      case ObjectIdentifiers.ED448 -> new KeyKind(Family.ED448, 0, 0, "Ed448");
      default -> new KeyKind(Family.OTHER, 0, 0, "key algorithm " + oid);
    };
  }

  private static KeyKind rsa(Family family, DerSlice key) throws MalformedDerException {
    DerReader outside = DerReader.over(key);
    DerReader numbers = outside.enter(DerElement.SEQUENCE);
    int modulus = bitLength(numbers.read(DerElement.INTEGER).content());
    int exponent = bitLength(numbers.read(DerElement.INTEGER).content());
    numbers.requireEnd("the RSA key");
    outside.requireEnd("the RSA key");
    return new KeyKind(family, modulus, exponent, "RSA-" + modulus);
  }

  private static KeyKind ec(DerReader algorithm, DerSlice key) throws MalformedDerException {
    // RFC 5480 §2.2: a point MUST be rejected if it is neither compressed (2, 3) nor not (4).
    if (key.length() == 0 || key.octetAt(0) < 2 || key.octetAt(0) > 4) {
      throw new MalformedDerException("an EC key whose point is encoded in no allowed form");
    }
    if (!algorithm.nextIs(DerElement.OBJECT_IDENTIFIER)) {
      // RFC 5480 §2.1.1: specifiedCurve MUST NOT be used in PKIX.
      return new KeyKind(Family.OTHER, 0, 0, "EC key without a named curve");
    }
    String curve = ObjectIdentifiers.read(algorithm);
    Integer bits = CURVES.get(curve);
    if (bits == null) {
      return new KeyKind(Family.OTHER, 0, 0, "EC curve " + curve);
    }
    return new KeyKind(Family.EC, bits, 0, "EC-" + bits);
  }

  /** The length of a positive INTEGER. */
  private static int bitLength(DerSlice number) throws MalformedDerException {
    int first = 0;
    while (first < number.length() && number.octetAt(first) == 0) {
      first++;
    }
    if (first == number.length() || (first == 0 && number.octetAt(0) > 0x7f)) {
      throw new MalformedDerException("an RSA key with a number that is not positive");
    }
    int top = number.octetAt(first);
    return (number.length() - first - 1) * 8 + (Integer.SIZE - Integer.numberOfLeadingZeros(top));
  }
}
