// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.util.List;
import org.dane4j.dnssec.Question;

/**
 * An answer of an authoritative name server, as a resolver would keep it.
 *
 * @param question what was asked
 * @param signing whether it is signed
 * @param ttl how long a resolver may keep it, in seconds: the TTL or the one that was signed,
 *     whichever is longer (RFC 4035 §5.3.3); of a denial that of RFC 2308 §5
 * @param rdata the records in presentation form and in order; empty if it is a denial
 */
public record ServedAnswer(Question question, Signing signing, long ttl, List<String> rdata) {

  /** Copies the list. */
  public ServedAnswer {
    rdata = rdata.stream().sorted().toList();
  }

  boolean isDenial() {
    return rdata.isEmpty();
  }

  boolean isUnsigned() {
    return signing == Signing.UNSIGNED;
  }
}
