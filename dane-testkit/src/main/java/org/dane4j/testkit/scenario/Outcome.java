// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

/**
 * What becomes of a message at a client that does opportunistic DANE (RFC 7672 §2.2), after it went
 * through all MX hosts of the domain.
 */
public enum Outcome {
  /** Delivered to a server that was authenticated with TLSA records. */
  DANE_VERIFIED,
  /**
   * Not delivered: there are usable TLSA records, and no host shows a certificate that matches. The
   * client tries again later.
   */
  DANE_MISMATCH,
  /** Delivered under TLS to a server that was not authenticated: no TLSA record was usable. */
  DANE_UNUSABLE_ENCRYPT,
  /** Delivered without DANE: under TLS if the server offers it, in plain text otherwise. */
  OPPORTUNISTIC,
  /** Not delivered for now: DNS failed, or TLS is a must and not to be had. */
  DEFER,
  /** Not delivered at all: the domain accepts no mail (RFC 7505). */
  NULL_MX,
  /** Not delivered at all: the domain does not exist. */
  NO_SUCH_DOMAIN
}
