// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.policy;

/** How much a sender insists on DANE for a destination. */
public enum DaneMode {
  /**
   * DANE where the destination publishes it, else opportunistic TLS (RFC 7672 §2.2). The default.
   */
  OPPORTUNISTIC,

  /** DANE or no delivery (RFC 7672 §6). */
  MANDATORY,

  /**
   * DANE is looked up and servers are matched, so that results can be recorded; but nothing is
   * enforced, and TLS is opportunistic (RFC 7672 §9.1). For the time before enforcing.
   */
  AUDIT,

  /** DANE is not looked for; TLS is opportunistic. */
  OFF
}
