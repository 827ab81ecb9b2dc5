// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.dane4j.dnssec.ChainValidator;
import org.dane4j.dnssec.Evidence;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Indeterminate;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.SigningAlgorithm;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.dane4j.testkit.dns.ZoneKey;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * The dearest responses that the owner of a zone can craft, all in the slowest algorithm, ECDSA
 * P-384.
 *
 * <p>{@link #keyTrap}: {@value #KEYS} keys of one tag, and {@value #SIGNATURES} signatures of none
 * of them (CVE-2023-50387). A validator without bounds makes {@value #UNBOUNDED_CHECKS} checks of
 * that; times {@link #oneCheck} that is what it takes. {@link #closestEncloser}: a name of {@value
 * #LABELS} labels in a zone with 100 iterations and a salt of 255 octets (CVE-2023-50868), of which
 * such a validator hashes each.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WorstCaseBenchmark {

  /** The keys that the hostile zone has. */
  static final int KEYS = 60;

  /** The signatures that one RRset has. */
  static final int SIGNATURES = 350;

  /** What a validator without bounds does. */
  static final int UNBOUNDED_CHECKS = KEYS * SIGNATURES;

  /** The labels of the name below a zone with many iterations. */
  static final int LABELS = 100;

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");
  private static final Name BANK = Name.fromConstantString("bank.example.");
  private static final Question MX = Question.of("bank.example", Type.MX);
  private static final Question DEEP = Question.of("a.".repeat(LABELS) + "bank.example", Type.A);

  private final Case keyTrap = new Case(MX, WorstCaseBenchmark::collidingKeys);
  private final Case encloser = new Case(DEEP, zone -> zone.nsec3(100, "ab".repeat(255)));
  private final Case honest =
      new Case(MX, zone -> zone.algorithm(SigningAlgorithm.ECDSAP384SHA384));
  private final Check check = new Check();

  /** Makes the benchmark, with all zones signed and all keys drawn. */
  public WorstCaseBenchmark() {}

  private static void collidingKeys(ZoneBuilder zone) {
    ZoneKey key = ZoneKey.generate(BANK, SigningAlgorithm.ECDSAP384SHA384, ZoneKey.KEY_SIGNING);
    zone.keys(key).damage("@", Type.MX, Damage.wrongSignatures(SIGNATURES));
    for (int i = 1; i < KEYS; i++) {
      zone.standbyKey(ZoneKey.collidingWith(key));
    }
  }

  /** A question, and all responses that a verdict about it needs. */
  private static final class Case {

    private final Question question;
    private final ChainValidator validator;
    private final Evidence evidence;

    Case(Question question, Consumer<ZoneBuilder> bank) {
      this.question = question;
      DnsTree tree =
          DnsTree.at(AT)
              .zone(".")
              .zone("example.")
              .zone("bank.example.", zone -> bank.accept(zone.record("@ MX 10 mx\nmx A 192.0.2.1")))
              .build();
      validator =
          ChainValidator.trusting(TrustAnchors.parse(String.join("\n", tree.trustAnchors())));
      evidence = collect(tree);
    }

    private Evidence collect(DnsTree tree) {
      Evidence.Builder builder = Evidence.builder();
      Set<Question> missing = Set.of(question);
      while (!missing.isEmpty()) {
        for (Question asked : missing) {
          builder.response(asked, tree.answer(asked.name().toString(), asked.type()));
        }
        ValidationResult result = validator.validate(question, builder.build(), AT);
        missing = result instanceof Indeterminate open ? open.missing() : Set.of();
      }
      return builder.build();
    }

    ValidationResult judge() {
      return validator.validate(question, evidence, AT);
    }
  }

  /** One verification of a wrong signature, by the same provider. */
  private static final class Check {

    private static final Provider PROVIDER = new BouncyCastleProvider();

    private final PublicKey key;
    private final byte[] data = new byte[200];
    private final byte[] signature = new byte[96];

    Check() {
      key =
          ZoneKey.generate(BANK, SigningAlgorithm.ECDSAP384SHA384, ZoneKey.KEY_SIGNING)
              .keyPair()
              .getPublic();
      Arrays.fill(signature, (byte) 1);
    }

    boolean verify() throws GeneralSecurityException {
      Signature verifier = Signature.getInstance("SHA384withPLAIN-ECDSA", PROVIDER);
      verifier.initVerify(key);
      verifier.update(data);
      return verifier.verify(signature);
    }
  }

  /**
   * An honest chain of three zones, of which the last one is signed with P-384.
   *
   * @return the verdict
   */
  @Benchmark
  public ValidationResult honestChain() {
    return honest.judge();
  }

  /**
   * Keys times signatures.
   *
   * @return the verdict
   */
  @Benchmark
  public ValidationResult keyTrap() {
    return keyTrap.judge();
  }

  /**
   * Labels times iterations times salt.
   *
   * @return the verdict
   */
  @Benchmark
  public ValidationResult closestEncloser() {
    return encloser.judge();
  }

  /**
   * What one of the checks costs that a validator without bounds makes.
   *
   * @return whether the signature is good, which it is not
   * @throws GeneralSecurityException if the provider has no such algorithm
   */
  @Benchmark
  public boolean oneCheck() throws GeneralSecurityException {
    return check.verify();
  }
}
