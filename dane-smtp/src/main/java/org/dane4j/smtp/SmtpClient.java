// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.Delivery.Route;
import org.dane4j.smtp.HostDialogue.Terms;
import org.dane4j.smtp.lookup.DaneLookup;
import org.dane4j.smtp.lookup.Destination;
import org.dane4j.smtp.lookup.MxHost;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.smtp.policy.DanePolicies;
import org.dane4j.smtp.policy.DanePolicy;
import org.dane4j.smtp.tls.CertificateKeys;
import org.dane4j.smtp.tls.DaneSslContexts;

/**
 * Delivers mail to the hosts of its recipients' domains, under DANE.
 *
 * <p>What each host is owed is looked up for each delivery. A host that is owed TLS and does not
 * give it, or is not the one that its TLSA records describe, gets nothing, and the next one is
 * tried; if none is left, the mail is deferred. Where no TLS is owed, it is used if it works.
 *
 * <p>Thread-safe. Calls block the calling thread; every wait has a bound, see {@link SmtpTimeouts}.
 * Interrupting the thread cancels the delivery. A client need be closed only if it keeps sessions
 * open, see {@link Builder#reuse}.
 */
public final class SmtpClient implements AutoCloseable {

  private static final SmtpConnections NO_REUSE = new SmtpConnections(SessionReuse.none());

  private final DaneLookup lookup;
  private final SmtpSettings settings;
  private final SmtpConnections connections;
  private final Map<NextHop, SmtpAuthenticator> logins;
  private final Optional<Duration> totalTime;
  private final int port;

  private SmtpClient(Builder builder) {
    this.lookup = DaneLookup.over(builder.resolver).withPolicies(builder.policies);
    this.connections = new SmtpConnections(builder.reuse);
    this.logins = Map.copyOf(builder.logins);
    this.totalTime = builder.totalTime;
    this.port = builder.port;
    this.settings =
        new SmtpSettings(
            builder.heloName,
            builder.timeouts,
            builder.connector,
            builder.contexts,
            builder.clock,
            builder.random,
            builder.eightBit);
  }

  /**
   * Returns a builder.
   *
   * @param resolver who answers and validates
   * @return the builder
   */
  public static Builder builder(DnssecResolver resolver) {
    return new Builder(resolver);
  }

  /**
   * Delivers a mail to the domains of its recipients, one after the other.
   *
   * @param envelope who mails whom
   * @param message what
   * @return what became of it, for each recipient
   * @throws IllegalArgumentException if there is no recipient, or a recipient's domain is none
   */
  public DeliveryResult deliver(Envelope envelope, MailMessage message) {
    Map<String, List<Recipient>> byDomain = new LinkedHashMap<>();
    for (Recipient recipient : recipients(envelope)) {
      String domain = MailAddress.domain(recipient.address()).toLowerCase(Locale.ROOT);
      byDomain.computeIfAbsent(domain, key -> new ArrayList<>()).add(recipient);
    }
    List<Route> routes = new ArrayList<>();
    byDomain.forEach(
        (domain, recipients) ->
            routes.add(new Route(NextHop.of(domain).withPort(port), Optional.empty(), recipients)));
    return newDelivery().run(envelope, message, routes);
  }

  /**
   * Delivers a mail for all its recipients by one next hop, such as a configured relay or the
   * submission services of the sender's domain.
   *
   * @param envelope who mails whom
   * @param message what
   * @param nextHop where to
   * @return what became of it, for each recipient
   * @throws IllegalArgumentException if there is no recipient
   */
  public DeliveryResult deliver(Envelope envelope, MailMessage message, NextHop nextHop) {
    Route route =
        new Route(nextHop, Optional.ofNullable(logins.get(nextHop)), recipients(envelope));
    return newDelivery().run(envelope, message, List.of(route));
  }

  private static List<Recipient> recipients(Envelope envelope) {
    if (envelope.recipients().isEmpty()) {
      throw new IllegalArgumentException("there is no recipient: add some by Envelope.to");
    }
    return envelope.recipients();
  }

  private Delivery newDelivery() {
    return new Delivery(lookup, settings, connections, Deadline.in(totalTime));
  }

  /**
   * Finds out what would become of mail to a destination now, without sending any: turns to all of
   * its hosts at once, as far as TLS, and says goodbye.
   *
   * @param nextHop the destination
   * @return what became of it
   */
  public CheckResult check(NextHop nextHop) {
    Destination destination = lookup.resolve(nextHop);
    if (!(destination instanceof Destination.Hosts)) {
      return new CheckResult(destination, List.of(), Destinations.verdict(destination));
    }
    List<MxHost> hosts = destination.hosts();
    ExecutorService threads = Executors.newFixedThreadPool(hosts.size(), SmtpClient::checkThread);
    try {
      List<CompletableFuture<Attempt>> checks =
          hosts.stream()
              .map(host -> CompletableFuture.supplyAsync(() -> check(host, nextHop), threads))
              .toList();
      List<Attempt> attempts = checks.stream().map(CompletableFuture::join).toList();
      return new CheckResult(destination, attempts, Verdict.of(attempts));
    } finally {
      threads.shutdown();
    }
  }

  private Attempt check(MxHost host, NextHop nextHop) {
    Terms terms = new Terms(lookup.policyFor(nextHop), Optional.empty(), Deadline.in(totalTime));
    List<Attempt> attempts = new HostDialogue(settings, NO_REUSE, host, terms).run(session -> {});
    return attempts.get(attempts.size() - 1);
  }

  /**
   * Turns to one address as far as TLS, expects nothing of its certificates, and says goodbye. For
   * finding out what a server does: whether it is the right one is not asked.
   *
   * @param address the address and port
   * @param serverName the name to send in SNI; empty for none
   * @param keys the keys of certificates that are offered to be taken
   * @return TLS with the server's certificates, plain text if it offers no TLS, or the step that
   *     failed; {@link Attempt.Cause#CONNECTION_LOST} for a handshake that was cut, by time or on
   *     the way, so that it says nothing of the server's keys
   */
  public Attempt.Result look(InetSocketAddress address, String serverName, CertificateKeys keys) {
    return new Glance(settings, Deadline.in(totalTime)).at(address, serverName, keys);
  }

  private static Thread checkThread(Runnable task) {
    Thread thread = new Thread(task, "dane4j-check");
    thread.setDaemon(true);
    return thread;
  }

  /** Says goodbye to the servers whose sessions were kept open, if any were. */
  @Override
  public void close() {
    connections.close();
  }

  /** The settings of a client. Not thread-safe. */
  public static final class Builder {

    private final DnssecResolver resolver;
    private int port = NextHop.SMTP_PORT;
    private String heloName = "localhost.localdomain";
    private DanePolicies policies = DanePolicies.of(DanePolicy.opportunistic());
    private SmtpTimeouts timeouts = SmtpTimeouts.rfc5321();
    private SmtpConnector connector = SmtpConnector.direct();
    private DaneSslContexts contexts = DaneSslContexts.ofPlatform();
    private InstantSource clock = InstantSource.system();
    private RandomGenerator random = new SecureRandom();
    private SessionReuse reuse = SessionReuse.none();
    private EightBitMail eightBit = EightBitMail.REFUSE;
    private Optional<Duration> totalTime = Optional.empty();
    private final Map<NextHop, SmtpAuthenticator> logins = new HashMap<>();

    private Builder(DnssecResolver resolver) {
      this.resolver = Objects.requireNonNull(resolver, "resolver");
    }

    /**
     * Sets the name in EHLO. Servers expect a name that leads to the client's address. Default:
     * {@code localhost.localdomain}, which many servers refuse.
     *
     * @param name a fully qualified domain name, or an address literal in brackets
     * @return this builder
     * @throws IllegalArgumentException if it cannot stand in a command
     */
    public Builder heloName(String name) {
      if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw new IllegalArgumentException(
            "'" + name + "' cannot stand in EHLO: give a host name in ASCII");
      }
      heloName = name;
      return this;
    }

    /**
     * Sets the port of the recipients' mail hosts; TLSA records are looked for at this port.
     * Default: 25.
     *
     * @param newPort from 1 to 65535
     * @return this builder
     */
    public Builder port(int newPort) {
      if (newPort < 1 || newPort > 65535) {
        throw new IllegalArgumentException("a port is between 1 and 65535, not " + newPort);
      }
      port = newPort;
      return this;
    }

    /**
     * Sets how much DANE is insisted on, whatever the destination. Default: {@link
     * DanePolicy#opportunistic()}.
     *
     * @param policy the policy
     * @return this builder
     */
    public Builder policy(DanePolicy policy) {
      return policies(DanePolicies.of(policy));
    }

    /**
     * Sets how much DANE is insisted on for each destination.
     *
     * @param newPolicies the policies
     * @return this builder
     */
    public Builder policies(DanePolicies newPolicies) {
      policies = Objects.requireNonNull(newPolicies, "policies");
      return this;
    }

    /**
     * Sets how long servers may take. Default: {@link SmtpTimeouts#rfc5321()}.
     *
     * @param newTimeouts the timeouts
     * @return this builder
     */
    public Builder timeouts(SmtpTimeouts newTimeouts) {
      timeouts = Objects.requireNonNull(newTimeouts, "timeouts");
      return this;
    }

    /**
     * Sets how TCP connections are opened. Default: {@link SmtpConnector#direct()}.
     *
     * @param newConnector the connector
     * @return this builder
     */
    public Builder connector(SmtpConnector newConnector) {
      connector = Objects.requireNonNull(newConnector, "connector");
      return this;
    }

    /**
     * Sets where TLS comes from. Default: {@link DaneSslContexts#ofPlatform()}.
     *
     * @param newContexts the contexts
     * @return this builder
     */
    public Builder contexts(DaneSslContexts newContexts) {
      contexts = Objects.requireNonNull(newContexts, "contexts");
      return this;
    }

    /**
     * Sets the clock for the dates of certificates that DANE judges. Default: the system's, which
     * JSSE always uses where certification authorities decide.
     *
     * @param newClock the clock
     * @return this builder
     */
    public Builder clock(InstantSource newClock) {
      clock = Objects.requireNonNull(newClock, "clock");
      return this;
    }

    /**
     * Sets what puts hosts of equal preference in order, by the weights of SRV records. Default: a
     * {@link SecureRandom}.
     *
     * @param newRandom a source of random numbers, thread-safe if the client is shared
     * @return this builder
     */
    public Builder random(RandomGenerator newRandom) {
      random = Objects.requireNonNull(newRandom, "random");
      return this;
    }

    /**
     * Sets whether sessions are kept open for further mails. Default: {@link SessionReuse#none()}.
     *
     * @param newReuse for how many, and how long
     * @return this builder
     */
    public Builder reuse(SessionReuse newReuse) {
      reuse = Objects.requireNonNull(newReuse, "reuse");
      return this;
    }

    /**
     * Sets what becomes of mail that is not in ASCII at servers that do not offer 8BITMIME.
     * Default: {@link EightBitMail#REFUSE}.
     *
     * @param choice what
     * @return this builder
     */
    public Builder eightBitMail(EightBitMail choice) {
      eightBit = Objects.requireNonNull(choice, "choice");
      return this;
    }

    /**
     * Sets how long a delivery may take, lookups not counted, whatever the {@link SmtpTimeouts}
     * allow for its steps. What is not settled then is deferred, or unknown if the final dot was
     * sent. Default: no limit.
     *
     * @param time the time for all recipients
     * @return this builder
     * @throws IllegalArgumentException if it is not more than zero
     */
    public Builder totalTime(Duration time) {
      if (time.isZero() || time.isNegative()) {
        throw new IllegalArgumentException("a delivery takes more than no time");
      }
      totalTime = Optional.of(time);
      return this;
    }

    /**
     * Sets how to log in to a configured host, such as a relay, or to the submission services of a
     * domain. Mail is given to it only after it was authenticated by DANE or, if it has no usable
     * TLSA records, by the web's certification authorities; no other host gets to see the login.
     * Default: none.
     *
     * @param nextHop a configured host, or the submission services of a domain
     * @param authenticator how to log in there
     * @return this builder
     * @throws IllegalArgumentException if it is a mail domain or an address
     */
    public Builder login(NextHop nextHop, SmtpAuthenticator authenticator) {
      if (!(nextHop instanceof NextHop.Host || nextHop instanceof NextHop.Submission)) {
        throw new IllegalArgumentException(
            nextHop + " is no configured host: a login is for NextHop.host or NextHop.submission");
      }
      logins.put(nextHop, Objects.requireNonNull(authenticator, "authenticator"));
      return this;
    }

    /**
     * Makes the client.
     *
     * @return a new client with these settings
     */
    public SmtpClient build() {
      return new SmtpClient(this);
    }
  }
}
