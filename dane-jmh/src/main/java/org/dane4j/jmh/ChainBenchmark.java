// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.dane4j.dnssec.ChainValidator;
import org.dane4j.dnssec.Evidence;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.SigningAlgorithm;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A TLSA answer, validated from the root: with nothing known, and from the resolver's cache. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ChainBenchmark {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");
  private static final Question TLSA = Question.of("_25._tcp.mx.bank.example", Type.TLSA);

  private final DnsTree tree =
      DnsTree.at(AT)
          .zone(".", zone -> zone.algorithm(SigningAlgorithm.RSASHA256).splitKeys())
          .zone("example.", zone -> zone.splitKeys())
          .zone(
              "bank.example.",
              zone -> zone.record("mx A 192.0.2.1\n_25._tcp.mx TLSA 3 1 1 " + "ab".repeat(32)))
          .build();

  private final TrustAnchors anchors = TrustAnchors.parse(String.join("\n", tree.trustAnchors()));
  private final ChainValidator validator = ChainValidator.trusting(anchors);
  private final Evidence evidence = collect();
  private final DnssecResolver resolver =
      DnssecResolver.builder(tree.asResolver())
          .trustAnchors(anchors)
          .clock(InstantSource.fixed(AT))
          .build();

  /** Makes the benchmark, with all zones signed. */
  public ChainBenchmark() {}

  private Evidence collect() {
    Evidence.Builder builder = Evidence.builder();
    Set<Question> asked = new HashSet<>();
    Deque<Question> open = new ArrayDeque<>(validator.foresee(TLSA, AT));
    open.add(TLSA);
    for (Question question = open.poll(); question != null; question = open.poll()) {
      if (asked.add(question)) {
        builder.response(question, tree.answer(query(question)));
      }
    }
    return builder.build();
  }

  private static Message query(Question question) {
    Message query = Message.newQuery(Record.newRecord(question.name(), question.type(), DClass.IN));
    query.getHeader().setFlag(Flags.CD);
    query.addRecord(new OPTRecord(1232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
    return query;
  }

  /** Fills the resolver's cache. */
  @Setup(Level.Trial)
  public void fillCache() {
    resolver.resolve(TLSA);
  }

  /** Ends the resolver's threads. */
  @TearDown(Level.Trial)
  public void close() {
    resolver.close();
  }

  /**
   * Six signatures, from the root down.
   *
   * @return the verdict
   */
  @Benchmark
  public ValidationResult coldChain() {
    return validator.validate(TLSA, evidence, AT);
  }

  /**
   * The same from the cache.
   *
   * @return the verdict
   */
  @Benchmark
  public ValidationResult cachedVerdict() {
    return resolver.resolve(TLSA);
  }
}
