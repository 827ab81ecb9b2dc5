// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.dane4j.dnssec.ChainValidator;
import org.dane4j.dnssec.Evidence;
import org.dane4j.dnssec.Question;
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
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * A question about one of many domains, from the octets of the responses to the verdict. The root
 * has RSA keys (ECDSA, where nobody computes), all other zones ECDSA P-256.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets parameters, and calls setUp first.
public class ChainBenchmark {

  /** What is known before. */
  public enum Cache {
    /** Nothing. */
    COLD,
    /** The zones above the domain, not the domain. */
    WARM,
    /** The answer. */
    CACHED
  }

  /** What is known before. */
  @Param public Cache cache;

  /** What the answer is. */
  @Param public AnswerKind kind;

  /** Who computes. */
  @Param({"NONE", "DEFAULT"})
  public Providers provider;

  private World world;
  private ChainValidator validator;
  private DnssecResolver resolver;
  private DnsjavaPeer dnsjava;
  private MiniDnsPeer minidns;
  private final List<Case> cases = new ArrayList<>();
  private final Map<Question, ValidationResult> verdicts = new ConcurrentHashMap<>();
  private int next;

  /** Makes the benchmark. */
  public ChainBenchmark() {}

  /** A question, what is needed to answer it, and the bare mathematics of that. */
  private record Case(
      Question question,
      List<Question> needed,
      List<byte[]> responses,
      List<BareSignature> signatures,
      List<BareSignature> byNewKeys) {}

  /**
   * Signs the world.
   *
   * @param params which subject is measured
   */
  @Setup
  public void setUp(BenchmarkParams params) {
    provider.register(params);
    prepare(64);
  }

  /** Signs the world. */
  void prepare(int domains) {
    SigningAlgorithm root =
        provider == Providers.NONE ? SigningAlgorithm.ECDSAP256SHA256 : SigningAlgorithm.RSASHA256;
    world = World.of(kind, root, domains);
    validator =
        ChainValidator.trusting(world.anchors())
            .withAlgorithms(provider.policy())
            .withMemory(new Memory(cache == Cache.WARM ? 2 : 0));
    resolver =
        DnssecResolver.builder(new Upstream(world))
            .trustAnchors(world.anchors())
            .algorithms(provider.policy())
            .build();
    minidns = new MiniDnsPeer(world, 0);
    for (int i = 0; i < domains; i++) {
      // The first one fills the memory.
      List<Question> all = world.chain(i);
      boolean warm = cache == Cache.WARM && i > 0;
      List<Question> needed = new ArrayList<>(warm ? World.leaf(i) : all);
      if (warm) {
        needed.add(world.question(i));
      }
      List<byte[]> responses = needed.stream().map(world::answer).toList();
      List<BareSignature> signatures =
          provider == Providers.NONE ? List.of() : BareSignature.all(world, needed, provider);
      // The first one, of the DS RRset, is by the zone above, whose keys are kept if anything is.
      boolean kept = warm && !signatures.isEmpty();
      List<BareSignature> byNewKeys = kept ? signatures.subList(1, signatures.size()) : signatures;
      cases.add(new Case(world.question(i), needed, responses, signatures, byNewKeys));
      verdicts.put(world.question(i), resolver.resolve(world.question(i)));
      if (cache != Cache.CACHED) {
        ValidationResult unused = judge(cases.get(i));
      }
    }
    begin();
  }

  /** Ends the resolver's threads. */
  @TearDown
  public void close() {
    resolver.close();
  }

  /** Returns how many signatures the limit verifies. */
  int signatures() {
    return cases.get(1).signatures.size();
  }

  private Case next() {
    next = (next + 1) % cases.size();
    return cases.get(next);
  }

  /** Peers have no bound to what they keep that could be set: they begin anew. */
  private void begin() {
    dnsjava = new DnsjavaPeer(world, new Upstream(world));
    minidns.forget();
  }

  private void forget() {
    if (cache == Cache.COLD || (cache == Cache.WARM && next == 0)) {
      begin();
    }
  }

  private ValidationResult judge(Case one) {
    Evidence.Builder evidence = Evidence.builder();
    for (int i = 0; i < one.needed.size(); i++) {
      evidence.response(one.needed.get(i), one.responses.get(i));
    }
    return validator.validate(one.question, evidence.build(), world.at());
  }

  /**
   * The validator, or the resolver if it has the answer.
   *
   * @return the verdict
   */
  @Benchmark
  public ValidationResult ours() {
    Case one = next();
    return cache == Cache.CACHED ? resolver.resolve(one.question) : judge(one);
  }

  /**
   * The mathematics, with keys that are as new as to the validator; or a concurrent map that has
   * the answer.
   *
   * @return whether all is well
   * @throws GeneralSecurityException if the provider fails
   */
  @Benchmark
  public boolean limit() throws GeneralSecurityException {
    Case one = next();
    if (cache == Cache.CACHED) {
      return verdicts.get(one.question) != null;
    }
    for (BareSignature signature : one.byNewKeys) {
      signature.renewKey();
    }
    boolean good = true;
    for (BareSignature signature : one.signatures) {
      good &= signature.verify();
    }
    return good;
  }

  /**
   * dnsjava's validating resolver.
   *
   * @return whether the answer is proven
   */
  @Benchmark
  public boolean dnsjava() {
    Case one = next();
    forget();
    return dnsjava.isSecure(one.question);
  }

  /**
   * MiniDNS's client.
   *
   * @return whether the answer is proven
   */
  @Benchmark
  public boolean minidns() {
    Case one = next();
    forget();
    return minidns.isSecure(one.question);
  }
}
