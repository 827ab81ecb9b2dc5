// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.time.Duration;

/**
 * How far ahead an audit looks.
 *
 * @param certificateLife certificates that expire sooner are warned of; those of Web CAs are
 *     renewed some weeks before their end
 * @param signatureLife signatures in the DNS that end sooner are warned of: somebody has to be able
 *     to mend the signer over a weekend. Of those that are made for less than four times as long, a
 *     quarter has to be left
 * @param longTtl TLSA records with longer TTLs are warned of: so long does a mistake last (RFC 7671
 *     §13)
 */
public record AuditSettings(Duration certificateLife, Duration signatureLife, Duration longTtl) {

  /** 14 days for certificates, 3 days for signatures, TTLs of a day. */
  public static final AuditSettings DEFAULT =
      new AuditSettings(Duration.ofDays(14), Duration.ofDays(3), Duration.ofDays(1));

  /**
   * Checks the durations.
   *
   * @throws IllegalArgumentException if one is negative
   */
  public AuditSettings {
    if (certificateLife.isNegative() || signatureLife.isNegative() || longTtl.isNegative()) {
      throw new IllegalArgumentException("the audit looks ahead, not back: pass no negative times");
    }
  }

  /**
   * Returns settings that look further ahead or less far for certificates.
   *
   * @param life certificates that expire sooner are warned of
   * @return a copy
   */
  public AuditSettings withCertificateLife(Duration life) {
    return new AuditSettings(life, signatureLife, longTtl);
  }

  /**
   * Returns settings that look further ahead or less far for signatures in the DNS.
   *
   * @param life signatures that end sooner are warned of
   * @return a copy
   */
  public AuditSettings withSignatureLife(Duration life) {
    return new AuditSettings(certificateLife, life, longTtl);
  }

  /**
   * Returns settings with another limit for TTLs.
   *
   * @param ttl TLSA records with longer TTLs are warned of
   * @return a copy
   */
  public AuditSettings withLongTtl(Duration ttl) {
    return new AuditSettings(certificateLife, signatureLife, ttl);
  }
}
