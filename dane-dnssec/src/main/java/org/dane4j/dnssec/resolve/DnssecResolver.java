// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.dane4j.dnssec.AlgorithmPolicy;
import org.dane4j.dnssec.ChainValidator;
import org.dane4j.dnssec.Evidence;
import org.dane4j.dnssec.FetchFailure;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.ValidationLimits;
import org.dane4j.dnssec.ValidationResult;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Resolver;

/**
 * Looks names up and validates what comes back, over any recursive name server.
 *
 * <p>The upstream need not validate and is not believed: its AD bit is ignored, and queries ask it
 * to pass on data even if it takes them for bogus (CD). It must support DNSSEC, that is, pass on
 * signatures.
 *
 * <p>A question is asked together with the keys of all zones that probably stand above it, so that
 * most lookups take one round of parallel queries, and a second one only along aliases and where a
 * host has a zone of its own. Verdicts, zones and their keys are kept as long as TTLs and
 * signatures allow; a bogus verdict for 30 seconds; an indeterminate one not at all. Equal lookups
 * at the same time are made once. An answer that is asked for shortly before its end is looked up
 * again in the background.
 *
 * <p>Thread-safe. Calls block the calling thread, at most for the deadline; virtual threads suit
 * them well.
 */
public final class DnssecResolver implements AutoCloseable {

  private final ChainValidator validator;
  private final Source source;
  private final InstantSource clock;
  private final Duration deadline;
  private final @Nullable ExecutorService ownExecutor;
  private final @Nullable Reactor reactor;
  private final VerdictCache verdicts;
  private volatile boolean closed;

  private DnssecResolver(Builder builder) {
    Executor given = builder.executor;
    this.ownExecutor = given == null ? Workers.start() : null;
    Executor executor = given == null ? Objects.requireNonNull(ownExecutor) : given;
    this.clock = builder.clock;
    this.deadline = builder.deadline;
    FactCache memory = new FactCache(builder.cacheSize, clock);
    this.validator =
        ChainValidator.trusting(builder.anchors)
            .withAlgorithms(builder.algorithms)
            .withLimits(builder.limits)
            .withMemory(memory);
    this.reactor = builder.upstreams.startReactor();
    this.source = builder.source(reactor, executor);
    this.verdicts =
        new VerdictCache(
            builder.cacheSize,
            clock,
            new VerdictCache.Refresh(builder.prefetchPercent, executor),
            question -> new Lookup(question, validator, source, clock).start());
  }

  /**
   * Returns a resolver over a name server, with IANA's trust anchors and the defaults of {@link
   * Builder}.
   *
   * @param nameServer a recursive name server that supports DNSSEC
   * @return the resolver
   */
  public static DnssecResolver over(InetSocketAddress nameServer) {
    return builder(nameServer).build();
  }

  /**
   * Returns a resolver over a transport of the caller's, with IANA's trust anchors and the defaults
   * of {@link Builder}.
   *
   * @param upstream a recursive name server that supports DNSSEC; its settings are not changed
   * @return the resolver
   */
  public static DnssecResolver over(Resolver upstream) {
    return builder(upstream).build();
  }

  /**
   * Returns a builder for a resolver over name servers, by UDP and TCP. This is the transport to
   * prefer: a malformed record costs its own RRset only, and a stray datagram does not end a query.
   *
   * @param nameServers recursive name servers that support DNSSEC, the preferred one first; at
   *     least one
   * @return the builder
   */
  public static Builder builder(InetSocketAddress... nameServers) {
    return new Builder(Upstreams.of(nameServers));
  }

  /**
   * Returns a builder for a resolver over a transport of the caller's, such as dnsjava's DNS over
   * HTTPS.
   *
   * @param upstream a recursive name server that supports DNSSEC; its settings are not changed
   * @return the builder
   */
  public static Builder builder(Resolver upstream) {
    return new Builder(Upstreams.of(upstream));
  }

  /**
   * Returns a builder for a resolver that answers from evidence, as of an instant, and asks nobody.
   * What the evidence does not have makes a verdict indeterminate. With the trust anchors,
   * algorithms and limits under which the evidence was recorded, and at the same instant, the
   * verdicts are the same, unless a limit is reached, as nothing is known before; at a later one
   * signatures may have expired.
   *
   * @param evidence all that may be looked at
   * @param at the time at which verdicts are to hold
   * @return the builder
   */
  public static Builder offline(Evidence evidence, Instant at) {
    Builder builder = new Builder(Upstreams.NONE);
    builder.evidence = Objects.requireNonNull(evidence, "evidence");
    return builder.clock(InstantSource.fixed(at));
  }

  /**
   * Looks a question up.
   *
   * @param question the question
   * @return the verdict; indeterminate if the deadline passes or the thread is interrupted
   * @throws IllegalStateException if the resolver is closed
   */
  public ValidationResult resolve(Question question) {
    requireOpen();
    CompletableFuture<CachedVerdict> verdict = verdicts.get(question);
    // Most lookups end here, so nothing is made for them.
    return verdict.isDone() && !verdict.isCompletedExceptionally()
        ? verdict.join().result()
        : await(question, verdict, deadline.toNanos());
  }

  /**
   * Looks several questions up at once.
   *
   * @param questions the questions
   * @return the verdicts, in the order of the questions
   * @throws IllegalStateException if the resolver is closed
   */
  public List<ValidationResult> resolveAll(List<Question> questions) {
    requireOpen();
    List<CompletableFuture<CachedVerdict>> lookups = new ArrayList<>(questions.size());
    for (Question question : questions) {
      lookups.add(verdicts.get(question));
    }
    long end = System.nanoTime() + deadline.toNanos();
    List<ValidationResult> results = new ArrayList<>(questions.size());
    for (int i = 0; i < questions.size(); i++) {
      results.add(await(questions.get(i), lookups.get(i), end - System.nanoTime()));
    }
    return results;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the resolver is closed: keep it open as long as it is used");
    }
  }

  private ValidationResult await(
      Question question, CompletableFuture<CachedVerdict> lookup, long nanos) {
    try {
      return lookup.get(Math.max(0, nanos), TimeUnit.NANOSECONDS).result();
    } catch (TimeoutException e) {
      verdicts.forget(question, lookup);
      return unfinished(question, FetchFailure.TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unfinished(question, FetchFailure.CANCELED);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the validation of " + question + " failed", e.getCause());
    }
  }

  private static ValidationResult unfinished(Question question, FetchFailure failure) {
    return ValidationResult.Indeterminate.because(question, failure);
  }

  /** Stops the resolver's own threads. Lookups under way end at once, as indeterminate. */
  @Override
  public void close() {
    closed = true;
    source.close();
    if (reactor != null) {
      reactor.close();
    }
    ExecutorService executor = ownExecutor;
    if (executor != null) {
      // What was handed to it ends soon, and somebody may wait for it.
      executor.shutdown();
    }
  }

  /** The settings of a resolver. Not thread-safe. */
  public static final class Builder {

    private final Upstreams upstreams;
    private TrustAnchors anchors = TrustAnchors.iana();
    private AlgorithmPolicy algorithms = AlgorithmPolicy.recommended();
    private ValidationLimits limits = ValidationLimits.defaults();
    private InstantSource clock = InstantSource.system();
    private Duration queryTimeout = Duration.ofSeconds(5);
    private Duration deadline = Duration.ofSeconds(20);
    private int cacheSize = 10_000;
    private int prefetchPercent = 10;
    private @Nullable Executor executor;
    private @Nullable EvidenceRecorder recorder;
    private @Nullable Evidence evidence;

    private Builder(Upstreams upstreams) {
      this.upstreams = upstreams;
    }

    private Source source(@Nullable Reactor reactor, Executor queryExecutor) {
      Source source =
          evidence == null
              ? new Fetcher(upstreams.over(reactor, queryExecutor), queryTimeout, queryExecutor)
              : new EvidenceSource(evidence, queryExecutor);
      return recorder == null ? source : recorder.recording(source, queryExecutor);
    }

    /**
     * Sets the trust anchors. Default: {@link TrustAnchors#iana()}.
     *
     * @param newAnchors where trust begins
     * @return this builder
     */
    public Builder trustAnchors(TrustAnchors newAnchors) {
      anchors = Objects.requireNonNull(newAnchors, "trust anchors");
      return this;
    }

    /**
     * Sets the algorithms that count. Default: {@link AlgorithmPolicy#recommended()}.
     *
     * @param policy the algorithms
     * @return this builder
     */
    public Builder algorithms(AlgorithmPolicy policy) {
      algorithms = Objects.requireNonNull(policy, "algorithms");
      return this;
    }

    /**
     * Sets what one validation may spend. Default: {@link ValidationLimits#defaults()}.
     *
     * @param newLimits the limits
     * @return this builder
     */
    public Builder limits(ValidationLimits newLimits) {
      limits = Objects.requireNonNull(newLimits, "limits");
      return this;
    }

    /**
     * Sets the clock for signatures and TTLs. Default: the system's.
     *
     * @param source the clock
     * @return this builder
     */
    public Builder clock(InstantSource source) {
      clock = Objects.requireNonNull(source, "clock");
      return this;
    }

    /**
     * Sets how long one query may take before it is repeated, once. Default: 5 seconds.
     *
     * @param timeout more than zero
     * @return this builder
     */
    public Builder queryTimeout(Duration timeout) {
      queryTimeout = positive(timeout, "query timeout");
      return this;
    }

    /**
     * Sets how long one call may take. Default: 20 seconds.
     *
     * @param duration more than zero
     * @return this builder
     */
    public Builder deadline(Duration duration) {
      deadline = positive(duration, "deadline");
      return this;
    }

    /**
     * Sets how many verdicts, and how many facts about zones, are kept. Default: 10,000 of each.
     *
     * @param entries zero or more
     * @return this builder
     */
    public Builder cacheSize(int entries) {
      if (entries < 0) {
        throw new IllegalArgumentException("a cache size is zero or more, not " + entries);
      }
      cacheSize = entries;
      return this;
    }

    /**
     * Sets in which last part of its time an answer that is asked for is looked up again, in the
     * background. Until its end it is given out at once, and never after that; a lookup that fails
     * changes nothing. Default: the last 10 percent, so that an upstream that fails for a while
     * holds up no mail to domains that are often written to. That needs an upstream which refreshes
     * what it keeps as well: one that counts its copy's TTL down to the end has nothing newer until
     * then.
     *
     * @param lastPercent from 0 for never to 90
     * @return this builder
     */
    public Builder prefetch(int lastPercent) {
      if (lastPercent < 0 || lastPercent > 90) {
        throw new IllegalArgumentException("prefetch from 0 to 90 percent, not " + lastPercent);
      }
      prefetchPercent = lastPercent;
      return this;
    }

    /**
     * Sets where validation runs and responses are received. Default: daemon threads of the
     * resolver's own, as many as processors and at least two.
     *
     * @param newExecutor an executor that the caller shuts down, after the resolver is closed
     * @return this builder
     */
    public Builder executor(Executor newExecutor) {
      executor = Objects.requireNonNull(newExecutor, "executor");
      return this;
    }

    /**
     * Records the evidence of all lookups. Default: none is kept.
     *
     * @param newRecorder a recorder for this resolver alone
     * @return this builder
     */
    public Builder recordingTo(EvidenceRecorder newRecorder) {
      recorder = Objects.requireNonNull(newRecorder, "recorder");
      return this;
    }

    /**
     * Makes the resolver.
     *
     * @return a new resolver with these settings
     * @throws IllegalArgumentException if the trust anchors of a zone have no algorithm or digest
     *     that counts, so that all below it would pass for unsigned
     */
    public DnssecResolver build() {
      for (Name zone : anchors.unusable(algorithms)) {
        throw new IllegalArgumentException(
            "no trust anchor of "
                + zone
                + " counts under "
                + algorithms
                + ": give other anchors, or a policy that allows theirs");
      }
      return new DnssecResolver(this);
    }

    private static Duration positive(Duration duration, String name) {
      if (duration.isNegative() || duration.isZero()) {
        throw new IllegalArgumentException("the " + name + " is more than zero, not " + duration);
      }
      return duration;
    }
  }
}
