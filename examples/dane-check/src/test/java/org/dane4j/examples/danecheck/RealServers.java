// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsServer;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.pki.CertificateSpec;
import org.dane4j.testkit.pki.TestIdentity;
import org.dane4j.testkit.pki.Tlsa;
import org.dane4j.testkit.smtp.TestMailServer;
import org.xbill.DNS.Flags;

/**
 * A name server and a mail server on the loopback interface, for a program that connects to what
 * the DNS says: the zones have the mail server's own address and port.
 */
final class RealServers implements AutoCloseable {

  /** What the zone example.test holds besides the hosts mx and plain, both at the mail server. */
  private static final String ZONE =
      """
      @ NS ns
      ns A 127.0.0.1
      good MX 10 mx
      bad MX 10 wrong
      none MX 10 plain
      null MX 0 .
      mx A 127.0.0.1
      wrong A 127.0.0.1
      plain A 127.0.0.1
      """;

  private final TestMailServer mail;
  private final DnsTree tree;
  private final DnsServer names;
  private final String timeout;
  private List<String> anchors;

  private RealServers(UnaryOperator<DnsResponder> path, String timeout) {
    Instant now = Instant.now();
    TestIdentity identity =
        TestIdentity.selfSigned(
            CertificateSpec.forNames("mx.example.test")
                .validity(Duration.ofDays(-1), Duration.ofDays(1)),
            now);
    this.mail = TestMailServer.builder().identity(identity).start();
    String service = "_" + mail.address().getPort() + "._tcp.";
    this.tree =
        DnsTree.at(now)
            .zone(".")
            .zone("test.")
            .zone(
                "example.test.",
                zone ->
                    zone.record(ZONE)
                        .record(service + "mx TLSA " + Tlsa.rdata(3, 1, 1, identity.certificate()))
                        .record(service + "wrong TLSA 3 1 1 " + "ab".repeat(32))
                        .record("_submission._tcp.good SRV 0 1 " + mail.address().getPort() + " mx")
                        .record("_submissions._tcp.good SRV 0 0 0 ."))
            .build();
    this.names = DnsServer.start(path.apply(resolverAndAuthority(tree)));
    this.anchors = tree.trustAnchors();
    this.timeout = timeout;
  }

  /** One server as a resolver, and for queries without RD as the name server of the zone. */
  private static DnsResponder resolverAndAuthority(DnsTree tree) {
    DnsResponder authority = tree.zone("example.test.").authority();
    return query ->
        query.getHeader().getFlag(Flags.RD) ? tree.respond(query) : authority.respond(query);
  }

  static RealServers start() {
    return new RealServers(UnaryOperator.identity(), "15");
  }

  /** The program is not to wait long for servers that may be silent. */
  static RealServers startBehind(UnaryOperator<DnsResponder> path) {
    return new RealServers(path, "2");
  }

  /** Gives the program DNSKEY records as trust anchors, in place of DS records. */
  RealServers trustingKeys() {
    anchors = tree.trustAnchorKeys();
    return this;
  }

  TestMailServer mail() {
    return mail;
  }

  /** Runs the program with what it needs to find these servers. */
  Run run(Path scratch, String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    if (!arguments.contains("--submission")) {
      arguments.addAll(List.of("--port", String.valueOf(mail.address().getPort())));
    }
    arguments.addAll(
        List.of(
            "--resolver",
            "127.0.0.1:" + names.address().getPort(),
            "--timeout",
            timeout,
            "--trust-anchors",
            anchors(scratch, anchors).toString()));
    return Run.of(arguments.toArray(String[]::new));
  }

  /** Runs an audit that finds the name server too. */
  Run audit(Path scratch, String... arguments) {
    return observe(scratch, "audit", arguments);
  }

  /** Runs a command that asks the name server directly. */
  Run observe(Path scratch, String name, String... arguments) {
    List<String> command = new ArrayList<>(List.of(name));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--name-server-port", String.valueOf(names.address().getPort())));
    return run(scratch, command.toArray(String[]::new));
  }

  static Path anchors(Path scratch, List<String> lines) {
    try {
      return Files.write(scratch.resolve("anchors"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    names.close();
    mail.close();
  }
}
