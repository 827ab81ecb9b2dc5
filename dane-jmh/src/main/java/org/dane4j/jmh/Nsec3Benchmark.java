// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dane4j.dnssec.ChainValidator;
import org.dane4j.dnssec.Evidence;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.testkit.dns.DnsTree;
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
import org.openjdk.jmh.annotations.Warmup;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * That a name does not exist, by NSEC3: all of the validator but the mathematics of signatures,
 * with the message read before and the zone's keys known.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets parameters, and calls setUp first.
public class Nsec3Benchmark {

  /** Additional iterations. */
  @Param({"0", "10", "100"})
  public int iterations;

  private static final String ZONE = "bank.example.";
  private static final byte[] SALT = {1, 2, 3, 4, 5, 6, 7, 8};

  private final Instant at = Instant.now();
  private final List<Question> questions = new ArrayList<>();
  private final List<Evidence> evidence = new ArrayList<>();
  private final List<byte[][]> names = new ArrayList<>();
  private ChainValidator validator;
  private MessageDigest sha1;
  private int next;

  /** Makes the benchmark. */
  public Nsec3Benchmark() {}

  /**
   * Signs the zone.
   *
   * @throws NoSuchAlgorithmException never
   */
  @Setup
  public void setUp() throws NoSuchAlgorithmException {
    sha1 = MessageDigest.getInstance("SHA-1");
    String salt = HexFormat.of().formatHex(SALT);
    DnsTree tree =
        DnsTree.at(at)
            .zone(ZONE, zone -> zone.nsec3(iterations, salt).record("mx A 192.0.2.1"))
            .build();
    validator =
        ChainValidator.trusting(
                TrustAnchors.parse(tree.zone(ZONE).keys().get(0).dnskey().toString()))
            .withAlgorithms(Providers.NONE.policy())
            .withMemory(new Memory(3));
    Question keys = Question.of(ZONE, Type.DNSKEY);
    for (int i = 0; i < 64; i++) {
      Question question = Question.of("none" + i + "." + ZONE, Type.A);
      Evidence.Builder answer =
          Evidence.builder().response(question, tree.answer(question.name().toString(), Type.A));
      questions.add(question);
      evidence.add(answer.build());
      names.add(hashed(question.name()));
      if (i == 0) {
        Evidence all = answer.response(keys, tree.answer(ZONE, Type.DNSKEY)).build();
        ValidationResult unused = validator.validate(question, all, at);
      }
    }
  }

  /** The names whose hashes a proof of NXDOMAIN is made of (RFC 5155 §8.4). */
  private static byte[][] hashed(Name name) {
    Name zone = Name.fromConstantString(ZONE);
    Name wildcard = Name.fromConstantString("*." + ZONE);
    return new byte[][] {
      name.toWireCanonical(), zone.toWireCanonical(), wildcard.toWireCanonical()
    };
  }

  /**
   * The validator.
   *
   * @return the verdict
   */
  @Benchmark
  public ValidationResult ours() {
    next = (next + 1) % questions.size();
    return validator.validate(questions.get(next), evidence.get(next), at);
  }

  /**
   * SHA-1 as often as the three hashes need it, over prepared octets.
   *
   * @return the last hash
   */
  @Benchmark
  public byte[] limit() {
    next = (next + 1) % names.size();
    byte[] hash = SALT;
    for (byte[] name : names.get(next)) {
      hash = name;
      for (int i = 0; i <= iterations; i++) {
        sha1.update(hash);
        sha1.update(SALT);
        hash = sha1.digest();
      }
    }
    return hash;
  }
}
