// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.Set;
import org.dane4j.tlsa.CertificateUsage;

/**
 * Which usages a client knows, and what they need beyond the records.
 *
 * @param usages records with other usages are unusable
 * @param anchors where the paths of the PKIX usages end
 * @param daneEeNames whether DANE-EE records ask for the right name too
 */
record UsagePolicy(Set<CertificateUsage> usages, PkixAnchors anchors, boolean daneEeNames) {

  /** RFC 7672 §3.1.3: PKIX-TA and PKIX-EE are treated as unusable, never as DANE-TA or DANE-EE. */
  static final UsagePolicy SMTP =
      new UsagePolicy(
          Set.of(CertificateUsage.DANE_TA, CertificateUsage.DANE_EE), PkixAnchors.NONE, false);

  static UsagePolicy all(PkixAnchors anchors) {
    return new UsagePolicy(
        Set.of(
            CertificateUsage.PKIX_TA,
            CertificateUsage.PKIX_EE,
            CertificateUsage.DANE_TA,
            CertificateUsage.DANE_EE),
        anchors,
        false);
  }

  static UsagePolicy pkix(PkixAnchors anchors) {
    return new UsagePolicy(
        Set.of(CertificateUsage.PKIX_TA, CertificateUsage.PKIX_EE), anchors, false);
  }

  UsagePolicy withDaneEeNames() {
    if (!usages.contains(CertificateUsage.PKIX_EE) || !usages.contains(CertificateUsage.DANE_EE)) {
      throw new IllegalStateException(
          "names are not checked with DANE-EE records in SMTP (RFC 7672 §3.2.1), and forPkix has no"
              + " use for such records; only a matcher of forTls can be told to");
    }
    return new UsagePolicy(usages, anchors, true);
  }

  static boolean isPkix(CertificateUsage usage) {
    return usage.equals(CertificateUsage.PKIX_TA) || usage.equals(CertificateUsage.PKIX_EE);
  }

  static boolean isDane(CertificateUsage usage) {
    return usage.equals(CertificateUsage.DANE_TA) || usage.equals(CertificateUsage.DANE_EE);
  }
}
