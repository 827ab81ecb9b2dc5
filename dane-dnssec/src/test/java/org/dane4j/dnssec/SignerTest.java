// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.dnssec.Verdicts.BOGUS;
import static org.dane4j.dnssec.Verdicts.INSECURE_DATA;
import static org.dane4j.dnssec.Verdicts.SECURE_DATA;

import java.util.Optional;
import java.util.function.Consumer;
import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.DsForm;
import org.dane4j.testkit.dns.QueryLog;
import org.dane4j.testkit.dns.SigningAlgorithm;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.dane4j.testkit.dns.ZoneKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Who may sign what, and from where the way to a signer leads. */
class SignerTest {

  private static final String ZONE = "bank.example.";
  private static final Name APEX = Name.fromConstantString(ZONE);

  private static DnsTree tree(Consumer<ZoneBuilder> bank) {
    return DnsTree.at(Offline.AT)
        .zone(".")
        .zone("example.")
        .zone("other.example.")
        .zone(ZONE, zone -> bank.accept(zone.record("@ TXT hello\nm TXT hello")))
        .zone("sub.bank.example.")
        .build();
  }

  private static Verdicts ask(DnsTree tree, String name) {
    return Verdicts.of(Offline.over(tree).ask(name, Type.TXT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"other.example.", "sub.bank.example."})
  void zoneBesideOrBelow_signsNothingHere(String signer) {
    // RFC 4035 §5.3.1
    DnsTree apex = tree(zone -> zone.damage("@", Type.TXT, Damage.signedByZone(signer)));
    assertThat(ask(apex, ZONE)).isEqualTo(BOGUS);
    DnsTree name = tree(zone -> zone.damage("m", Type.TXT, Damage.signedByZone(signer)));
    assertThat(ask(name, "m.bank.example.")).isEqualTo(BOGUS);
  }

  @Test
  void secureEntryPointFlag_doesNotMatter() {
    // RFC 4034 §2.1.1
    ZoneKey plain = ZoneKey.generate(APEX, SigningAlgorithm.ECDSAP256SHA256, 0x0100);
    DnsTree tree =
        tree(zone -> zone.keys(plain).withoutDs())
            .changed(
                t -> t.zone("example.", zone -> zone.record(DsForm.SHA256.of(plain.dnskey()))));
    assertThat(ask(tree, ZONE)).isEqualTo(SECURE_DATA);
  }

  /** Writes another number over an octet of the RDATA, and has the zone sign that. */
  private static Damage rewritten(int offset, int number) {
    return (honest, zone) -> {
      RRset changed = new RRset();
      for (Record record : honest.rrs(false)) {
        byte[] rdata = record.rdataToWireCanonical();
        rdata[offset] = (byte) number;
        changed.addRR(
            Record.newRecord(
                record.getName(), record.getType(), DClass.IN, record.getTTL(), rdata));
      }
      return Optional.of(zone.sign(changed, zone.inception(), zone.expiration()));
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 10, 14, 15, 16})
  void numbersOfAlgorithms_mustAgree_inDsAndKeyAndSignature(int other) {
    // RFC 4034 §5.2, RFC 4035 §5.3.1: the tree's zones have 13.
    DnsTree keys = tree(zone -> zone.damage("@", Type.DNSKEY, rewritten(3, other)));
    assertThat(ask(keys, ZONE)).as("DNSKEY").isEqualTo(BOGUS);
    DnsTree delegation =
        tree(zone -> {})
            .changed(
                t -> t.zone("example.", zone -> zone.damage("bank", Type.DS, rewritten(2, other))));
    assertThat(ask(delegation, ZONE)).as("DS").isEqualTo(BOGUS);
    DnsTree signature =
        tree(
            zone ->
                zone.damage(
                    "@",
                    Type.TXT,
                    (honest, signer) -> {
                      RRset changed = new RRset(honest.rrs(false).toArray(Record[]::new));
                      for (Record sig : honest.sigs()) {
                        byte[] rdata = sig.rdataToWireCanonical();
                        rdata[2] = (byte) other;
                        changed.addRR(
                            Record.newRecord(
                                sig.getName(), Type.RRSIG, DClass.IN, sig.getTTL(), rdata));
                      }
                      return Optional.of(changed);
                    }));
    assertThat(ask(signature, ZONE)).as("RRSIG").isEqualTo(BOGUS);
  }

  @Test
  void brokenZoneAbove_breaksWhatIsBelow_andIsNamed() {
    // RFC 4033 §5
    DnsTree tree =
        tree(zone -> {})
            .changed(
                t ->
                    t.zone(
                        "example.",
                        zone -> zone.damage("@", Type.DNSKEY, Damage.corruptSignature())));
    Bogus bogus = (Bogus) Offline.over(tree).ask(ZONE, Type.TXT);
    assertThat(bogus.detail()).contains("RRSIG of example. DNSKEY");
  }

  @Test
  void dsOfAZoneWithAnAnchor_isProvenFromAbove() {
    // RFC 4035 §5: the anchor is about the keys of the zone, and DS is not the zone's own.
    DnsTree tree = tree(zone -> {});
    String anchor = tree.zone(ZONE).dsRecords(DsForm.SHA256).get(0).toString();
    String root = tree.trustAnchors().get(0);
    assertThat(ds(tree, anchor)).isEqualTo(INSECURE_DATA);
    assertThat(ds(tree, root + "\n" + anchor)).isEqualTo(SECURE_DATA);
  }

  private static Verdicts ds(DnsTree tree, String anchors) {
    ChainValidator validator = ChainValidator.trusting(TrustAnchors.parse(anchors));
    return Verdicts.of(Offline.over(tree).with(validator).ask(ZONE, Type.DS));
  }

  @Test
  void dsOfTheRoot_isNeverAskedFor() {
    QueryLog log = new QueryLog();
    DnsTree tree = tree(zone -> {});
    assertThat(Verdicts.of(Offline.over(tree, tree.recordedIn(log)).ask(ZONE, Type.TXT)))
        .isEqualTo(SECURE_DATA);
    assertThat(
            log.count(
                question -> question.getType() == Type.DS && question.getName().equals(Name.root)))
        .isZero();
  }

  @Test
  void aliasWhereDsIsAskedFor_isNoZoneCut() {
    // RFC 1034 §3.6.2: beside a CNAME record there is nothing, and hence no delegation.
    Staged staged = new Staged(tree(zone -> {}));
    String name = "x.m.bank.example.";
    staged.to(name, Type.TXT).answer(Staged.unsigned(name + " TXT forged"));
    staged.to(name, Type.DS).authority(staged.signed(ZONE, name + " NSEC z.bank.example. TXT"));
    RRset alias = staged.signed(ZONE, "m.bank.example. CNAME other.example.");
    staged.to("m.bank.example.", Type.DS).answer(alias);
    assertThat(staged.verdict(name, Type.TXT)).as("the data need a signature").isEqualTo(BOGUS);
    RRset unsigned = new RRset(alias.rrs(false).get(0));
    staged.to("m.bank.example.", Type.DS).answer(unsigned);
    assertThat(staged.verdict(name, Type.TXT)).isEqualTo(BOGUS);
  }

  @Test
  void recordsOfTwoZones_areNoProofTogether() {
    // RFC 4035 §5.4: the zone that the name is in has to say it.
    Staged staged = new Staged(tree(zone -> {}));
    String name = "n.bank.example.";
    RRset cover = staged.signed(ZONE, "m.bank.example. NSEC o.bank.example. A");
    RRset own = staged.signed(ZONE, ZONE + " NSEC a.bank.example. NS SOA");
    RRset parents = staged.signed("example.", ZONE + " NSEC a.bank.example. NS SOA");
    staged.to(name, Type.TXT).rcode(3).authority(cover, own);
    assertThat(staged.verdict(name, Type.TXT)).isEqualTo(Verdicts.SECURE_NXDOMAIN);
    staged.to(name, Type.TXT).rcode(3).authority(cover, parents);
    assertThat(staged.verdict(name, Type.TXT)).isEqualTo(BOGUS);
  }

  @Test
  void nameBelowAnAlias_mayBeDelegated_unlessTheAliasIsOfAWildcard() {
    // RFC 6840 §4.4: an unsigned delegation counts if the names above it are explained.
    Staged staged = new Staged(tree(zone -> {}));
    String name = "x.m.bank.example.";
    staged.to(name, Type.TXT).answer(Staged.unsigned(name + " TXT any"));
    staged.to(name, Type.DS).authority(staged.signed(ZONE, name + " NSEC z.bank.example. NS"));
    RRset alias = staged.signed(ZONE, "m.bank.example. CNAME other.example.");
    staged.to("m.bank.example.", Type.DS).answer(alias);
    assertThat(staged.verdict(name, Type.TXT)).isEqualTo(INSECURE_DATA);
    RRset wildcard = staged.signed(ZONE, "*.bank.example. CNAME other.example.");
    staged.to("m.bank.example.", Type.DS).answer(Staged.renamed(wildcard, "m.bank.example."));
    assertThat(staged.verdict(name, Type.TXT)).isEqualTo(BOGUS);
  }

  @Test
  void zoneItself_cannotDenyItsDsRrset_whateverItsRecordSays() {
    // RFC 4035 §5.2: only the zone above speaks of DS, and the root has none above it.
    Staged staged = new Staged(tree(zone -> {}));
    staged.to(ZONE, Type.DS).authority(staged.signed(ZONE, ZONE + " NSEC z.bank.example. NS"));
    assertThat(staged.verdict(ZONE, Type.DS)).isEqualTo(BOGUS);
    assertThat(staged.verdict(".", Type.DS)).isEqualTo(Verdicts.SECURE_NODATA);
  }

  @Test
  void wayDown_isAskedForInOneRound() {
    String name = "a.b.c.bank.example.";
    Staged staged = new Staged(tree(zone -> {}));
    staged.to(name, Type.TXT).answer(Staged.unsigned(name + " TXT forged"));
    Offline offline = Offline.over(tree(zone -> {}), staged);
    assertThat(Verdicts.of(offline.ask(name, Type.TXT))).isEqualTo(BOGUS);
    assertThat(offline.rounds().get(1))
        .contains(
            Question.of("example.", Type.DS),
            Question.of(ZONE, Type.DS),
            Question.of("c.bank.example.", Type.DS),
            Question.of("b.c.bank.example.", Type.DS),
            Question.of(name, Type.DS));
  }
}
