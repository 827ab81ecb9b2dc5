// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.lookup.DaneLookup;
import org.dane4j.smtp.lookup.Destination;
import org.dane4j.smtp.lookup.MxHost;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.smtp.policy.DanePolicy;
import org.dane4j.smtp.tls.DaneSslContexts;

/**
 * Delivers mail to the hosts of its recipients' domains, under DANE.
 *
 * <p>What each host is owed is looked up for each delivery. A host that is owed TLS and does not
 * give it, or is not the one that its TLSA records describe, gets nothing, and the next one is
 * tried; if none is left, the mail is deferred. Where no TLS is owed, it is used if it works.
 *
 * <p>Immutable and thread-safe. Calls block the calling thread; every wait has a bound, see {@link
 * SmtpTimeouts}.
 */
public final class SmtpClient {

  private final DaneLookup lookup;
  private final SmtpSettings settings;
  private final int port;

  private SmtpClient(Builder builder) {
    this.lookup = DaneLookup.over(builder.resolver).withPolicy(builder.policy);
    this.port = builder.port;
    this.settings =
        new SmtpSettings(
            builder.heloName,
            builder.timeouts,
            builder.connector,
            builder.policy.matcher(),
            builder.contexts,
            builder.clock,
            builder.random);
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
    if (envelope.recipients().isEmpty()) {
      throw new IllegalArgumentException("there is no recipient: add some by Envelope.to");
    }
    Map<String, List<String>> byDomain = new LinkedHashMap<>();
    for (String recipient : envelope.recipients()) {
      String domain = Envelope.domainOf(recipient).toLowerCase(Locale.ROOT);
      byDomain.computeIfAbsent(domain, key -> new ArrayList<>()).add(recipient);
    }
    Map<NextHop, List<String>> byHop = new LinkedHashMap<>();
    byDomain.forEach(
        (domain, recipients) -> byHop.put(NextHop.of(domain).withPort(port), recipients));
    List<Attempt> attempts = new ArrayList<>();
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    byHop.forEach(
        (hop, recipients) -> {
          MailTransaction transaction = new MailTransaction(envelope.sender(), recipients, message);
          deliver(hop, transaction, attempts);
          outcomes.putAll(transaction.outcomes());
        });
    return result(envelope, outcomes, attempts);
  }

  /**
   * Delivers a mail for all its recipients by one next hop, such as a configured relay.
   *
   * @param envelope who mails whom
   * @param message what
   * @param nextHop where to
   * @return what became of it, for each recipient
   * @throws IllegalArgumentException if there is no recipient
   */
  public DeliveryResult deliver(Envelope envelope, MailMessage message, NextHop nextHop) {
    if (envelope.recipients().isEmpty()) {
      throw new IllegalArgumentException("there is no recipient: add some by Envelope.to");
    }
    List<Attempt> attempts = new ArrayList<>();
    MailTransaction transaction =
        new MailTransaction(envelope.sender(), envelope.recipients(), message);
    deliver(nextHop, transaction, attempts);
    return result(envelope, transaction.outcomes(), attempts);
  }

  private static DeliveryResult result(
      Envelope envelope, Map<String, Outcome> outcomes, List<Attempt> attempts) {
    List<RecipientResult> results =
        envelope.recipients().stream()
            .map(
                recipient ->
                    new RecipientResult(recipient, Objects.requireNonNull(outcomes.get(recipient))))
            .toList();
    return new DeliveryResult(results, attempts);
  }

  private void deliver(NextHop hop, MailTransaction transaction, List<Attempt> attempts) {
    Destination destination = lookup.resolve(hop);
    if (!(destination instanceof Destination.Hosts)) {
      transaction.settleAll(Destinations.outcome(destination));
      return;
    }
    for (MxHost host : HostOrder.shuffled(destination.hosts(), settings.random())) {
      if (!transaction.isOpen()) {
        return;
      }
      List<Attempt> made =
          new HostDialogue(settings, host, hop.port())
              .run((session, ready) -> transaction.run(session, host.name(), ready));
      attempts.addAll(made);
      Attempt.Result result = last(made).result();
      if (result instanceof Failed failed) {
        transaction.hostFailed(host.name(), failed);
      }
      if (HostDialogue.isUnreadable(result)) {
        return;
      }
    }
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
    return last(new HostDialogue(settings, host, nextHop.port()).run((session, ready) -> {}));
  }

  private static Thread checkThread(Runnable task) {
    Thread thread = new Thread(task, "dane4j-check");
    thread.setDaemon(true);
    return thread;
  }

  private static Attempt last(List<Attempt> attempts) {
    return attempts.get(attempts.size() - 1);
  }

  /** The settings of a client. Not thread-safe. */
  public static final class Builder {

    private final DnssecResolver resolver;
    private int port = NextHop.SMTP_PORT;
    private String heloName = "localhost.localdomain";
    private DanePolicy policy = DanePolicy.opportunistic();
    private SmtpTimeouts timeouts = SmtpTimeouts.rfc5321();
    private SmtpConnector connector = SmtpConnector.direct();
    private DaneSslContexts contexts = DaneSslContexts.ofPlatform();
    private InstantSource clock = InstantSource.system();
    private RandomGenerator random = new SecureRandom();

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
     * Sets how much DANE is insisted on. Default: {@link DanePolicy#opportunistic()}.
     *
     * @param newPolicy the policy
     * @return this builder
     */
    public Builder policy(DanePolicy newPolicy) {
      policy = Objects.requireNonNull(newPolicy, "policy");
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
     * Sets the clock for the dates of certificates. Default: the system's.
     *
     * @param newClock the clock
     * @return this builder
     */
    public Builder clock(InstantSource newClock) {
      clock = Objects.requireNonNull(newClock, "clock");
      return this;
    }

    /**
     * Sets what puts hosts of equal preference in order. Default: a {@link SecureRandom}.
     *
     * @param newRandom a source of random numbers, thread-safe if the client is shared
     * @return this builder
     */
    public Builder random(RandomGenerator newRandom) {
      random = Objects.requireNonNull(newRandom, "random");
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
