// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dane4j.testkit.dns.DnsReply;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsServer;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.pki.CertificateSpec;
import org.dane4j.testkit.pki.KeyType;
import org.dane4j.testkit.pki.TestAuthority;
import org.dane4j.testkit.pki.TestIdentity;
import org.dane4j.testkit.smtp.TestMailServer;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/** A mail server and its zone, both of which change; and files with its keys. */
final class MovingServers implements AutoCloseable {

  static final String HOST = "mx.example.test";

  private final Path scratch;
  private final TestMailServer mail;
  private final DnsServer names;
  private volatile DnsTree tree;

  /** What the name server of the zone has, which may be behind what the resolver has. */
  private volatile DnsTree transferred;

  private volatile int failingType = -1;

  MovingServers(Path scratch, TestIdentity first) {
    this.scratch = scratch;
    this.mail = TestMailServer.builder().identity(first).start();
    this.tree = tree("");
    this.transferred = tree;
    this.names =
        DnsServer.start(
            query ->
                query.getHeader().getFlag(Flags.RD)
                    ? resolve(query)
                    : transferred.zone("example.test.").authority().respond(query));
  }

  private DnsReply resolve(Message query) {
    return query.getQuestion().getType() == failingType
        ? DnsResponder.alwaysFailing(Rcode.SERVFAIL).respond(query)
        : tree.respond(query);
  }

  /** Lets the resolver fail for all questions of a type. */
  void fail(int type) {
    failingType = type;
  }

  static TestIdentity identity() {
    return identity(KeyType.EC_P256);
  }

  static TestIdentity identity(KeyType kind) {
    return TestAuthority.root("root", Instant.now())
        .intermediate("issuer")
        .issue(CertificateSpec.forNames(HOST).key(kind));
  }

  /** Replaces the TLSA records of the host, everywhere. */
  void publish(String... records) {
    publishAtOnePlace(records);
    transferred = tree;
  }

  /** Replaces the TLSA records of the host, at some name servers only. */
  void publishAtOnePlace(String... records) {
    tree = tree(lines("_" + port() + "._tcp.mx", records));
  }

  /** Replaces the TLSA records of the host by those at another name. */
  void publishShared(String... records) {
    tree = tree("_" + port() + "._tcp.mx CNAME tlsa._dane\n" + lines("tlsa._dane", records));
    transferred = tree;
  }

  private static String lines(String name, String... records) {
    return Stream.of(records)
        .map(record -> name + " 1800 TLSA " + record + "\n")
        .collect(Collectors.joining());
  }

  void present(TestIdentity identity) {
    mail.change(server -> server.identity(identity));
  }

  TestMailServer mail() {
    return mail;
  }

  int port() {
    return mail.address().getPort();
  }

  private static DnsTree tree(String records) {
    return DnsTree.at(Instant.now())
        .zone(".")
        .zone("test.")
        .zone(
            "example.test.",
            zone ->
                zone.record("@ NS ns\nns A 127.0.0.1\nmx A 127.0.0.1\nalias CNAME mx\n" + records))
        .build();
  }

  /** Runs the program; where it asks name servers, it finds them. */
  Run run(String... command) {
    if (!command[0].equals("rollover")) {
      return runAlone(command);
    }
    String port = String.valueOf(names.address().getPort());
    return runAlone(
        Stream.concat(Stream.of(command), Stream.of("--allow-private", "--name-server-port", port))
            .toArray(String[]::new));
  }

  Run runAlone(String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(
        List.of(
            "--resolver",
            "127.0.0.1:" + names.address().getPort(),
            "--port",
            String.valueOf(port()),
            "--trust-anchors",
            RealServers.anchors(scratch, tree.trustAnchors()).toString()));
    return Run.of(arguments.toArray(String[]::new));
  }

  @Override
  public void close() {
    names.close();
    mail.close();
  }

  static String pem(String type, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
  }

  static String chainPem(TestIdentity identity) {
    StringBuilder text = new StringBuilder();
    try {
      for (X509Certificate certificate : identity.chain()) {
        text.append(pem("CERTIFICATE", certificate.getEncoded()));
      }
    } catch (CertificateEncodingException e) {
      throw new AssertionError(e);
    }
    return text.toString();
  }

  static String keyPem(TestIdentity identity) {
    return pem("PRIVATE KEY", identity.privateKey().getEncoded());
  }

  static Path file(Path folder, String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path pkcs12(Path folder, TestIdentity identity, String password) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "mail",
          identity.privateKey(),
          password.toCharArray(),
          identity.chain().toArray(Certificate[]::new));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      store.store(out, password.toCharArray());
      return Files.write(folder.resolve("mail.p12"), out.toByteArray());
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
