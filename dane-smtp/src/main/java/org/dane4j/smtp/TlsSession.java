// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.util.List;
import java.util.Optional;
import org.dane4j.match.MatchResult;
import org.dane4j.tlsa.Octets;

/**
 * The TLS of a connection.
 *
 * @param protocol the protocol version, such as {@code TLSv1.3}
 * @param cipherSuite the cipher suite, by its JSSE name
 * @param serverName the name that was sent in SNI
 * @param match what came of matching TLSA records, if there were usable ones
 * @param certificates the DER of the certificates that the server presented, its own first; empty
 *     if they were not kept
 */
public record TlsSession(
    String protocol,
    String cipherSuite,
    String serverName,
    Optional<MatchResult> match,
    List<Octets> certificates) {

  /** Copies the list. */
  public TlsSession {
    certificates = List.copyOf(certificates);
  }

  /**
   * Makes a session whose certificates are not kept.
   *
   * @param protocol the protocol version
   * @param cipherSuite the cipher suite
   * @param serverName the name that was sent in SNI
   * @param match what came of matching TLSA records
   */
  public TlsSession(
      String protocol, String cipherSuite, String serverName, Optional<MatchResult> match) {
    this(protocol, cipherSuite, serverName, match, List.of());
  }
}
