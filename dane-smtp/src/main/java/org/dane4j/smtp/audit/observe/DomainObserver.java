// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.SmtpClient;
import org.dane4j.smtp.audit.DomainFacts;
import org.dane4j.smtp.audit.ZoneFacts;
import org.dane4j.smtp.lookup.NextHop;
import org.jspecify.annotations.Nullable;

/**
 * Observes mail domains: their DNS by validation and at each authoritative name server, each
 * address of each mail host under several offers, and what else they say about TLS.
 *
 * <p>An observation ends within the total time of its {@link ObservationLimits}, whatever servers
 * do. What did not come to an end is a fact too: an indeterminate verdict, a {@link
 * org.dane4j.smtp.audit.ServerReply.Silence}, a look that failed, each with its reason.
 *
 * <p>A mail host is turned to about six times, as far as TLS; no mail is sent. Thread-safe.
 * Interrupting the thread ends an observation with what is there.
 */
public final class DomainObserver {

  /** So many servers are turned to at once. */
  private static final int THREADS = 32;

  private final Builder settings;

  private DomainObserver(Builder settings) {
    this.settings = settings;
  }

  /**
   * Returns a builder.
   *
   * @param resolver who answers and validates
   * @param client who turns to mail hosts. Its timeouts bound each step; a total time of some
   *     seconds ({@link SmtpClient.Builder#totalTime}) bounds each connection
   * @return the builder
   */
  public static Builder builder(DnssecResolver resolver, SmtpClient client) {
    return new Builder(resolver, client);
  }

  /**
   * Observes a domain.
   *
   * @param domain the mail domain, and the port of its hosts
   * @param progress who hears how far it is
   * @return all that was observed
   */
  public DomainFacts observe(NextHop.Domain domain, ObservationProgress progress) {
    return with(progress, tools -> new Observation(domain, tools).run(settings.clock.instant()));
  }

  /**
   * Asks the authoritative name servers of the zones that some names are in, and nobody else.
   *
   * @param questions what to ask each server of the zone that the name is in
   * @param progress who hears how far it is
   * @return the zones from the root down; those of the names with what each server replied
   */
  public List<ZoneFacts> observeZones(List<Question> questions, ObservationProgress progress) {
    List<Question> asked = List.copyOf(questions);
    return with(progress, tools -> new ZoneSurvey(tools, asked).run());
  }

  private <T> T with(ObservationProgress progress, Function<Tools, T> work) {
    Executor given = settings.executor;
    if (given != null) {
      return with(progress, work, given);
    }
    ExecutorService own = Executors.newFixedThreadPool(THREADS, DomainObserver::thread);
    try {
      return with(progress, work, own);
    } finally {
      own.shutdownNow();
    }
  }

  private <T> T with(ObservationProgress progress, Function<Tools, T> work, Executor threads) {
    try (Errands errands = new Errands(threads, progress, settings.limits.totalTime())) {
      return work.apply(
          new Tools(
              settings.resolver,
              settings.client,
              settings.fetcher,
              settings.nameServers,
              settings.reserved,
              settings.limits,
              errands));
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "dane4j-audit");
    thread.setDaemon(true);
    return thread;
  }

  /** The settings of an observer. Not thread-safe. */
  public static final class Builder {

    private final DnssecResolver resolver;
    private final SmtpClient client;
    private InstantSource clock = InstantSource.system();
    private ObservationLimits limits = ObservationLimits.defaults();
    private PolicyFetcher fetcher = PolicyFetcher.overHttps(Duration.ofSeconds(30));
    private UnaryOperator<InetSocketAddress> nameServers = UnaryOperator.identity();
    private ReservedAddresses reserved = ReservedAddresses.refused();
    private @Nullable Executor executor;

    private Builder(DnssecResolver resolver, SmtpClient client) {
      this.resolver = Objects.requireNonNull(resolver, "resolver");
      this.client = Objects.requireNonNull(client, "client");
    }

    private Builder(Builder other) {
      this(other.resolver, other.client);
      clock = other.clock;
      limits = other.limits;
      fetcher = other.fetcher;
      nameServers = other.nameServers;
      reserved = other.reserved;
      executor = other.executor;
    }

    /**
     * Sets the clock that says when the facts were observed. Default: the system's.
     *
     * @param newClock the clock
     * @return this builder
     */
    public Builder clock(InstantSource newClock) {
      clock = Objects.requireNonNull(newClock, "clock");
      return this;
    }

    /**
     * Sets what an observation may take. Default: {@link ObservationLimits#defaults()}.
     *
     * @param newLimits the limits
     * @return this builder
     */
    public Builder limits(ObservationLimits newLimits) {
      limits = Objects.requireNonNull(newLimits, "limits");
      return this;
    }

    /**
     * Sets how MTA-STS policies are fetched. Default: {@link PolicyFetcher#overHttps} within 30
     * seconds.
     *
     * @param newFetcher who fetches policies
     * @return this builder
     */
    public Builder policyFetcher(PolicyFetcher newFetcher) {
      fetcher = Objects.requireNonNull(newFetcher, "fetcher");
      return this;
    }

    /**
     * Sets where name servers are really to be found, for tests. Default: at their addresses, port
     * 53.
     *
     * @param locator from the published address to the one to ask
     * @return this builder
     */
    public Builder nameServersAt(UnaryOperator<InetSocketAddress> locator) {
      nameServers = Objects.requireNonNull(locator, "locator");
      return this;
    }

    /**
     * Turns also to addresses that nobody has on the internet, such as private and loopback ones.
     * Default: they are left alone, as whoever writes a domain's records could otherwise point the
     * observer at its own house.
     *
     * @return this builder
     */
    public Builder allowReservedAddresses() {
      reserved = ReservedAddresses.allowed();
      return this;
    }

    /**
     * Sets who runs the work. Default: 32 daemon threads for each observation.
     *
     * @param newExecutor an executor with threads of its own, which the caller shuts down; work
     *     that was interrupted may occupy them for some seconds more
     * @return this builder
     */
    public Builder executor(Executor newExecutor) {
      executor = Objects.requireNonNull(newExecutor, "executor");
      return this;
    }

    /**
     * Makes the observer.
     *
     * @return a new observer with these settings
     */
    public DomainObserver build() {
      return new DomainObserver(new Builder(this));
    }
  }
}
