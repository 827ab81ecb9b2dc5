// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.dane4j.dnssec.crypto.Dnskey;
import org.dane4j.dnssec.crypto.Ds;
import org.dane4j.testkit.dns.SigningAlgorithm;
import org.dane4j.testkit.dns.ZoneKey;
import org.minidns.constants.DnssecConstants.DigestAlgorithm;
import org.minidns.dnssec.algorithms.AlgorithmMap;
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
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;

/** Whether a DS record is the digest of a key. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets parameters, and calls setUp first.
public class DigestBenchmark {

  /** The digest type: SHA-256 or SHA-384. */
  @Param({"2", "4"})
  public int type;

  /** The key's algorithm. */
  @Param({"RSASHA256", "ECDSAP256SHA256"})
  public SigningAlgorithm algorithm;

  private final List<Case> cases = new ArrayList<>();
  private MessageDigest digest;
  private int next;

  /** Makes the benchmark. */
  public DigestBenchmark() {}

  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Case(
      Name zone, Ds ds, Dnskey key, byte[] octets, DNSKEYRecord record, byte[] expected) {}

  /**
   * Draws the keys.
   *
   * @throws NoSuchAlgorithmException never
   */
  @Setup
  public void setUp() throws NoSuchAlgorithmException {
    digest = MessageDigest.getInstance(type == 2 ? "SHA-256" : "SHA-384");
    for (int i = 0; i < 8; i++) {
      Name zone = Name.fromConstantString("bank" + i + ".example.");
      DNSKEYRecord key = ZoneKey.generate(zone, algorithm, ZoneKey.KEY_SIGNING).dnskey();
      DSRecord ds = new DSRecord(zone, DClass.IN, 3600, type, key);
      ByteArrayOutputStream octets = new ByteArrayOutputStream();
      octets.writeBytes(zone.toWireCanonical());
      octets.writeBytes(key.rdataToWireCanonical());
      cases.add(
          new Case(
              zone,
              Objects.requireNonNull(Ds.read(ds.rdataToWireCanonical())),
              Objects.requireNonNull(Dnskey.read(key.rdataToWireCanonical())),
              octets.toByteArray(),
              key,
              ds.getDigest()));
    }
  }

  private Case next() {
    next = (next + 1) % cases.size();
    return cases.get(next);
  }

  /**
   * The library's comparison.
   *
   * @return whether the key is meant
   */
  @Benchmark
  public boolean ours() {
    Case one = next();
    return one.ds.matches(one.zone, one.key);
  }

  /**
   * The digest of prepared octets.
   *
   * @return whether the key is meant
   */
  @Benchmark
  public boolean limit() {
    Case one = next();
    return MessageDigest.isEqual(digest.digest(one.octets), one.expected);
  }

  /**
   * dnsjava.
   *
   * @return whether the key is meant
   */
  @Benchmark
  public boolean dnsjava() {
    Case one = next();
    DSRecord ds = new DSRecord(one.zone, DClass.IN, 3600, type, one.record);
    return MessageDigest.isEqual(ds.getDigest(), one.expected);
  }

  /**
   * MiniDNS, whose public function takes prepared octets.
   *
   * @return whether the key is meant
   */
  @Benchmark
  public boolean minidns() {
    Case one = next();
    byte[] computed =
        AlgorithmMap.INSTANCE
            .getDsDigestCalculator(DigestAlgorithm.forByte((byte) type))
            .digest(one.octets);
    return MessageDigest.isEqual(computed, one.expected);
  }
}
