// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.smtp.HostDialogue.Terms;
import org.dane4j.smtp.lookup.Endpoint;
import org.dane4j.smtp.lookup.MxHost;
import org.dane4j.smtp.policy.PkixNames;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.smtp.policy.TlsRequirement.Encrypt;
import org.dane4j.smtp.policy.TlsRequirement.Opportunistic;
import org.dane4j.smtp.policy.TlsRequirement.Pkix;

/**
 * Whom a session is with, and on which terms. A session that is kept open serves only a peer that
 * is equal in all of it, down to the TLSA records and the names that they are matched with.
 *
 * @param endpoint where it listens; the host's name is for SNI if there are no TLSA records
 * @param address where that is
 * @param requirement what it is owed, not {@link TlsRequirement.Avoid}
 * @param matcher how its certificate is held against TLSA records
 * @param login how to log in there, if that is wanted
 */
record SmtpPeer(
    Endpoint endpoint,
    InetSocketAddress address,
    TlsRequirement requirement,
    TlsaMatcher matcher,
    Optional<SmtpAuthenticator> login) {

  /** A host of a destination, at one of its addresses. */
  static SmtpPeer of(MxHost host, InetAddress address, Terms terms) {
    return new SmtpPeer(
        host.endpoint(),
        new InetSocketAddress(address, host.endpoint().port()),
        terms.login().isPresent() ? forLogin(host) : host.requirement(),
        terms.policy().matcher(),
        terms.login());
  }

  /** RFC 7673 §4: where a login is at stake and DANE says nothing, the web's authorities decide. */
  private static TlsRequirement forLogin(MxHost host) {
    TlsRequirement owed = host.requirement();
    return owed instanceof Opportunistic || owed instanceof Encrypt
        ? new Pkix(
            new PkixNames(host.name(), Optional.empty()),
            "there is a login to protect, and " + owed.explanation(),
            owed.audited())
        : owed;
  }

  String host() {
    return endpoint.host();
  }

  /** Whether the server has no name but its address, which is none for SNI (RFC 6066 §3). */
  boolean isAddress() {
    return host().equals(address.getAddress().getHostAddress());
  }

  /** Whether TLS is owed, so that there is no plain text (RFC 7672 §2.2). */
  boolean owesTls() {
    return !(requirement instanceof Opportunistic);
  }

  /** What protects a connection under TLS that was made on these terms. */
  ChannelSecurity securityOfTls() {
    if (requirement instanceof TlsRequirement.Dane dane) {
      return ChannelSecurity.of(dane);
    }
    if (requirement instanceof Pkix) {
      return ChannelSecurity.PKIX;
    }
    return owesTls() ? ChannelSecurity.ENCRYPTED : ChannelSecurity.OPPORTUNISTIC_TLS;
  }
}
