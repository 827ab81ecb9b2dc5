// SPDX-License-Identifier: Apache-2.0
package org.dane4j.tlsa;

import java.util.Set;
import org.dane4j.internal.DomainNames;

/**
 * Where TLSA records stand: port, transport and base domain (RFC 6698 §3), such as {@code
 * _25._tcp.mx.example.org.}
 *
 * <p>The base domain is normalized: lower case, no dot at its end. Names are compared that way, and
 * SNI takes it as it is.
 *
 * @param port the TCP or UDP port, 1–65535
 * @param transport {@code tcp}, {@code udp} or {@code sctp}
 * @param baseDomain the TLSA base domain, a fully qualified domain name in A-labels
 * @since 0.1
 */
public record TlsaOwnerName(int port, String transport, String baseDomain) {

  private static final Set<String> TRANSPORTS = Set.of("tcp", "udp", "sctp");

  private static final int SMTP_PORT = 25;

  /**
   * Checks the parts and normalizes the base domain.
   *
   * @param port the TCP or UDP port
   * @param transport the transport
   * @param baseDomain the TLSA base domain, in either case, with or without a dot at its end
   * @throws IllegalArgumentException if no TLSA record can stand there; the message says what to do
   *     instead
   */
  public TlsaOwnerName {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("a port is a number from 1 to 65535, not " + port);
    }
    if (!TRANSPORTS.contains(transport)) {
      throw new IllegalArgumentException(
          "the transport of a TLSA record is tcp, udp or sctp (RFC 6698 §3), not \"%s\""
              .formatted(transport));
    }
    baseDomain = DomainNames.normalize(baseDomain);
    if (baseDomain.startsWith("_")) {
      throw new IllegalArgumentException(
          ("\"%s\" begins with an underscore; give the host name alone, port and transport are put"
                  + " before it")
              .formatted(baseDomain));
    }
    if (name(port, transport, baseDomain).length() > DomainNames.MAX_LENGTH + 1) {
      throw new IllegalArgumentException(
          ("\"%s\" is too long to have TLSA records: with port and transport the name exceeds"
                  + " 253 characters")
              .formatted(baseDomain));
    }
  }

  /**
   * Returns where the TLSA records of an SMTP server are: port 25 over TCP (RFC 7672 §2.2.3).
   *
   * @param baseDomain the host name, a fully qualified domain name in A-labels
   * @return {@code _25._tcp.} and the host name
   * @throws IllegalArgumentException if it is no such name
   */
  public static TlsaOwnerName smtp(String baseDomain) {
    return new TlsaOwnerName(SMTP_PORT, "tcp", baseDomain);
  }

  /** Returns the absolute name, with the dot at its end: {@code _25._tcp.mx.example.org.} */
  @Override
  public String toString() {
    return name(port, transport, baseDomain);
  }

  private static String name(int port, String transport, String baseDomain) {
    return "_" + port + "._" + transport + "." + baseDomain + ".";
  }
}
