// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.policy;

/**
 * What TLSA records of MX hosts count for if the MX RRset itself is insecure, so that an attacker
 * may have chosen the hosts (RFC 7672 §2.2.1).
 */
public enum InsecureMxPolicy {
  /** Nothing: TLS is opportunistic. The default. */
  OPPORTUNISTIC,

  /** A host with secure TLSA records must be spoken to by TLS, without authentication. */
  ENCRYPT,

  /**
   * As if the MX RRset were secure, except that only the host's own name is accepted, and that
   * nobody is told that the mail went to the right domain.
   */
  DANE
}
