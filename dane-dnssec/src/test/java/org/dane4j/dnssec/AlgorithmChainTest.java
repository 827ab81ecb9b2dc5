// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.dnssec.Verdicts.BOGUS;
import static org.dane4j.dnssec.Verdicts.INSECURE_DATA;
import static org.dane4j.dnssec.Verdicts.SECURE_DATA;
import static org.dane4j.dnssec.Verdicts.SECURE_NXDOMAIN;

import java.util.Optional;
import java.util.function.Consumer;
import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.DsForm;
import org.dane4j.testkit.dns.SigningAlgorithm;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.dane4j.testkit.dns.ZoneKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Zones of algorithms and digests that count under some policies only. */
class AlgorithmChainTest {

  private static final AlgorithmPolicy ALL =
      AlgorithmPolicy.recommended().withDangerousSha1().withGost12().withSm2();

  private static DnsTree tree(Consumer<ZoneBuilder> bank) {
    return DnsTree.at(Offline.AT)
        .zone(".")
        .zone("example.")
        .zone("bank.example.", zone -> bank.accept(zone.record("@ MX 10 mx")))
        .build();
  }

  private static ValidationResult judge(DnsTree tree, AlgorithmPolicy policy, String name) {
    ChainValidator validator =
        ChainValidator.trusting(Offline.anchors(tree)).withAlgorithms(policy);
    return Offline.over(tree).with(validator).ask(name, Type.MX);
  }

  private static Verdicts verdict(DnsTree tree, AlgorithmPolicy policy) {
    return Verdicts.of(judge(tree, policy, "bank.example"));
  }

  @ParameterizedTest
  @EnumSource(names = {"RSASHA1", "RSASHA1_NSEC3_SHA1", "SM2SM3", "ECC_GOST12"})
  void algorithm_countsWhereThePolicySaysSo(SigningAlgorithm algorithm) {
    DnsTree tree = tree(zone -> zone.algorithm(algorithm));
    assertThat(verdict(tree, ALL)).isEqualTo(SECURE_DATA);
    assertThat(Verdicts.of(judge(tree, ALL, "none.bank.example"))).isEqualTo(SECURE_NXDOMAIN);
    Insecure other = (Insecure) judge(tree, AlgorithmPolicy.recommended(), "bank.example");
    assertThat(other.reason()).isEqualTo(InsecureReason.UNSUPPORTED_ALGORITHM);
    DnsTree damaged =
        tree(zone -> zone.algorithm(algorithm).damage("@", Type.MX, Damage.corruptSignature()));
    assertThat(verdict(damaged, ALL)).isEqualTo(BOGUS);
  }

  @ParameterizedTest
  @EnumSource(names = {"SHA1", "GOST12", "SM3"})
  void digest_countsWhereThePolicySaysSo(DsForm form) {
    DnsTree tree = tree(zone -> zone.ds(form));
    assertThat(verdict(tree, ALL)).isEqualTo(SECURE_DATA);
    Insecure other = (Insecure) judge(tree, AlgorithmPolicy.recommended(), "bank.example");
    assertThat(other.reason()).isEqualTo(InsecureReason.UNSUPPORTED_DIGEST);
  }

  @Test
  void sha1Digest_isIgnoredBesideAStrongerOne() {
    // RFC 4509 §3
    DnsTree tree = tree(zone -> zone.ds(DsForm.SHA1, DsForm.WRONG_DIGEST));
    assertThat(verdict(tree, ALL)).isEqualTo(BOGUS);
  }

  @Test
  void sha1Digest_countsBesideAnUnknownOne() {
    DnsTree tree = tree(zone -> zone.ds(DsForm.SHA1, DsForm.UNKNOWN_DIGEST));
    assertThat(verdict(tree, ALL)).isEqualTo(SECURE_DATA);
  }

  @Test
  void strayKeyOfUnknownAlgorithm_changesNothing() {
    // RFC 6840 §5.11
    DnsTree tree = tree(zone -> zone.standbyKey(strayKey(200)));
    assertThat(verdict(tree, AlgorithmPolicy.recommended())).isEqualTo(SECURE_DATA);
    DnsTree damaged =
        tree(
            zone -> zone.standbyKey(strayKey(200)).damage("@", Type.MX, Damage.corruptSignature()));
    assertThat(verdict(damaged, AlgorithmPolicy.recommended())).isEqualTo(BOGUS);
  }

  private static ZoneKey strayKey(int algorithm) {
    return ZoneKey.generate(
            RecordBag.name("bank.example"), SigningAlgorithm.ECDSAP256SHA256, ZoneKey.KEY_SIGNING)
        .labeledAs(algorithm);
  }

  @Test
  void unknownAlgorithmInSignatures_isNotWhatMakesAZoneInsecure() {
    // RFC 4035 §5.2: only the DS RRset says what the zone is signed with.
    DnsTree data = tree(zone -> zone.damage("@", Type.MX, relabeled(200)));
    assertThat(verdict(data, AlgorithmPolicy.recommended())).isEqualTo(BOGUS);
    DnsTree keys = tree(zone -> zone.damage("@", Type.DNSKEY, relabeled(200)));
    assertThat(verdict(keys, AlgorithmPolicy.recommended())).isEqualTo(BOGUS);
  }

  /** The signatures claim another algorithm. */
  private static Damage relabeled(int algorithm) {
    return (honest, zone) -> {
      RRset changed = new RRset(honest.rrs(false).toArray(Record[]::new));
      for (RRSIGRecord rrsig : honest.sigs()) {
        byte[] rdata = rrsig.rdataToWireCanonical();
        rdata[2] = (byte) algorithm;
        changed.addRR(
            Record.newRecord(
                rrsig.getName(), Type.RRSIG, rrsig.getDClass(), rrsig.getTTL(), rdata));
      }
      return Optional.of(changed);
    };
  }

  @Test
  void oneUnknownAlgorithmInTheDsRrset_doesNotWeakenTheOther() {
    // RFC 4035 §5.2, RFC 6840 §5.2: the DS records that are understood decide.
    DnsTree parent =
        tree(zone -> zone.damage("@", Type.MX, Damage.corruptSignature()))
            .changed(
                tree ->
                    tree.zone("example.", zone -> zone.damage("bank", Type.DS, withForeignDs())));
    assertThat(verdict(parent, AlgorithmPolicy.recommended())).isEqualTo(BOGUS);
  }

  private static Damage withForeignDs() {
    return (honest, zone) -> {
      RRset more = new RRset(honest.rrs(false).toArray(Record[]::new));
      more.addRR(DsForm.SHA256.of(strayKey(200).dnskey()));
      return Optional.of(zone.sign(more, zone.inception(), zone.expiration()));
    };
  }

  @Test
  void trustAnchorOfUnknownAlgorithm_leavesItsZoneInsecure() {
    DnsTree tree = tree(zone -> zone.labeledAs(200));
    String anchor = tree.zone("bank.example.").dsRecords(DsForm.SHA256).get(0).toString();
    ValidationResult result =
        Offline.over(tree)
            .with(ChainValidator.trusting(TrustAnchors.parse(anchor)))
            .ask("bank.example", Type.MX);
    assertThat(Verdicts.of(result)).isEqualTo(INSECURE_DATA);
  }

  @Test
  void malformedDsRecords_nameNoUnknownAlgorithm() {
    // RFC 4035 §5.2 speaks of algorithms that are listed; these list none.
    DnsTree tree =
        DnsTree.at(Offline.AT)
            .zone(".")
            .zone("example.", zone -> zone.rawRecord("bank", Type.DS, new byte[] {1, 2, 13, 2}))
            .zone("bank.example.", zone -> zone.withoutDs().record("m TXT hello"))
            .build();
    Bogus bogus = (Bogus) Offline.over(tree).ask("m.bank.example.", Type.TXT);
    assertThat(bogus.reason()).isEqualTo(BogusReason.MALFORMED);
  }
}
