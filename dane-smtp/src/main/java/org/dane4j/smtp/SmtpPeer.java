// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.smtp.policy.TlsRequirement;

/**
 * Whom a session is with, and on which terms. A session that is kept open serves only a peer that
 * is equal in all of it, down to the TLSA records and the names that they are matched with.
 *
 * @param host the server's name, for SNI if there are no TLSA records
 * @param address where it is
 * @param requirement what it is owed, not {@link TlsRequirement.Avoid}
 * @param matcher how its certificate is held against TLSA records
 * @param login how to log in there, if that is wanted
 */
record SmtpPeer(
    String host,
    InetSocketAddress address,
    TlsRequirement requirement,
    TlsaMatcher matcher,
    Optional<SmtpAuthenticator> login) {

  /** Whether the server has no name but its address, which is none for SNI (RFC 6066 §3). */
  boolean isAddress() {
    return host.equals(address.getAddress().getHostAddress());
  }

  /** Whether TLS is owed, so that there is no plain text (RFC 7672 §2.2). */
  boolean owesTls() {
    return !(requirement instanceof TlsRequirement.Opportunistic) || login.isPresent();
  }

  /** Whether the server has to be authenticated, and DANE cannot do it. */
  boolean needsPkix() {
    return login.isPresent() && !(requirement instanceof TlsRequirement.Dane);
  }

  /** What protects a connection under TLS that was made on these terms. */
  ChannelSecurity securityOfTls() {
    if (requirement instanceof TlsRequirement.Dane dane) {
      return ChannelSecurity.of(dane);
    }
    if (needsPkix()) {
      return ChannelSecurity.PKIX;
    }
    return owesTls() ? ChannelSecurity.ENCRYPTED : ChannelSecurity.OPPORTUNISTIC_TLS;
  }
}
