// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.lookup;

import java.util.Objects;

/**
 * A connection endpoint (RFC 7673 §2): where a server listens, and how TLS begins there.
 *
 * @param host its name as the MX record, the SRV record or the configuration gives it, in lower
 *     case, without a dot at the end; for an address literal the address
 * @param port the TCP port, where its TLSA records are looked for too
 * @param tlsMode how TLS begins
 */
public record Endpoint(String host, int port, TlsMode tlsMode) {

  /** Checks that nothing is missing. */
  public Endpoint {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(tlsMode, "tlsMode");
  }

  /** Returns name and port, and implicit TLS where that is spoken. */
  @Override
  public String toString() {
    return host + ":" + port + (tlsMode == TlsMode.IMPLICIT ? " (implicit TLS)" : "");
  }
}
