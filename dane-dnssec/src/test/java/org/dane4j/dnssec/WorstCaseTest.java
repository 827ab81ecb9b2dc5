// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.dnssec.Verdicts.BOGUS;
import static org.dane4j.dnssec.Verdicts.SECURE_DATA;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.dnssec.crypto.Ds;
import org.dane4j.dnssec.crypto.SignatureScheme;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.SigningAlgorithm;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.dane4j.testkit.dns.ZoneKey;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * What the owner of a zone, or somebody on the path, can make a validator do: the number of
 * signature checks in each known attack on its patience.
 */
class WorstCaseTest {

  /** The chain to the hostile zone: three DNSKEY RRsets and two DS RRsets. */
  private static final int CHAIN = 5;

  private static final ValidationLimits LIMITS = ValidationLimits.defaults();
  private static final Name BANK = Name.fromConstantString("bank.example.");

  private final AtomicInteger checks = new AtomicInteger();
  private final AtomicInteger decodings = new AtomicInteger();

  /** Counts what the scheme behind it is asked to do. */
  private final class Counting implements SignatureScheme {

    private final SignatureScheme scheme;

    Counting(int algorithm) {
      SignatureScheme found = AlgorithmPolicy.recommended().scheme(algorithm);
      if (found == null) {
        throw new IllegalArgumentException("algorithm " + algorithm);
      }
      this.scheme = found;
    }

    @Override
    public PublicKey decodeKey(byte[] key) throws GeneralSecurityException {
      decodings.incrementAndGet();
      return scheme.decodeKey(key);
    }

    @Override
    public boolean verify(PublicKey key, byte[] data, byte[] signature)
        throws GeneralSecurityException {
      checks.incrementAndGet();
      return scheme.verify(key, data, signature);
    }
  }

  private static DnsTree tree(Consumer<ZoneBuilder> bank) {
    return DnsTree.at(Offline.AT)
        .zone(".")
        .zone("example.")
        .zone("bank.example.", zone -> bank.accept(zone.record("@ MX 10 mx\nmx A 192.0.2.1")))
        .build();
  }

  private ValidationResult ask(DnsTree tree, String name, int type) {
    AlgorithmPolicy counting =
        AlgorithmPolicy.of(
            Map.of(13, new Counting(13), 14, new Counting(14), 15, new Counting(15)),
            Set.of(Ds.SHA256));
    Offline offline =
        Offline.over(tree)
            .with(ChainValidator.trusting(Offline.anchors(tree)).withAlgorithms(counting));
    ValidationResult result = offline.ask(name, type);
    // What the rounds before the last one cost is bounded in the resolver.
    checks.set(0);
    decodings.set(0);
    assertThat(offline.again()).hasSameClassAs(result);
    return result;
  }

  /** A zone with one key that signs, and others with the same tag that do not. */
  private static Consumer<ZoneBuilder> collidingKeys(int count) {
    ZoneKey key = ZoneKey.generate(BANK, SigningAlgorithm.ECDSAP384SHA384, ZoneKey.KEY_SIGNING);
    return zone -> {
      zone.keys(key);
      for (int i = 0; i < count; i++) {
        zone.standbyKey(ZoneKey.collidingWith(key));
      }
    };
  }

  @Test
  void honestChain_costsSixChecks() {
    assertThat(Verdicts.of(ask(tree(zone -> {}), "bank.example", Type.MX))).isEqualTo(SECURE_DATA);
    assertThat(checks).hasValue(CHAIN + 1);
  }

  @Test
  void keySigTrap_manyKeysTimesManySignatures() {
    // CVE-2023-50387: 60 keys and 200 signatures ask for 12,000 checks.
    DnsTree tree =
        tree(
            zone ->
                collidingKeys(60).accept(zone.damage("@", Type.MX, Damage.wrongSignatures(200))));
    assertThat(Verdicts.of(ask(tree, "bank.example", Type.MX))).isEqualTo(BOGUS);
    assertThat(checks.get()).isLessThanOrEqualTo(CHAIN + LIMITS.maxFailedChecks());
  }

  @Test
  void keySigTrapOnTheKeys_costsNoMore() {
    DnsTree tree =
        tree(
            zone ->
                collidingKeys(60)
                    .accept(zone.damage("@", Type.DNSKEY, Damage.wrongSignatures(100))));
    assertThat(Verdicts.of(ask(tree, "bank.example", Type.MX))).isEqualTo(BOGUS);
    assertThat(checks.get()).isLessThanOrEqualTo(CHAIN + LIMITS.maxFailedChecks());
  }

  @Test
  void moreKeysThanAZoneNeeds_areNotEvenLookedAt() {
    DnsTree tree = tree(collidingKeys(LIMITS.maxKeysPerZone()));
    Bogus bogus = (Bogus) ask(tree, "bank.example", Type.MX);
    assertThat(bogus.reason()).isEqualTo(BogusReason.LIMITS);
    assertThat(checks).hasValue(CHAIN - 1);
  }

  @Test
  void sigJam_oneKeyAndManySignatures() {
    DnsTree tree = tree(zone -> zone.damage("@", Type.MX, Damage.wrongSignatures(400)));
    assertThat(Verdicts.of(ask(tree, "bank.example", Type.MX))).isEqualTo(BOGUS);
    assertThat(checks.get()).isLessThanOrEqualTo(CHAIN + LIMITS.maxSignaturesPerRrset());
  }

  @Test
  void sigJamInEveryRrset_isOneBudget() {
    DnsTree tree =
        tree(zone -> zone.damageAll(Type.ANY, Damage.wrongSignatures(7)))
            .changed(
                t -> {
                  t.zone(".", zone -> zone.damageAll(Type.ANY, Damage.wrongSignatures(7)));
                  t.zone("example.", zone -> zone.damageAll(Type.ANY, Damage.wrongSignatures(7)));
                });
    Bogus bogus = (Bogus) ask(tree, "bank.example", Type.MX);
    assertThat(bogus.reason()).isEqualTo(BogusReason.LIMITS);
    assertThat(checks.get()).isLessThanOrEqualTo(CHAIN + LIMITS.maxFailedChecks());
  }

  @Test
  void lockCram_oneSignatureAndManyKeys() {
    DnsTree tree =
        tree(
            zone -> collidingKeys(60).accept(zone.damage("@", Type.MX, Damage.corruptSignature())));
    assertThat(Verdicts.of(ask(tree, "bank.example", Type.MX))).isEqualTo(BOGUS);
    assertThat(checks.get()).isLessThanOrEqualTo(CHAIN + 2 * LIMITS.maxKeysPerTag());
  }

  @Test
  void malformedKeysWithTheRightTag_areFailuresAsWell() {
    // CVE-2025-8677: what does not decode must not be free.
    DnsTree tree =
        tree(
            zone -> {
              ZoneKey key =
                  ZoneKey.generate(BANK, SigningAlgorithm.ECDSAP256SHA256, ZoneKey.KEY_SIGNING);
              zone.keys(key).damage("@", Type.MX, Damage.wrongSignatures(100));
              for (int i = 1; i <= 40; i++) {
                zone.record(swapped(key.dnskey(), i));
              }
            });
    assertThat(Verdicts.of(ask(tree, "bank.example", Type.MX))).isEqualTo(BOGUS);
    assertThat(checks.get() + decodings.get())
        .isLessThanOrEqualTo(2 * (CHAIN + LIMITS.maxFailedChecks()));
  }

  /** RFC 4034 Appendix B: words that change places leave the tag as it is. */
  private static DNSKEYRecord swapped(DNSKEYRecord key, int by) {
    byte[] octets = key.getKey().clone();
    for (int i = 0; i < 2; i++) {
      byte octet = octets[i];
      octets[i] = octets[2 * (by % 31 + 1) + i];
      octets[2 * (by % 31 + 1) + i] = octet;
    }
    octets[octets.length - 2] ^= (byte) (by / 31);
    return new DNSKEYRecord(
        key.getName(), 1, key.getTTL(), key.getFlags(), 3, key.getAlgorithm(), octets);
  }

  @Test
  void hashTrap_manyDsTimesManyKeys() {
    // 31 DS records and 60 keys of one tag ask for 1,860 digests, and only a good one costs a
    // check.
    DnsTree bank = tree(collidingKeys(60));
    int tag = bank.zone("bank.example.").keys().get(0).dnskey().getFootprint();
    StringBuilder stale = new StringBuilder();
    for (int i = 10; i < 41; i++) {
      stale
          .append("bank DS ")
          .append(tag)
          .append(" 14 2 ")
          .append(("" + i).repeat(32))
          .append('\n');
    }
    DnsTree tree =
        bank.changed(
            t -> {
              t.zone("example.", zone -> zone.record(stale.toString()));
              t.zone("bank.example.", ZoneBuilder::withoutDs);
            });
    Bogus bogus = (Bogus) ask(tree, "bank.example", Type.MX);
    assertThat(bogus.reason()).isEqualTo(BogusReason.LIMITS);
    assertThat(checks).hasValue(CHAIN - 1);
  }

  @Test
  void moreDsRecordsThanAZoneNeeds_areNotEvenLookedAt() {
    StringBuilder stale = new StringBuilder();
    for (int i = 10; i < 43; i++) {
      stale.append("bank DS 1 13 2 ").append(("" + i).repeat(32)).append('\n');
    }
    DnsTree tree =
        tree(zone -> {}).changed(t -> t.zone("example.", zone -> zone.record(stale.toString())));
    Bogus bogus = (Bogus) ask(tree, "bank.example", Type.MX);
    assertThat(bogus.reason()).isEqualTo(BogusReason.LIMITS);
    assertThat(bogus.detail()).contains("DS records");
  }

  @Test
  void longChainOfAliases_endsAtItsLimit() {
    StringBuilder chain = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      chain.append("c").append(i).append(" CNAME c").append(i + 1).append('\n');
    }
    DnsTree tree = tree(zone -> zone.record(chain + "c40 A 192.0.2.9"));
    Bogus bogus = (Bogus) ask(tree, "c26.bank.example", Type.A);
    assertThat(bogus.reason()).isEqualTo(BogusReason.ALIASES);
    assertThat(checks.get()).isLessThanOrEqualTo(CHAIN + LIMITS.maxAliases() + 1);
    assertThat(Verdicts.of(ask(tree, "c29.bank.example", Type.A))).isEqualTo(SECURE_DATA);
  }

  @Test
  void longChainOfZones_endsAtTheLimitOfChecks() {
    StringBuilder name = new StringBuilder("z.");
    var builder = DnsTree.at(Offline.AT);
    for (int i = 0; i < 40; i++) {
      builder.zone(name.toString());
      name.insert(0, "z.");
    }
    DnsTree tree = builder.build();
    ValidationResult result = ask(tree, name.substring(2), Type.SOA);
    assertThat(result).isInstanceOf(Bogus.class);
    assertThat(checks.get()).isLessThanOrEqualTo(LIMITS.maxSignatureChecks());
  }

  @Test
  void manyDenialRecords_areOneBudget() {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      names.append("n").append(i).append(" A 192.0.2.1\n");
    }
    DnsTree tree = tree(zone -> zone.record(names.toString()));
    ValidationResult result =
        Offline.over(tree, tree.tampering(message -> withAllDenials(message, tree)))
            .ask("none.bank.example", Type.A);
    assertThat(Verdicts.of(result)).isIn(BOGUS, Verdicts.SECURE_NXDOMAIN);
  }

  private static org.xbill.DNS.Message withAllDenials(org.xbill.DNS.Message message, DnsTree tree) {
    tree.zone("bank.example.").rrsets().stream()
        .filter(rrset -> rrset.getType() == Type.NSEC)
        .forEach(
            rrset -> {
              rrset.rrs(false).forEach(record -> message.addRecord(record, 2));
              rrset.sigs().forEach(record -> message.addRecord(record, 2));
            });
    return message;
  }
}
