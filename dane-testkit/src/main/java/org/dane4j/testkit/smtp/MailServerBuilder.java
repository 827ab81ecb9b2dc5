// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.smtp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.dane4j.testkit.pki.TestIdentity;

/**
 * The settings of a mail server.
 *
 * <p>Unless told otherwise it is honest, calls itself {@code mx.test}, offers PIPELINING, SIZE,
 * 8BITMIME, SMTPUTF8, DSN and ENHANCEDSTATUSCODES, and STARTTLS if it has an identity, and waits 30
 * seconds for a client that says nothing.
 */
public final class MailServerBuilder {

  private final MailServerSettings settings;

  MailServerBuilder(MailServerSettings settings) {
    this.settings = settings;
  }

  /**
   * Starts a server with these settings. The builder can be used further, for other servers.
   *
   * @return the running server
   */
  public TestMailServer start() {
    return TestMailServer.start(settings.copy());
  }

  MailServerSettings settings() {
    return settings;
  }

  /**
   * Chooses the name that the server gives in its greeting.
   *
   * @param name the name
   * @return this builder
   */
  public MailServerBuilder hostName(String name) {
    settings.hostName = name;
    return this;
  }

  /**
   * Chooses the identity that the server shows to all clients whose server name is not known.
   *
   * @param identity the key and the certificates
   * @param otherKinds others with keys of other kinds; what the client can take decides
   * @return this builder
   */
  public MailServerBuilder identity(TestIdentity identity, TestIdentity... otherKinds) {
    List<TestIdentity> all = new ArrayList<>(List.of(otherKinds));
    all.add(0, identity);
    settings.identity = List.copyOf(all);
    return this;
  }

  /**
   * Adds an identity that the server shows only to clients that ask for this name.
   *
   * @param serverName the name that the client asks for
   * @param identity the key and the certificates
   * @return this builder
   */
  public MailServerBuilder identity(String serverName, TestIdentity identity) {
    settings.identitiesByName.put(serverName.toLowerCase(Locale.ROOT), identity);
    return this;
  }

  /**
   * Restricts the versions of TLS.
   *
   * @param protocols the versions as JSSE calls them: {@code TLSv1.2}, {@code TLSv1.3}
   * @return this builder
   */
  public MailServerBuilder tlsProtocols(String... protocols) {
    settings.tlsProtocols = List.of(protocols);
    return this;
  }

  /**
   * Chooses the extensions that are offered besides STARTTLS and AUTH.
   *
   * @param keywords the lines of the EHLO reply without their code, such as {@code "SIZE 1000"}
   * @return this builder
   */
  public MailServerBuilder extensions(String... keywords) {
    settings.extensions = List.of(keywords);
    return this;
  }

  /**
   * Begins TLS at once, before the greeting, as at port 465 (RFC 8314 §3.3).
   *
   * @return this builder
   */
  public MailServerBuilder implicitTls() {
    settings.implicitTls = true;
    return this;
  }

  /**
   * Refuses MAIL in plain text with 530 (RFC 3207 §4).
   *
   * @return this builder
   */
  public MailServerBuilder requiringTls() {
    settings.requiresTls = true;
    return this;
  }

  /**
   * Offers AUTH PLAIN under TLS and refuses MAIL without it (RFC 4954 §6).
   *
   * @param user the name that is let in
   * @param password its password
   * @return this builder
   */
  public MailServerBuilder requiringLogin(String user, String password) {
    byte[] response = ("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8);
    settings.credentials = Optional.of(Base64.getEncoder().encodeToString(response));
    return this;
  }

  /**
   * Chooses how long the server waits for a client, or goes on with an endless reply.
   *
   * @param limit the time
   * @return this builder
   */
  public MailServerBuilder patience(Duration limit) {
    settings.patience = limit;
    return this;
  }

  /**
   * Does something else than the honest thing.
   *
   * @param step when
   * @param action what
   * @return this builder
   */
  public MailServerBuilder at(SmtpStep step, SmtpAction action) {
    settings.actions.put(step, action);
    return this;
  }

  /**
   * Does something else than the honest thing for one recipient.
   *
   * @param address the address in RCPT
   * @param action what
   * @return this builder
   */
  public MailServerBuilder atRecipient(String address, SmtpAction action) {
    settings.recipientActions.put(address.toLowerCase(Locale.ROOT), action);
    return this;
  }

  /**
   * Behaves badly in one of the ways that have a name.
   *
   * @param how the way
   * @return this builder
   */
  public MailServerBuilder hostile(Hostility how) {
    how.accept(this);
    return this;
  }

  /**
   * Forgets all that is not honest, so that an attack can be over.
   *
   * @return this builder
   */
  public MailServerBuilder honest() {
    settings.beHonest();
    return this;
  }

  /**
   * Applies settings that are written elsewhere.
   *
   * @param change the settings
   * @return this builder
   */
  public MailServerBuilder with(Consumer<MailServerBuilder> change) {
    change.accept(this);
    return this;
  }

  MailServerBuilder withoutStartTls() {
    settings.performsStartTls = false;
    return this;
  }

  MailServerBuilder hidingStartTls() {
    settings.offersStartTls = false;
    return this;
  }

  MailServerBuilder withoutCommonCipherSuite() {
    settings.agreesOnCipherSuite = false;
    return this;
  }

  MailServerBuilder heloOnly() {
    settings.knowsEhlo = false;
    return this;
  }

  /**
   * Sends all replies one octet at a time.
   *
   * @param pause how long to wait before each octet
   * @return this builder
   */
  public MailServerBuilder dripping(Duration pause) {
    settings.drip = Optional.of(pause);
    return this;
  }
}
