// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.List;
import java.util.Set;
import org.dane4j.internal.CertificateSlices;
import org.dane4j.internal.DerSlice;
import org.dane4j.internal.MalformedDerException;
import org.dane4j.tlsa.CertificateUsage;
import org.dane4j.tlsa.MatchingType;
import org.dane4j.tlsa.Selector;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.Usability;
import org.dane4j.tlsa.Usability.Reason;

/** Whether a record can be matched at all (RFC 6698 §4.1, RFC 7672 §3.1.3). */
final class RecordUsability {

  private static final Usability USABLE = new Usability.Usable();

  private final Set<CertificateUsage> usages;
  private final List<DigestAlgorithm> digests;
  private final StrengthPolicy strength;

  RecordUsability(
      Set<CertificateUsage> usages, List<DigestAlgorithm> digests, StrengthPolicy strength) {
    this.usages = usages;
    this.digests = digests;
    this.strength = strength;
  }

  Usability of(TlsaRecord record) {
    if (!usages.contains(record.usage())) {
      return unusable(Reason.CERTIFICATE_USAGE, usageAdvice(record.usage()));
    }
    if (!record.selector().equals(Selector.CERT) && !record.selector().equals(Selector.SPKI)) {
      return unusable(
          Reason.SELECTOR,
          "selector %s is not known (RFC 6698 §4.1); publish selector 1."
              .formatted(record.selector()));
    }
    int length = record.associationData().length();
    if (length == 0) {
      return unusable(
          Reason.NO_ASSOCIATION_DATA,
          "it has no certificate association data (RFC 6698 §2.1); publish a digest.");
    }
    return record.matchingType().equals(MatchingType.FULL) ? full(record) : digest(record, length);
  }

  private static String usageAdvice(CertificateUsage usage) {
    if (UsagePolicy.isPkix(usage)) {
      return "certificate usage %s is not for SMTP between mail servers (RFC 7672 §3.1.3); publish 3 1 1."
          .formatted(usage);
    }
    if (UsagePolicy.isDane(usage)) {
      return ("certificate usage %s does without the public CAs that local policy insists on (RFC"
              + " 7671 §4); publish 1 1 1 besides.")
          .formatted(usage);
    }
    return "certificate usage %s is not known (RFC 6698 §4.1); publish 3 1 1.".formatted(usage);
  }

  private Usability digest(TlsaRecord record, int length) {
    for (DigestAlgorithm digest : digests) {
      if (digest.matchingType().equals(record.matchingType())) {
        return digest.length() == length ? USABLE : wrongLength(digest, length);
      }
    }
    return unusable(
        Reason.MATCHING_TYPE,
        "matching type %s is not known (RFC 6698 §4.1); publish matching type 1."
            .formatted(record.matchingType()));
  }

  private static Usability wrongLength(DigestAlgorithm digest, int length) {
    // RFC 7671 §9: a record with an incorrect digest length is malformed.
    return unusable(
        Reason.DIGEST_LENGTH,
        "a digest of %s has %s octets, not %s (RFC 7671 §9); publish the digest in full."
            .formatted(digest.matchingType(), digest.length(), length));
  }

  /** RFC 6698 §2.1.4: one certificate or one key; §4.1: not malformed, not too weak. */
  private Usability full(TlsaRecord record) {
    DerSlice data = DerSlice.owning(record.associationData().toByteArray());
    try {
      DerSlice key =
          record.selector().equals(Selector.CERT)
              ? CertificateSlices.of(data).subjectPublicKeyInfo()
              : data;
      KeyKind kind = KeyKind.of(key);
      return strength
          .missedMinimum(kind)
          .map(
              minimum ->
                  unusable(
                      Reason.WEAK_ALGORITHM,
                      "its key is %s, and local policy asks for %s at least (RFC 6698 §4.1)."
                          .formatted(kind.name(), minimum)))
          .orElse(USABLE);
    } catch (MalformedDerException e) {
      return unusable(
          Reason.MALFORMED_ASSOCIATION_DATA,
          "its data are not the DER of one %s: %s (RFC 6698 §2.1.4); publish a digest instead."
              .formatted(
                  record.selector().equals(Selector.CERT) ? "certificate" : "SubjectPublicKeyInfo",
                  Wording.printable(e.problem())));
    }
  }

  private static Usability unusable(Reason reason, String explanation) {
    return new Usability.Unusable(reason, explanation);
  }
}
