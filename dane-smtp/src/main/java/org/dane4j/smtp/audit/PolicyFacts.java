// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.List;
import java.util.Optional;
import org.dane4j.dnssec.ValidationResult;

/**
 * What a domain says about TLS by other means than DANE.
 *
 * @param mtaStsRecord the verdict on the TXT RRset at {@code _mta-sts} (RFC 8461 §3.1)
 * @param mtaStsPolicy the policy; empty if there is no record, or none was fetched
 * @param tlsReporting the verdict on the TXT RRset at {@code _smtp._tls} (RFC 8460 §3)
 */
public record PolicyFacts(
    ValidationResult mtaStsRecord,
    Optional<MtaStsPolicy> mtaStsPolicy,
    ValidationResult tlsReporting) {

  /** What came of fetching an MTA-STS policy (RFC 8461 §3.2). */
  public sealed interface MtaStsPolicy {

    /**
     * A policy that was fetched over authenticated HTTPS.
     *
     * @param mode {@code enforce}, {@code testing} or {@code none}
     * @param maxAge how long it may be kept, in seconds
     * @param mx the patterns of the hosts' names
     */
    record Fetched(String mode, long maxAge, List<String> mx) implements MtaStsPolicy {

      /** Copies the list. */
      public Fetched {
        mx = List.copyOf(mx);
      }
    }

    /**
     * No policy.
     *
     * @param why what was wrong, for a person
     */
    record Failed(String why) implements MtaStsPolicy {

      /** Makes the text printable: the policy's server may have written some of it. */
      public Failed {
        why = Printable.text(why);
      }
    }
  }
}
