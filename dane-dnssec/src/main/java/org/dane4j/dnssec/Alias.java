// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import org.xbill.DNS.Name;

/**
 * One alias that was followed: a CNAME record, or the one that a DNAME record stands for.
 *
 * @param owner the name that is an alias
 * @param target the name that it stands for
 * @param security whether this alias itself is proven
 */
public record Alias(Name owner, Name target, Security security) {

  /** Whether something is proven. */
  public enum Security {
    /** Proven by signatures from a trust anchor down. */
    SECURE,
    /** Proven to be unsigned: anybody may have written it. */
    INSECURE
  }
}
