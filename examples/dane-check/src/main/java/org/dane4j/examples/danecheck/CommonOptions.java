// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.SmtpClient;
import org.dane4j.smtp.SmtpTimeouts;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.smtp.policy.DanePolicy;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Address;
import org.xbill.DNS.ResolverConfig;
import picocli.CommandLine.Option;

/** The options that all commands have. */
final class CommonOptions {

  private static final int DNS_PORT = 53;

  @Option(
      names = "--resolver",
      paramLabel = "IP[:PORT]",
      description =
          "the name server to ask; it need not validate. Default: those of the operating system")
  private @Nullable String resolver;

  @Option(
      names = "--trust-anchors",
      paramLabel = "FILE",
      description = "DS or DNSKEY records in zone-file form. Default: IANA's root keys")
  private @Nullable Path trustAnchors;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "the port of the mail servers, where TLSA records are looked for too. Default: 25")
  private @Nullable Integer givenPort;

  @Option(
      names = "--submission",
      description =
          "the domain's submission servers, as SRV records name them (RFC 6186, RFC 7673), not its MX hosts")
  private boolean submission;

  @Option(names = "--mandatory", description = "no mail without DANE (RFC 7672 section 6)")
  private boolean mandatory;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description = "how long a server may take for each step. Default: 15")
  private int timeout;

  @Option(
      names = "--helo",
      paramLabel = "NAME",
      description = "the name to say in EHLO. Default: this host's")
  private @Nullable String helo;

  /** Makes the options, with their defaults. */
  CommonOptions() {}

  NextHop nextHop(String domain) {
    try {
      return submission ? submission(domain) : NextHop.of(domain).withPort(port());
    } catch (IllegalArgumentException e) {
      throw new BadInputException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Reads the name of a mail host.
   *
   * @param option what it was given by; empty for a parameter
   * @param text the name, or with an option also a port
   */
  NextHop.Host host(String option, String text) {
    if (submission) {
      throw new BadInputException("--submission: give the host, and its port by --port");
    }
    int colon = option.isEmpty() ? -1 : text.lastIndexOf(':');
    String digits = text.substring(colon + 1);
    try {
      int port = colon < 0 ? port() : digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : 0;
      return (NextHop.Host) NextHop.host(colon < 0 ? text : text.substring(0, colon), port);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          (option.isEmpty() ? "" : option + " '" + text + "': ") + e.getMessage());
    }
  }

  boolean isForSubmission() {
    return submission;
  }

  private NextHop submission(String domain) {
    if (givenPort != null) {
      throw new BadInputException("--port with --submission: SRV records name the ports");
    }
    return NextHop.submission(domain);
  }

  int port() {
    int port = givenPort == null ? NextHop.SMTP_PORT : givenPort;
    if (port < 1 || port > 65535) {
      throw new BadInputException("--port " + port + ": a port is from 1 to 65535");
    }
    return port;
  }

  DnssecResolver.Builder newResolver() {
    return DnssecResolver.builder(nameServers())
        .trustAnchors(anchors())
        .queryTimeout(Duration.ofSeconds(Math.min(5, timeout())));
  }

  SmtpClient.Builder newClient(DnssecResolver dns) {
    return SmtpClient.builder(dns)
        .port(port())
        .heloName(heloName())
        .timeouts(SmtpTimeouts.of(stepTime()))
        .policy(policy());
  }

  DanePolicy policy() {
    return mandatory ? DanePolicy.mandatory() : DanePolicy.opportunistic();
  }

  boolean isMandatory() {
    return mandatory;
  }

  /** Returns how long a server may take for each step. */
  Duration stepTime() {
    return Duration.ofSeconds(timeout());
  }

  private int timeout() {
    if (timeout < 1 || timeout > 600) {
      throw new BadInputException("--timeout " + timeout + ": give seconds, from 1 to 600");
    }
    return timeout;
  }

  private String heloName() {
    if (helo != null) {
      if (helo.isEmpty() || !helo.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw new BadInputException("--helo '" + helo + "': give a host name in ASCII");
      }
      return helo;
    }
    try {
      String name = InetAddress.getLocalHost().getHostName();
      return name.isEmpty() ? "localhost" : name;
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** Returns the given one, or those of the system: when one is silent, the next is asked. */
  private InetSocketAddress[] nameServers() {
    String given = resolver;
    if (given != null) {
      return new InetSocketAddress[] {address(given)};
    }
    List<InetSocketAddress> servers = ResolverConfig.getCurrentConfig().servers();
    if (servers.isEmpty()) {
      throw new BadInputException(
          "the operating system has no name server configured: give one by --resolver IP[:PORT]");
    }
    return servers.toArray(InetSocketAddress[]::new);
  }

  /** Reads {@code IP}, {@code IP:PORT} or {@code [IPv6]:PORT}. */
  private static InetSocketAddress address(String text) {
    String host = text;
    int port = DNS_PORT;
    int colon = text.lastIndexOf(':');
    boolean bracketed = text.startsWith("[");
    if (bracketed ? text.contains("]:") : colon >= 0 && colon == text.indexOf(':')) {
      host = text.substring(0, colon);
      port = port(text, text.substring(colon + 1));
    }
    if (bracketed) {
      // Without its bracket at the end it is no address, and is refused below.
      host = host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
    byte[] octets = Address.toByteArray(host, Address.IPv4);
    octets = octets == null ? Address.toByteArray(host, Address.IPv6) : octets;
    if (octets == null) {
      throw new BadInputException(
          "--resolver '" + text + "': give an IP address, such as 192.0.2.53 or [2001:db8::53]:53");
    }
    try {
      return new InetSocketAddress(InetAddress.getByAddress(octets), port);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 octets are an address", e);
    }
  }

  private static int port(String text, String digits) {
    int port = digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : 0;
    if (port < 1 || port > 65535) {
      throw new BadInputException("--resolver '" + text + "': a port is from 1 to 65535");
    }
    return port;
  }

  TrustAnchors anchors() {
    Path file = trustAnchors;
    return file == null ? TrustAnchors.iana() : AnchorFile.read(file);
  }
}
