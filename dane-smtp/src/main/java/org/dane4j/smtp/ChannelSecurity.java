// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import org.dane4j.smtp.policy.MxSecurity;
import org.dane4j.smtp.policy.TlsRequirement;

/** What protects a connection to a server. */
public enum ChannelSecurity {
  /** TLS, and the server is the one that its TLSA records describe. */
  DANE,

  /**
   * TLS, and the host is the one that its TLSA records describe; but an insecure MX record names
   * it, which an attacker may have written. Not a secure delivery to the domain (RFC 7672 §2.2.1).
   */
  DANE_HOST,

  /**
   * TLS, and the web's certification authorities vouch for the server: for a login without DANE.
   */
  PKIX,

  /** TLS, because it was owed; who the server is could not be told. */
  ENCRYPTED,

  /** TLS, because the server offered it; who it is could not be told, and nothing was owed. */
  OPPORTUNISTIC_TLS,

  /** Nothing, and nothing was owed. */
  PLAIN_TEXT;

  /** What protects a connection whose server matched. */
  static ChannelSecurity of(TlsRequirement.Dane dane) {
    // RFC 7672 §2.2.1: "MUST NOT be misrepresented"
    return dane.mx() == MxSecurity.INSECURE ? DANE_HOST : DANE;
  }
}
