// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.lookup;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Objects;
import org.xbill.DNS.Address;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/** Where mail is to be sent next. */
public sealed interface NextHop {

  /** The port of mail transfer (RFC 5321 §4.5.4.2). */
  int SMTP_PORT = 25;

  /**
   * A mail domain, whose MX records say where (RFC 5321 §5.1).
   *
   * @param domain the domain
   * @param port the port of its hosts; TLSA records are looked for at this port (RFC 7672 §2.2.3)
   */
  record Domain(Name domain, int port) implements NextHop {

    /** Checks the parts. */
    public Domain {
      checkHostName(domain);
      checkPort(port);
    }

    @Override
    public String toString() {
      return NextHop.text(domain) + (port == SMTP_PORT ? "" : ":" + port);
    }
  }

  /**
   * A host that is configured, so that its name is secure by itself (RFC 7672 §2.2.2).
   *
   * @param name the host
   * @param port the port
   * @param tlsMode how TLS begins there
   */
  record Host(Name name, int port, TlsMode tlsMode) implements NextHop {

    /** Checks the parts. */
    public Host {
      checkHostName(name);
      checkPort(port);
      Objects.requireNonNull(tlsMode, "tlsMode");
    }

    @Override
    public String toString() {
      String tls = tlsMode == TlsMode.IMPLICIT ? " (implicit TLS)" : "";
      return "[" + NextHop.text(name) + "]:" + port + tls;
    }
  }

  /**
   * The submission services of a domain, whose SRV records say where (RFC 6186, RFC 8314 §5.1). TLS
   * is always owed there, to a server that is authenticated by DANE (RFC 7673) or by the web's
   * certification authorities.
   *
   * @param domain the domain of the sender's address
   */
  record Submission(Name domain) implements NextHop {

    /** Checks the domain. */
    public Submission {
      checkHostName(domain);
      if (domain.length() + "._submissions._tcp".length() > 255) {
        throw new IllegalArgumentException("'" + domain + "' is too long to have SRV records");
      }
    }

    @Override
    public String toString() {
      return "submission for " + NextHop.text(domain);
    }
  }

  /**
   * An address, to which DANE does not apply (RFC 7672 §2.2).
   *
   * @param address the address
   * @param port the port
   */
  record Literal(InetAddress address, int port) implements NextHop {

    /** Checks the parts. */
    public Literal {
      Objects.requireNonNull(address, "address");
      checkPort(port);
    }

    @Override
    public String toString() {
      return "[" + address.getHostAddress() + "]:" + port;
    }
  }

  /**
   * Returns the next hop of mail to a domain, as it stands behind the {@code @} of an address.
   *
   * @param domain a domain in A-labels, or an address literal in brackets (RFC 5321 §4.1.3)
   * @return the next hop, at port 25
   * @throws IllegalArgumentException if it is neither
   */
  static NextHop of(String domain) {
    if (domain.startsWith("[") && domain.endsWith("]")) {
      return new Literal(literal(domain.substring(1, domain.length() - 1)), SMTP_PORT);
    }
    return new Domain(name(domain), SMTP_PORT);
  }

  /**
   * Returns a configured host as the next hop.
   *
   * @param host a host name in A-labels
   * @param port the port
   * @return the next hop
   * @throws IllegalArgumentException if it is no host name
   */
  static NextHop host(String host, int port) {
    return new Host(name(host), port, TlsMode.STARTTLS);
  }

  /**
   * Returns a configured host that speaks TLS from the first octet, such as a submission server at
   * port 465 (RFC 8314 §3.3). It has to be authenticated: by DANE, or where it has no usable TLSA
   * records, by the web's certification authorities.
   *
   * @param host a host name in A-labels
   * @param port the port
   * @return the next hop
   * @throws IllegalArgumentException if it is no host name
   */
  static NextHop implicitTls(String host, int port) {
    return new Host(name(host), port, TlsMode.IMPLICIT);
  }

  /**
   * Returns the submission services of a domain as the next hop.
   *
   * <p>Anybody may have written SRV records that are not signed. RFC 8314 §5.1 wants the server
   * that they name confirmed by the user, once, and kept; never make it a {@link #host} without
   * that. Where they are used all the same, at each connection, no name but the domain's own counts
   * in the server's certificate (RFC 7673 §4.1), so that whoever forges them gains nothing.
   *
   * <p>TLSA records with usage PKIX-TA(0) or PKIX-EE(1) count as unusable: the web's certification
   * authorities decide then, and the records do not narrow them down.
   *
   * @param domain the domain of the sender's address, in A-labels
   * @return the next hop
   * @throws IllegalArgumentException if it is no domain
   */
  static NextHop submission(String domain) {
    return new Submission(name(domain));
  }

  /**
   * Returns this next hop at another port.
   *
   * @param port the port
   * @return the next hop
   * @throws IllegalArgumentException if SRV records name the ports
   */
  default NextHop withPort(int port) {
    if (this instanceof Domain domain) {
      return new Domain(domain.domain, port);
    }
    if (this instanceof Host host) {
      return new Host(host.name, port, host.tlsMode);
    }
    if (this instanceof Literal literal) {
      return new Literal(literal.address, port);
    }
    throw new IllegalArgumentException(
        "SRV records name the ports of submission services: use NextHop.host for one at a port");
  }

  private static InetAddress literal(String text) {
    boolean ipv6 = text.toLowerCase(Locale.ROOT).startsWith("ipv6:");
    try {
      return ipv6
          ? Address.getByAddress(text.substring(5), Address.IPv6)
          : Address.getByAddress(text, Address.IPv4);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "'[" + text + "]' is no address literal: write [192.0.2.1] or [IPv6:2001:db8::1]", e);
    }
  }

  private static Name name(String text) {
    if (!text.chars().allMatch(c -> c < 0x80)) {
      throw new IllegalArgumentException(
          "'" + text + "' is not in ASCII: write internationalized domains as A-labels (xn--...)");
    }
    try {
      return Name.fromString(text, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a domain name: " + e.getMessage(), e);
    }
  }

  private static void checkHostName(Name name) {
    if (!name.isAbsolute() || !HostNames.isHostName(name)) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is not a host name: letters, digits and hyphens in labels with dots between");
    }
  }

  private static void checkPort(int port) {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("a port is between 1 and 65535, not " + port);
    }
  }

  private static String text(Name name) {
    return name.toString(true);
  }
}
