// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dane4j.dnssec.denial.Nsec3Hashing;
import org.dane4j.tlsa.Octets;
import org.jspecify.annotations.Nullable;
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
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.Name;

/** The NSEC3 hashes of the three names that a proof of NXDOMAIN is about. */
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

  private static final byte[] SALT = {1, 2, 3, 4, 5, 6, 7, 8};

  private final Octets salt = Octets.of(SALT);
  private final List<List<Name>> cases = new ArrayList<>();
  private final List<byte[][]> octets = new ArrayList<>();
  private MessageDigest sha1;
  private NSEC3Record record;
  private int next;

  /** Makes the benchmark. */
  public Nsec3Benchmark() {}

  /**
   * Makes the names.
   *
   * @throws NoSuchAlgorithmException never
   */
  @Setup
  public void setUp() throws NoSuchAlgorithmException {
    sha1 = MessageDigest.getInstance("SHA-1");
    record =
        new NSEC3Record(
            Name.root, DClass.IN, 0, 1, 0, iterations, SALT, new byte[20], new int[] {1});
    for (int i = 0; i < 64; i++) {
      List<Name> names = new ArrayList<>();
      for (String label : List.of("", "none.", "*.")) {
        names.add(Name.fromConstantString(label + World.domain(i)));
      }
      cases.add(names);
      octets.add(names.stream().map(Name::toWireCanonical).toArray(byte[][]::new));
    }
  }

  /**
   * The library's hash.
   *
   * @return the last hash
   */
  @Benchmark
  public byte @Nullable [] ours() {
    next = (next + 1) % cases.size();
    return Nsec3Hashing.hash(cases.get(next), iterations, salt);
  }

  /**
   * SHA-1 as often, over prepared octets.
   *
   * @return the last hash
   */
  @Benchmark
  public byte[] limit() {
    next = (next + 1) % cases.size();
    byte[] hash = SALT;
    for (byte[] name : octets.get(next)) {
      hash = name;
      for (int i = 0; i <= iterations; i++) {
        sha1.update(hash);
        sha1.update(SALT);
        hash = sha1.digest();
      }
    }
    return hash;
  }

  /**
   * dnsjava.
   *
   * @return the last hash
   * @throws NoSuchAlgorithmException never
   */
  @Benchmark
  public byte[] dnsjava() throws NoSuchAlgorithmException {
    next = (next + 1) % cases.size();
    byte[] hash = SALT;
    for (Name name : cases.get(next)) {
      hash = record.hashName(name);
    }
    return hash;
  }
}
