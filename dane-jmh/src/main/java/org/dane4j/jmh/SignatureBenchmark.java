// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dane4j.dnssec.ChainValidator;
import org.dane4j.dnssec.Evidence;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.SigningAlgorithm;
import org.minidns.constants.DnssecConstants.SignatureAlgorithm;
import org.minidns.dnssec.SignatureVerifier;
import org.minidns.dnssec.algorithms.AlgorithmMap;
import org.minidns.record.RRSIG;
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
import org.openjdk.jmh.infra.BenchmarkParams;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.Message;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * One signature: a TLSA RRset of a zone whose keys are proven. Ours is the whole validator with
 * messages that are read already; dnsjava's is its function for one RRset; MiniDNS's public one
 * begins behind the canonical form.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH sets parameters, and calls setUp first.
public class SignatureBenchmark {

  private static final int HOSTS = 64;
  private static final String ZONE = "bank.example.";

  /** The zone's algorithm. */
  @Param({"RSASHA256", "ECDSAP256SHA256", "ECDSAP384SHA384", "ED25519", "ED448"})
  public SigningAlgorithm algorithm;

  /** Who computes. */
  @Param({"JDK", "BC"})
  public Providers provider;

  private final Instant at = Instant.now();
  private final List<Case> cases = new ArrayList<>();
  private ChainValidator validator;
  private int next;

  /** Makes the benchmark. */
  public SignatureBenchmark() {}

  /** One RRset, ready for each subject. */
  private static final class Case {
    private Question question;
    private Evidence evidence;
    private BareSignature bare;
    private RRset rrset;
    private RRSIGRecord rrsig;
    private DNSKEYRecord key;
    private byte[] signedData;
    private RRSIG miniRrsig;
    private org.minidns.record.DNSKEY miniKey;
    private SignatureVerifier miniVerifier;
  }

  /**
   * Signs the RRsets.
   *
   * @param params which subject is measured
   */
  @Setup
  public void setUp(BenchmarkParams params) {
    provider.register(params);
    prepare();
  }

  /** Signs the RRsets. */
  void prepare() {
    StringBuilder records = new StringBuilder();
    for (int i = 0; i < 2 * HOSTS; i++) {
      records.append("_25._tcp.mx%d TLSA 3 1 1 %064x%n".formatted(i, i + 1));
    }
    DnsTree tree =
        DnsTree.at(at)
            .zone(ZONE, zone -> zone.algorithm(algorithm).record(records.toString().strip()))
            .build();
    DNSKEYRecord key = tree.zone(ZONE).keys().get(0).dnskey();
    validator =
        ChainValidator.trusting(TrustAnchors.parse(key.toString()))
            .withAlgorithms(provider.policy())
            .withMemory(new Memory(3));
    for (int i = 0; cases.size() < HOSTS; i++) {
      Question question = Question.of("_25._tcp.mx" + i + "." + ZONE, Type.TLSA);
      Message answer = tree.answer(question.name().toString(), question.type());
      if (World.isReadable(answer.getSectionRRsets(Section.ANSWER).get(0).sigs().get(0))) {
        cases.add(prepare(question, answer, key));
      }
    }
    rememberKeys(tree);
  }

  private void rememberKeys(DnsTree tree) {
    Question keys = Question.of(ZONE, Type.DNSKEY);
    Case first = cases.get(0);
    Evidence evidence =
        Evidence.builder()
            .from(first.evidence, first.question)
            .response(keys, tree.answer(ZONE, Type.DNSKEY))
            .build();
    if (!(validator.validate(first.question, evidence, at) instanceof ValidationResult.Secure)) {
      throw new IllegalStateException("not secure");
    }
  }

  private Case prepare(Question question, Message answer, DNSKEYRecord key) {
    Case one = new Case();
    one.question = question;
    one.evidence = Evidence.builder().response(question, answer).build();
    one.rrset = answer.getSectionRRsets(Section.ANSWER).get(0);
    one.rrsig = one.rrset.sigs().get(0);
    one.key = key;
    one.signedData = DNSSEC.digestRRset(one.rrsig, one.rrset);
    if (provider != Providers.NONE) {
      one.bare = BareSignature.of(one.rrset, List.of(key), provider);
    }
    one.miniVerifier =
        AlgorithmMap.INSTANCE.getSignatureVerifier(
            SignatureAlgorithm.forByte((byte) algorithm.number()));
    try {
      one.miniRrsig =
          new org.minidns.dnsmessage.DnsMessage(answer.toWire())
              .answerSection.stream()
                  .map(record -> record.payloadData)
                  .filter(RRSIG.class::isInstance)
                  .map(RRSIG.class::cast)
                  .findFirst()
                  .orElseThrow();
      one.miniKey =
          new org.minidns.record.DNSKEY(
              (short) key.getFlags(), (byte) 3, (byte) key.getAlgorithm(), key.getKey());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return one;
  }

  private Case next() {
    next = (next + 1) % HOSTS;
    return cases.get(next);
  }

  /**
   * The validator.
   *
   * @return the verdict
   */
  @Benchmark
  public ValidationResult ours() {
    Case one = next();
    return validator.validate(one.question, one.evidence, at);
  }

  /**
   * The mathematics.
   *
   * @return whether the signature is good
   * @throws GeneralSecurityException if the provider fails
   */
  @Benchmark
  public boolean limit() throws GeneralSecurityException {
    return next().bare.verify();
  }

  /**
   * dnsjava.
   *
   * @return the RRset
   * @throws DNSSEC.DNSSECException if the signature is wrong
   */
  @Benchmark
  public RRset dnsjava() throws DNSSEC.DNSSECException {
    Case one = next();
    DNSSEC.verify(one.rrset, one.rrsig, one.key, at);
    return one.rrset;
  }

  /**
   * MiniDNS, without its canonical form.
   *
   * @return whether the signature is good
   * @throws IOException if it cannot be verified
   */
  @Benchmark
  public boolean minidns() throws IOException {
    Case one = next();
    return one.miniVerifier.verify(one.signedData, one.miniRrsig, one.miniKey);
  }
}
