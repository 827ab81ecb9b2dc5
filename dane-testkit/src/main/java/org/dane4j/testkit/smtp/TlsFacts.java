// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.smtp;

import java.util.Optional;

/**
 * What was agreed on in a handshake.
 *
 * @param protocol the version, such as {@code TLSv1.3}
 * @param cipherSuite the cipher suite
 * @param serverName the name that the client asked for (RFC 6066 §3), if it did
 */
public record TlsFacts(String protocol, String cipherSuite, Optional<String> serverName) {}
