// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.lookup.DaneLookup;
import org.dane4j.smtp.lookup.Destination;
import org.dane4j.testkit.dns.SigningAlgorithm;
import org.xbill.DNS.Type;

/** How often, and for how long, a lookup waits for a name server that is 20 ms away. */
final class RoundTrips {

  private static final long DELAY = 20;

  /** For how long each looks up over a name server that is near, so that the compiler is done. */
  private static final long WARM_UP_NANOS = 700_000_000;

  private final World world = World.of(AnswerKind.POSITIVE, SigningAlgorithm.RSASHA256, 4);

  private final int runs;

  RoundTrips(int runs) {
    this.runs = runs;
  }

  /** What a lookup took. */
  private record Cost(double millis, double queries) {}

  /** Whoever looks up, with nothing in its caches. */
  private interface Subject extends AutoCloseable {
    /** Looks TLSA records up. */
    boolean tlsa(int domain);

    /** Looks up all that mail to a domain needs. */
    boolean mail(int domain);

    int takeQueries();

    @Override
    default void close() {}
  }

  /** Returns two lines for each kind of lookup. */
  List<Line> measure() {
    Map<String, LongFunction<Subject>> subjects =
        Map.of("ours", Ours::new, "dnsjava", Dnsjava::new, "minidns", Mini::new);
    List<Line> lines = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      Map<String, Double> elapsed = new HashMap<>(Map.of("limit", (double) DELAY));
      Map<String, Double> queries = new HashMap<>();
      subjects.forEach(
          (name, maker) -> {
            Cost cost = cost(maker, kind);
            elapsed.put(name, cost.millis);
            queries.put(name, cost.queries);
          });
      lines.add(new Line("RoundTrips " + kind + " (ms)", elapsed, -1));
      lines.add(new Line("RoundTrips " + kind + " (queries)", queries, -1));
    }
    return lines;
  }

  private enum Kind {
    COLD_TLSA,
    COLD_MAIL,
    NEW_DOMAIN_TLSA
  }

  private Cost cost(LongFunction<Subject> maker, Kind kind) {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < WARM_UP_NANOS) {
      Cost unused = cost(maker.apply(0), kind);
    }
    Cost least = new Cost(Double.MAX_VALUE, 0);
    for (int run = 0; run < runs; run++) {
      Cost cost = cost(maker.apply(DELAY), kind);
      least = cost.millis < least.millis ? cost : least;
    }
    return least;
  }

  private static Cost cost(Subject fresh, Kind kind) {
    try (Subject subject = fresh) {
      if (kind == Kind.NEW_DOMAIN_TLSA) {
        require(subject.tlsa(0));
      }
      int unused = subject.takeQueries();
      long start = System.nanoTime();
      require(kind == Kind.COLD_MAIL ? subject.mail(1) : subject.tlsa(1));
      return new Cost((System.nanoTime() - start) / 1e6, subject.takeQueries());
    }
  }

  private static void require(boolean secure) {
    if (!secure) {
      throw new IllegalStateException("not proven");
    }
  }

  private final class Ours implements Subject {
    private final Upstream upstream;
    private final DnssecResolver resolver;

    Ours(long delay) {
      upstream = new Upstream(world, delay);
      resolver = DnssecResolver.builder(upstream).trustAnchors(world.anchors()).build();
    }

    @Override
    public boolean tlsa(int domain) {
      return resolver.resolve(world.question(domain)) instanceof ValidationResult.Secure;
    }

    @Override
    public boolean mail(int domain) {
      return DaneLookup.over(resolver).resolve(World.domain(domain)) instanceof Destination.Hosts;
    }

    @Override
    public int takeQueries() {
      return upstream.takeQueries();
    }

    @Override
    public void close() {
      resolver.close();
    }
  }

  /** Asks one question after the other, since each depends on the one before. */
  private boolean all(int domain, Predicate<Question> subject) {
    String host = "mx." + World.domain(domain + 1);
    return subject.test(Question.of(World.domain(domain), Type.MX))
        && subject.test(Question.of(host, Type.A))
        && subject.test(Question.of(host, Type.AAAA))
        && subject.test(Question.of("_25._tcp." + host, Type.TLSA));
  }

  private final class Dnsjava implements Subject {
    private final Upstream upstream;
    private final DnsjavaPeer peer;

    Dnsjava(long delay) {
      upstream = new Upstream(world, delay);
      peer = new DnsjavaPeer(world, upstream);
    }

    @Override
    public boolean tlsa(int domain) {
      return peer.isSecure(world.question(domain));
    }

    @Override
    public boolean mail(int domain) {
      return all(domain, peer::isSecure);
    }

    @Override
    public int takeQueries() {
      return upstream.takeQueries();
    }
  }

  private final class Mini implements Subject {
    private final MiniDnsPeer peer;

    Mini(long delay) {
      peer = new MiniDnsPeer(world, delay);
    }

    @Override
    public boolean tlsa(int domain) {
      return peer.isSecure(world.question(domain));
    }

    @Override
    public boolean mail(int domain) {
      return all(domain, peer::isSecure);
    }

    @Override
    public int takeQueries() {
      return peer.takeQueries();
    }
  }
}
