// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.lookup;

/** How TLS begins on a connection. */
public enum TlsMode {
  /** The client asks for it by STARTTLS, in plain text (RFC 3207). */
  STARTTLS,

  /** At once, before the server greets (RFC 8314 §3.3). Without TLS there is no connection. */
  IMPLICIT
}
