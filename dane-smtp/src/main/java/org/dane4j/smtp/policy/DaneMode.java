// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.policy;

/** How much a sender insists on DANE for a destination. */
public enum DaneMode {
  /**
   * DANE where the destination publishes it, else opportunistic TLS (RFC 7672 §2.2), or
   * certification authorities where a server has to be authenticated anyway (RFC 7673 §4.1). The
   * default.
   */
  OPPORTUNISTIC,

  /** DANE or no delivery (RFC 7672 §6). */
  MANDATORY,

  /**
   * DANE is looked up and servers are matched, so that results can be recorded; but nothing is
   * enforced, and TLS is opportunistic (RFC 7672 §9.1). For the time before enforcing. For
   * submission as {@link #OFF}.
   */
  AUDIT,

  /**
   * DANE is not looked for; TLS is opportunistic, or for submission a matter of certification
   * authorities.
   */
  OFF
}
