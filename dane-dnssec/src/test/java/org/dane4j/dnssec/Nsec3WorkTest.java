// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.dnssec.Verdicts.SECURE_NXDOMAIN;

import java.security.GeneralSecurityException;
import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.SignedZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * What NSEC3 records can make a validator hash (CVE-2023-50868): the blocks that SHA-1 is really
 * given, counted.
 */
class Nsec3WorkTest {

  private static final ValidationLimits LIMITS = ValidationLimits.defaults();
  private static final int ITERATIONS = LIMITS.maxNsec3Iterations();

  private static final DnsTree TREE =
      DnsTree.at(Offline.AT)
          .zone(".")
          .zone("example.")
          .zone("bank.example.", zone -> zone.nsec3(ITERATIONS, "ab12"))
          .build();

  private record Work(ValidationResult result, long blocks) {}

  /** Judges a name once more, with everything at hand, and counts what that hashes. */
  private static Work measure(Staged staged, String name, ValidationLimits limits)
      throws GeneralSecurityException {
    ChainValidator validator = ChainValidator.trusting(Offline.anchors(TREE)).withLimits(limits);
    Offline offline = Offline.over(TREE, staged).with(validator);
    ValidationResult result = offline.ask(name, Type.A);
    try (Sha1Meter meter = new Sha1Meter()) {
      assertThat(offline.again()).hasSameClassAs(result);
      return new Work(result, meter.blocks());
    }
  }

  /** A name below the zone with a number of labels more than it. */
  private static String deep(int labels) {
    return "x.".repeat(labels) + "bank.example.";
  }

  /** RFC 5155 §5: a name and each iteration, with the salt and the padding of RFC 3174 §4. */
  private static long cost(int octets, int salt) {
    return (octets + salt + 9 + 63) / 64 + ITERATIONS * (long) ((20 + salt + 9 + 63) / 64);
  }

  /**
   * What it costs to deny a deep name: itself, all above it to the zone, and the wildcard there.
   */
  private static long honestCost(int labels) {
    int apex = Name.fromConstantString("bank.example.").length();
    long cost = cost(apex + 2, 2);
    for (int below = 0; below <= labels; below++) {
      cost += cost(apex + 2 * below, 2);
    }
    return cost;
  }

  @ParameterizedTest
  @CsvSource({"1", "10", "47"})
  void honestDenial_hashesEachNameOnce(int labels) throws GeneralSecurityException {
    Work work = measure(new Staged(TREE), deep(labels), LIMITS);
    assertThat(Verdicts.of(work.result)).isEqualTo(SECURE_NXDOMAIN);
    assertThat(work.blocks).isEqualTo(honestCost(labels));
  }

  @Test
  void limit_isForTheBlocksThatAreHashed_andIsExact() throws GeneralSecurityException {
    Work enough = measure(new Staged(TREE), deep(10), withBlocks((int) honestCost(10)));
    assertThat(Verdicts.of(enough.result)).isEqualTo(SECURE_NXDOMAIN);
    Work oneLess = measure(new Staged(TREE), deep(10), withBlocks((int) honestCost(10) - 1));
    assertThat(((Bogus) oneLess.result).reason()).isEqualTo(BogusReason.LIMITS);
    assertThat(oneLess.blocks).isLessThan(honestCost(10));
  }

  @Test
  void defaultLimit_isGoodForAsManyNamesAsItSays() throws GeneralSecurityException {
    // 49 names: 47 that end at the zone, the zone, and the wildcard.
    assertThat(honestCost(47)).isLessThanOrEqualTo(LIMITS.maxNsec3HashBlocks());
    assertThat(honestCost(48)).isGreaterThan(LIMITS.maxNsec3HashBlocks());
    Work work = measure(new Staged(TREE), deep(48), LIMITS);
    assertThat(((Bogus) work.result).reason()).isEqualTo(BogusReason.LIMITS);
    assertThat(work.blocks).isLessThanOrEqualTo(LIMITS.maxNsec3HashBlocks());
  }

  @Test
  void manySaltsTimesManyLabels_areOneBudget() throws GeneralSecurityException {
    // 400 sets of parameters for 100 names with 100 iterations ask for four million blocks.
    Work work = measure(crafted(400, 2), deep(100), LIMITS);
    assertThat(((Bogus) work.result).reason()).isEqualTo(BogusReason.LIMITS);
    assertThat(work.blocks).isBetween(1L, (long) LIMITS.maxNsec3HashBlocks());
  }

  @Test
  void longSalts_costTheirBlocks() throws GeneralSecurityException {
    Work work = measure(crafted(40, 255), deep(100), LIMITS);
    assertThat(((Bogus) work.result).reason()).isEqualTo(BogusReason.LIMITS);
    assertThat(work.blocks).isBetween(1L, (long) LIMITS.maxNsec3HashBlocks());
  }

  /**
   * Denies a deep name with NSEC3 records of one owner that match nothing, each by another salt.
   */
  private static Staged crafted(int records, int saltLength) {
    Staged staged = new Staged(TREE);
    RRset rrset = new RRset();
    Name owner = Name.fromConstantString("0".repeat(32) + ".bank.example.");
    byte[] next = new byte[20];
    next[0] = (byte) 0xff;
    for (int i = 0; i < records; i++) {
      byte[] salt = new byte[saltLength];
      salt[0] = (byte) (i >> 8);
      salt[1] = (byte) i;
      rrset.addRR(
          new NSEC3Record(owner, DClass.IN, 300, 1, 0, ITERATIONS, salt, next, new int[] {1}));
    }
    SignedZone zone = TREE.zone("bank.example.");
    staged
        .to(deep(100), Type.A)
        .rcode(Rcode.NXDOMAIN)
        .authority(zone.sign(rrset, zone.inception(), zone.expiration()));
    return staged;
  }

  private static ValidationLimits withBlocks(int blocks) {
    return new ValidationLimits(64, 16, 2, 8, 64, 32, 64, ITERATIONS, blocks, 11, 64, 16);
  }
}
