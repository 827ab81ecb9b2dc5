// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dane4j.internal.DerElement;
import org.dane4j.internal.DerReader;
import org.dane4j.internal.DerSlice;
import org.dane4j.internal.MalformedDerException;

/** The extensions that path validation reads (RFC 5280 §4.2.1). */
final class Extensions {

  static final String KEY_USAGE = "2.5.29.15";
  static final String SUBJECT_ALT_NAME = "2.5.29.17";
  static final String BASIC_CONSTRAINTS = "2.5.29.19";
  static final String NAME_CONSTRAINTS = "2.5.29.30";
  static final String EXT_KEY_USAGE = "2.5.29.37";

  private static final String CERTIFICATE_POLICIES = "2.5.29.32";
  private static final String POLICY_MAPPINGS = "2.5.29.33";
  private static final String INHIBIT_ANY_POLICY = "2.5.29.54";

  /**
   * Those that are processed. No policy is asked for, so of the policy extensions only
   * policyConstraints could make a path invalid; that one is not processed and hence refused where
   * it is critical.
   */
  private static final Set<String> PROCESSED =
      Set.of(
          KEY_USAGE,
          SUBJECT_ALT_NAME,
          BASIC_CONSTRAINTS,
          NAME_CONSTRAINTS,
          EXT_KEY_USAGE,
          CERTIFICATE_POLICIES,
          POLICY_MAPPINGS,
          INHIBIT_ANY_POLICY);

  /** RFC 5280 §4.2.1.3: the bits of keyUsage, counted from the left. */
  static final int DIGITAL_SIGNATURE = 0;

  static final int KEY_ENCIPHERMENT = 2;
  static final int KEY_AGREEMENT = 4;
  static final int KEY_CERT_SIGN = 5;

  static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  static final String ANY_EXTENDED_KEY_USAGE = "2.5.29.37.0";

  /**
   * The basicConstraints extension.
   *
   * @param ca whether the subject is a CA
   * @param pathLength how many intermediates may follow, {@link Integer#MAX_VALUE} if any number
   */
  record BasicConstraints(boolean ca, int pathLength) {}

  private Extensions() {}

  static Optional<String> unknownCritical(CertificateFields certificate) {
    return certificate.extensions().entrySet().stream()
        .filter(extension -> extension.getValue().critical())
        .map(Map.Entry::getKey)
        .filter(oid -> !PROCESSED.contains(oid))
        .findFirst();
  }

  static Optional<BasicConstraints> basicConstraints(CertificateFields certificate)
      throws MalformedDerException {
    Optional<DerReader> value = sequence(certificate, BASIC_CONSTRAINTS);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    DerReader fields = value.get();
    boolean ca =
        fields.nextIs(DerElement.BOOLEAN)
            && CertificateFields.bool(fields.read(DerElement.BOOLEAN));
    int pathLength =
        fields.atEnd() ? Integer.MAX_VALUE : nonNegative(fields.read(DerElement.INTEGER).content());
    fields.requireEnd("basicConstraints");
    return Optional.of(new BasicConstraints(ca, pathLength));
  }

  /** Whether one of the bits is set, or there is no keyUsage, which restricts nothing. */
  static boolean allowsKeyUsage(CertificateFields certificate, int... bits)
      throws MalformedDerException {
    Optional<DerSlice> value = certificate.extension(KEY_USAGE);
    if (value.isEmpty()) {
      return true;
    }
    DerReader outside = DerReader.over(value.get());
    DerSlice bitString = outside.read(DerElement.BIT_STRING).content();
    outside.requireEnd("keyUsage");
    for (int bit : bits) {
      int octet = 1 + bit / 8;
      if (octet < bitString.length() && (bitString.octetAt(octet) & (0x80 >> (bit % 8))) != 0) {
        return true;
      }
    }
    return false;
  }

  /** The purposes the key is for; nothing if there is no such extension. */
  static Optional<List<String>> extendedKeyUsage(CertificateFields certificate)
      throws MalformedDerException {
    Optional<DerReader> value = sequence(certificate, EXT_KEY_USAGE);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    List<String> purposes = new ArrayList<>();
    while (!value.get().atEnd()) {
      purposes.add(ObjectIdentifiers.read(value.get()));
    }
    return Optional.of(purposes);
  }

  private static Optional<DerReader> sequence(CertificateFields certificate, String oid)
      throws MalformedDerException {
    Optional<DerSlice> value = certificate.extension(oid);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    DerReader outside = DerReader.over(value.get());
    DerReader inside = outside.enter(DerElement.SEQUENCE);
    outside.requireEnd("the extension " + oid);
    return Optional.of(inside);
  }

  private static int nonNegative(DerSlice integer) throws MalformedDerException {
    if (integer.length() == 0 || integer.octetAt(0) > 0x7f) {
      throw new MalformedDerException("a negative pathLenConstraint");
    }
    if (integer.length() > 3) {
      return Integer.MAX_VALUE;
    }
    int value = 0;
    for (int i = 0; i < integer.length(); i++) {
      value = value << 8 | integer.octetAt(i);
    }
    return value;
  }
}
