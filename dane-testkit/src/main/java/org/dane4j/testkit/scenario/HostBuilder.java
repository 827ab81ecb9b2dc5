// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.dane4j.testkit.pki.CertificateSpec;
import org.dane4j.testkit.pki.TestAuthority;
import org.dane4j.testkit.pki.TestIdentity;
import org.dane4j.testkit.pki.Tlsa;
import org.dane4j.testkit.smtp.Hostility;
import org.dane4j.testkit.smtp.MailServerBuilder;

/**
 * The settings of a mail host: its address, its certificate, its TLSA records, its server.
 *
 * <p>Unless told otherwise it has an address of its own, a certificate for its name from the
 * internet's authority, an honest server, and no TLSA record. TLSA records are made last, so that
 * it does not matter whether the certificate is described before them or after.
 */
public final class HostBuilder {

  private final String name;
  private final TestAuthority authority;
  private final List<Function<TestIdentity, String>> tlsa = new ArrayList<>();
  private final List<Consumer<MailServerBuilder>> server = new ArrayList<>();
  private int port = 25;
  private Optional<String> tlsaOwner = Optional.empty();
  private Optional<String> address = Optional.empty();
  private boolean publishesAddress = true;
  private boolean down;
  private Optional<String> onlyServerName = Optional.empty();
  private Optional<TestIdentity> identity = Optional.empty();
  private UnaryOperator<CertificateSpec> certificate = spec -> spec;
  private UnaryOperator<TestIdentity> chain = whole -> whole;

  HostBuilder(String name, TestAuthority authority) {
    this.name = name;
    this.authority = authority;
  }

  // ------ TLSA ------

  /**
   * Publishes a TLSA record that matches: the host's certificate for usages 1 and 3, that of its
   * issuer for the others.
   *
   * @param usage the certificate usage
   * @param selector the selector
   * @param matchingType the matching type
   * @return this builder
   */
  public HostBuilder tlsa(int usage, int selector, int matchingType) {
    tlsa.add(shown -> Tlsa.rdata(usage, selector, matchingType, subject(usage, shown)));
    return this;
  }

  private static X509Certificate subject(int usage, TestIdentity identity) {
    boolean leaf = usage == 1 || usage == 3 || identity.issuers().isEmpty();
    return leaf ? identity.certificate() : identity.issuers().get(0);
  }

  /**
   * Publishes a TLSA record of a key that neither the host nor its issuer has: the next one, or a
   * wrong one.
   *
   * @param usage the certificate usage
   * @param selector the selector
   * @param matchingType the matching type
   * @return this builder
   */
  public HostBuilder tlsaOfAnotherKey(int usage, int selector, int matchingType) {
    X509Certificate other = authority.intermediate("Another CA").issue(name).certificate();
    return tlsaOf(other, usage, selector, matchingType);
  }

  /**
   * Publishes a TLSA record of some certificate.
   *
   * @param of the certificate
   * @param usage the certificate usage
   * @param selector the selector
   * @param matchingType the matching type
   * @return this builder
   */
  public HostBuilder tlsaOf(X509Certificate of, int usage, int selector, int matchingType) {
    return tlsa(Tlsa.rdata(usage, selector, matchingType, of));
  }

  /**
   * Publishes a TLSA record with any data.
   *
   * @param rdata the data in zone-file form, such as {@code "3 1 1 00ff"}
   * @return this builder
   */
  public HostBuilder tlsa(String rdata) {
    tlsa.add(shown -> rdata);
    return this;
  }

  /**
   * Publishes the TLSA records elsewhere than at the port and the name of the host.
   *
   * @param owner the owner of the records
   * @return this builder
   */
  public HostBuilder tlsaAt(String owner) {
    tlsaOwner = Optional.of(owner);
    return this;
  }

  // ------ Certificate ------

  /**
   * Describes the certificate of the host.
   *
   * @param change from a specification for the name of the host to the one to use
   * @return this builder
   */
  public HostBuilder certificate(UnaryOperator<CertificateSpec> change) {
    certificate = change;
    return this;
  }

  /**
   * Gives the host a certificate for other names than its own.
   *
   * @param names the names
   * @return this builder
   */
  public HostBuilder certificateFor(String... names) {
    return certificate(spec -> CertificateSpec.forNames(names));
  }

  /**
   * Changes what the host sends beside its own certificate.
   *
   * @param change from the usual chain, which lacks the root, to the one to send
   * @return this builder
   */
  public HostBuilder sending(UnaryOperator<TestIdentity> change) {
    chain = change;
    return this;
  }

  /**
   * Gives the host an identity that was made elsewhere.
   *
   * @param own the key and the certificates
   * @return this builder
   */
  public HostBuilder identity(TestIdentity own) {
    identity = Optional.of(own);
    return this;
  }

  /**
   * Shows the certificate only to clients that ask for this name by SNI. All others get a
   * certificate for another name and key.
   *
   * @param serverName the name to ask for
   * @return this builder
   */
  public HostBuilder onlyForServerName(String serverName) {
    onlyServerName = Optional.of(serverName);
    return this;
  }

  // ------ Server ------

  /**
   * Sets up the mail server.
   *
   * @param settings what is to be other than the default
   * @return this builder
   */
  public HostBuilder server(Consumer<MailServerBuilder> settings) {
    server.add(settings);
    return this;
  }

  /**
   * Makes the mail server a bad one.
   *
   * @param how the way in which it is bad
   * @return this builder
   */
  public HostBuilder hostile(Hostility how) {
    return server(how);
  }

  /**
   * Lets the host refuse connections.
   *
   * @return this builder
   */
  public HostBuilder down() {
    down = true;
    return this;
  }

  /**
   * Lets the server listen at another port than 25, where its TLSA records are then published too.
   *
   * @param number the published port; the real one is of the system's choice
   * @return this builder
   */
  public HostBuilder port(int number) {
    port = number;
    return this;
  }

  /**
   * Chooses the published address. Otherwise each host gets one of the addresses for documentation
   * (RFC 5737).
   *
   * @param ipAddress an IPv4 or IPv6 address
   * @return this builder
   */
  public HostBuilder address(String ipAddress) {
    address = Optional.of(ipAddress);
    return this;
  }

  /**
   * Publishes no address record: there is none, or the zone has it under another name.
   *
   * @return this builder
   */
  public HostBuilder withoutAddressRecord() {
    publishesAddress = false;
    return this;
  }

  // ------ What the internet needs ------

  String name() {
    return name;
  }

  Optional<String> address() {
    return address;
  }

  int port() {
    return port;
  }

  boolean publishesAddress() {
    return publishesAddress;
  }

  boolean isDown() {
    return down;
  }

  String tlsaOwner() {
    return tlsaOwner.orElse("_" + port + "._tcp." + name);
  }

  TestIdentity makeIdentity() {
    TestIdentity whole =
        identity.orElseGet(
            () -> authority.issue(certificate.apply(CertificateSpec.forNames(name))));
    return chain.apply(whole);
  }

  List<String> tlsaData(TestIdentity shown) {
    return tlsa.stream().map(record -> record.apply(shown)).toList();
  }

  void applyTo(MailServerBuilder builder, TestIdentity shown) {
    builder.hostName(name);
    if (onlyServerName.isPresent()) {
      builder.identity(authority.issue("default.invalid"));
      builder.identity(onlyServerName.get(), shown);
    } else {
      builder.identity(shown);
    }
    server.forEach(builder::with);
  }
}
