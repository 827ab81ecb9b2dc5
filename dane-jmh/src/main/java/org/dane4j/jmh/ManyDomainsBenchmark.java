// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.testkit.dns.SigningAlgorithm;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Lookups of one domain after the other by a resolver over a name server in memory, from as many
 * threads as JMH is told. The cache is too small for all domains, or for any.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets parameters, and calls setUp first.
public class ManyDomainsBenchmark {

  /** What the cache has room for. */
  public enum Room {
    /** Nothing. */
    NONE(0),
    /** The zones above the domains, and a few domains. */
    ANCESTORS(32);

    private final int entries;

    Room(int entries) {
      this.entries = entries;
    }
  }

  /** What the cache has room for. */
  @Param public Room cache;

  private final AtomicInteger next = new AtomicInteger();
  private World world;
  private DnssecResolver resolver;
  private volatile DnsjavaPeer dnsjava;

  /** Makes the benchmark. */
  public ManyDomainsBenchmark() {}

  /** Signs the world. */
  @Setup
  public void setUp() {
    prepare(512);
  }

  /** Signs the world. */
  void prepare(int domains) {
    world = World.of(AnswerKind.POSITIVE, SigningAlgorithm.RSASHA256, domains);
    resolver =
        DnssecResolver.builder(new Upstream(world))
            .trustAnchors(world.anchors())
            .cacheSize(cache.entries)
            .build();
    dnsjava = new DnsjavaPeer(world, new Upstream(world));
    for (int i = 0; i < domains; i++) {
      world.chain(i).forEach(world::answer);
    }
  }

  /** Ends the resolver's threads. */
  @TearDown
  public void close() {
    resolver.close();
  }

  private int next() {
    return next.getAndUpdate(i -> (i + 1) % world.domains());
  }

  /**
   * The resolver.
   *
   * @return the verdict
   */
  @Benchmark
  public ValidationResult ours() {
    return resolver.resolve(world.question(next()));
  }

  /**
   * dnsjava. It keeps the keys of 1000 zones, so that it begins anew with each round of domains.
   *
   * @return whether the answer is proven
   */
  @Benchmark
  public boolean dnsjava() {
    int domain = next();
    DnsjavaPeer peer = dnsjava;
    if (cache == Room.NONE || domain == 0) {
      peer = new DnsjavaPeer(world, new Upstream(world));
      dnsjava = peer;
    }
    return peer.isSecure(world.question(domain));
  }
}
