// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.policy;

/** How the name of a mail host was found. */
public enum MxSecurity {
  /** In a secure MX or SRV RRset, reached by secure aliases only. */
  SECURE,

  /** In an MX RRset that anybody may have written. */
  INSECURE,

  /** In an SRV RRset that anybody may have written: DANE does not apply (RFC 7673 §3.1). */
  INSECURE_SRV,

  /** It is the next hop itself: configured, or a domain without MX records (RFC 7672 §2.2.2). */
  NOT_MX
}
