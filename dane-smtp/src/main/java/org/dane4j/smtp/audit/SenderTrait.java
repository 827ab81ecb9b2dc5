// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.EnumSet;
import java.util.Set;

/** In what a sender differs from one that keeps to RFC 7672. */
enum SenderTrait {
  /** It uses TLSA records although the MX record is insecure (RFC 7672 §2.2.1 lets it). */
  USES_INSECURE_MX,
  /** It delivers under DANE or not at all (RFC 7672 §6). */
  MANDATORY,
  /** It holds all digests to be as good. */
  NO_AGILITY,
  /** Of the names that a certificate may have it takes the TLSA base domain only. */
  BASE_DOMAIN_ONLY,
  /** It does not deliver where TLSA records are there and none is usable. */
  WANTS_USABLE,
  /** It holds certificates to their dates with DANE-EE too. */
  CHECKS_DATES,
  /** Records with usage 2 are unusable to it. */
  NO_TRUST_ANCHORS;

  static Set<SenderTrait> of(SenderProfile profile) {
    return switch (profile) {
      case RFC_7672 -> EnumSet.noneOf(SenderTrait.class);
      case POSTFIX_DANE -> EnumSet.of(USES_INSECURE_MX);
      case POSTFIX_DANE_ONLY -> EnumSet.of(MANDATORY);
      case EXIM -> EnumSet.of(NO_AGILITY, BASE_DOMAIN_ONLY, WANTS_USABLE);
      case EXCHANGE_OPPORTUNISTIC -> EnumSet.of(CHECKS_DATES);
      case EXCHANGE_MANDATORY -> EnumSet.of(CHECKS_DATES, MANDATORY);
      case NO_DIGEST_AGILITY -> EnumSet.of(NO_AGILITY);
      case NO_TRUST_ANCHORS -> EnumSet.of(NO_TRUST_ANCHORS);
    };
  }
}
