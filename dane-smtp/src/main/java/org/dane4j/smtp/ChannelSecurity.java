// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

/** What protects a connection to a server. */
public enum ChannelSecurity {
  /** TLS, and the server is the one that its TLSA records describe. */
  DANE,

  /**
   * TLS, and the web's certification authorities vouch for the server: for submission and for a
   * login, where DANE does not apply.
   */
  PKIX,

  /** TLS, because it was owed; who the server is could not be told. */
  ENCRYPTED,

  /** TLS, because the server offered it; who it is could not be told, and nothing was owed. */
  OPPORTUNISTIC_TLS,

  /** Nothing, and nothing was owed. */
  PLAIN_TEXT
}
