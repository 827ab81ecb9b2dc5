// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.util.Optional;
import org.dane4j.match.MatchResult;

/**
 * The TLS of a connection.
 *
 * @param protocol the protocol version, such as {@code TLSv1.3}
 * @param cipherSuite the cipher suite, by its JSSE name
 * @param serverName the name that was sent in SNI
 * @param match what came of matching TLSA records, if there were usable ones
 */
public record TlsSession(
    String protocol, String cipherSuite, String serverName, Optional<MatchResult> match) {}
