// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dane4j.testkit.dns.Oracle.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Type;

/** Each kind of damage is noticed by the oracle, and only where it was done. */
class DamageTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

  private static final Map<String, Damage> KINDS =
      Map.of(
          "corrupt", Damage.corruptSignature(),
          "expired", Damage.expired(),
          "not yet valid", Damage.notYetValid(),
          "stripped", Damage.strippedSignature(),
          "dropped", Damage.dropped(),
          "forged", Damage.forged("10 mx.attacker.test."),
          "foreign zone", Damage.signedByZone("attacker.test."),
          "unknown key", Damage.signedWith(injectedKey()),
          "forged and signed",
              Damage.forged("10 mx.attacker.test.").then(Damage.signedByZone("attacker.test.")));

  private static ZoneKey injectedKey() {
    return ZoneKey.generate(
        Name.fromConstantString("bank.example."),
        SigningAlgorithm.ECDSAP256SHA256,
        ZoneKey.ZONE_SIGNING);
  }

  private static DnsTree tree(Consumer<ZoneBuilder> bank) {
    return DnsTree.at(AT)
        .zone("example.")
        .zone("attacker.test.")
        .zone(
            "bank.example.",
            z ->
                bank.accept(
                    z.record("@ MX 10 mx\nmx A 192.0.2.1\n_25._tcp.mx TXT there\n*.wild TXT all")))
        .build();
  }

  private static Verdict verdict(DnsTree tree, String question) {
    String[] parts = question.split(" ", 2);
    return Oracle.of(tree).verdict(parts[0], Type.value(parts[1]));
  }

  static Stream<Arguments> kindsByForm() {
    return KINDS.keySet().stream()
        .flatMap(kind -> Stream.of(DenialForm.values()).map(form -> Arguments.of(kind, form)));
  }

  @ParameterizedTest
  @MethodSource("kindsByForm")
  void damagedRrset_isBogusAndItsNeighborIsNot(String kind, DenialForm form) {
    Damage damage = Objects.requireNonNull(KINDS.get(kind));
    DnsTree tree = tree(z -> form.on(z).damage("@", Type.MX, damage));

    assertThat(verdict(tree, "bank.example. MX")).isEqualTo(Verdict.BOGUS);
    assertThat(verdict(tree, "mx.bank.example. A")).isEqualTo(Verdict.SECURE);
  }

  static Stream<Arguments> kindsByAlgorithm() {
    return Stream.of("corrupt", "expired", "not yet valid", "foreign zone")
        .flatMap(
            kind ->
                SigningAlgorithm.recommended().stream()
                    .map(algorithm -> Arguments.of(kind, algorithm)));
  }

  @ParameterizedTest
  @MethodSource("kindsByAlgorithm")
  void damagedSignature_isBogusForEveryAlgorithm(String kind, SigningAlgorithm algorithm) {
    Damage damage = Objects.requireNonNull(KINDS.get(kind));
    DnsTree tree = tree(z -> z.algorithm(algorithm).damage("@", Type.MX, damage));

    assertThat(verdict(tree, "bank.example. MX")).isEqualTo(Verdict.BOGUS);
  }

  @ParameterizedTest
  @EnumSource
  void damagedKeys_makeTheZoneBogus(DenialForm form) {
    assertThat(
            verdict(
                tree(z -> form.on(z).damage("@", Type.DNSKEY, Damage.corruptSignature())),
                "mx.bank.example. A"))
        .isEqualTo(Verdict.BOGUS);
    assertThat(
            verdict(
                tree(z -> form.on(z).damage("@", Type.DNSKEY, Damage.dropped())),
                "mx.bank.example. A"))
        .isEqualTo(Verdict.BOGUS);
  }

  @Test
  void damagedDs_belongsToTheParent() {
    DnsTree tree =
        DnsTree.at(AT)
            .zone("example.", z -> z.damage("bank", Type.DS, Damage.corruptSignature()))
            .zone("bank.example.", z -> z.record("mx A 192.0.2.1"))
            .build();

    assertThat(verdict(tree, "mx.bank.example. A")).isEqualTo(Verdict.BOGUS);
  }

  @ParameterizedTest
  @EnumSource
  void damagedDenial_isBogus(DenialForm form) {
    for (Damage damage :
        new Damage[] {
          Damage.corruptSignature(),
          Damage.expired(),
          Damage.notYetValid(),
          Damage.strippedSignature(),
          Damage.dropped(),
          Damage.signedByZone("attacker.test.")
        }) {
      DnsTree tree = tree(z -> form.on(z).damageDenial(damage));

      assertThat(verdict(tree, "nobody.bank.example. A")).isEqualTo(Verdict.BOGUS);
      assertThat(verdict(tree, "mx.bank.example. AAAA")).isEqualTo(Verdict.BOGUS);
      assertThat(verdict(tree, "any.wild.bank.example. TXT")).isEqualTo(Verdict.BOGUS);
    }
  }

  static Stream<Arguments> liesByForm() {
    return Stream.of(ForgedDenial.values())
        .flatMap(lie -> Stream.of(DenialForm.values()).map(form -> Arguments.of(lie, form)));
  }

  @ParameterizedTest
  @MethodSource("liesByForm")
  void forgedDenial_isBogus(ForgedDenial lie, DenialForm form) {
    DnsTree tree = tree(z -> form.on(z).deny("_25._tcp.mx", Type.TXT, lie));

    assertThat(verdict(tree, "_25._tcp.mx.bank.example. TXT")).isEqualTo(Verdict.BOGUS);
    assertThat(verdict(tree, "mx.bank.example. A")).isEqualTo(Verdict.SECURE);
  }

  @Test
  void zoneWithOtherDates_isBogusAsAWhole() {
    assertThat(verdict(tree(ZoneBuilder::expired), "mx.bank.example. A")).isEqualTo(Verdict.BOGUS);
    assertThat(verdict(tree(ZoneBuilder::notYetValid), "mx.bank.example. A"))
        .isEqualTo(Verdict.BOGUS);
    assertThat(
            verdict(
                tree(z -> z.validity(Duration.ZERO, Duration.ofSeconds(1))), "mx.bank.example. A"))
        .isEqualTo(Verdict.SECURE);
  }

  @Test
  void zoneSignedByAnother_isBogusAsAWhole() {
    DnsTree tree = tree(z -> z.damageAll(Type.ANY, Damage.signedByZone("attacker.test.")));

    assertThat(verdict(tree, "mx.bank.example. A")).isEqualTo(Verdict.BOGUS);
    assertThat(verdict(tree, "nobody.bank.example. A")).isEqualTo(Verdict.BOGUS);
  }

  @Test
  void dsForms_areWhatTheyAreCalled() {
    assertThat(verdict(tree(z -> z.ds(DsForm.SHA1)), "bank.example. MX")).isEqualTo(Verdict.SECURE);
    assertThat(verdict(tree(z -> z.ds(DsForm.SHA384)), "bank.example. MX"))
        .isEqualTo(Verdict.SECURE);
    assertThat(verdict(tree(z -> z.ds(DsForm.SHA256, DsForm.STALE)), "bank.example. MX"))
        .isEqualTo(Verdict.SECURE);
    assertThat(verdict(tree(z -> z.ds(DsForm.UNKNOWN_DIGEST)), "bank.example. MX"))
        .isEqualTo(Verdict.INSECURE);
    assertThat(verdict(tree(z -> z.ds(DsForm.WRONG_DIGEST)), "bank.example. MX"))
        .isEqualTo(Verdict.BOGUS);
    assertThat(verdict(tree(z -> z.ds(DsForm.STALE)), "bank.example. MX")).isEqualTo(Verdict.BOGUS);
    assertThat(verdict(tree(ZoneBuilder::withoutDs), "bank.example. MX"))
        .isEqualTo(Verdict.INSECURE);
  }

  @Test
  void unknownAlgorithm_makesTheZoneInsecure() {
    DnsTree tree = tree(z -> z.splitKeys().labeledAs(200));
    RRset mx = tree.zone("bank.example").rrset("@", Type.MX).orElseThrow();

    assertThat(verdict(tree, "bank.example. MX")).isEqualTo(Verdict.INSECURE);
    assertThat(mx.sigs().get(0).getAlgorithm()).isEqualTo(200);
    assertThat(mx.sigs().get(0).getFootprint())
        .isEqualTo(tree.zone("bank.example").keys().get(1).dnskey().getFootprint());
  }

  @Test
  void honestRrset_isThereBesideTheDamagedOne() throws Exception {
    SignedZone zone =
        tree(z -> z.damage("@", Type.MX, Damage.corruptSignature())).zone("bank.example");
    RRset honest = zone.honestRrset("@", Type.MX).orElseThrow();
    RRset served = zone.rrset("@", Type.MX).orElseThrow();

    assertThat(served.rrs(false)).isEqualTo(honest.rrs(false));
    assertThat(served.sigs()).isNotEqualTo(honest.sigs());
    DNSSEC.verify(honest, honest.sigs().get(0), zone.keys().get(0).dnskey(), AT);
  }

  @Test
  void undamagedTree_keepsItsDataAndLosesItsDamage() {
    DnsTree damaged =
        tree(z -> z.damage("@", Type.MX, Damage.dropped()).deny("mx", Type.A, ForgedDenial.EMPTY));
    DnsTree repaired =
        damaged.changed(change -> change.zone("bank.example.", ZoneBuilder::undamaged));

    assertThat(verdict(repaired, "bank.example. MX")).isEqualTo(Verdict.SECURE);
    assertThat(verdict(repaired, "mx.bank.example. A")).isEqualTo(Verdict.SECURE);
  }

  @Test
  void standbyKey_isPublishedAndSignsNothing() {
    ZoneKey next = injectedKey();
    DnsTree tree = tree(z -> z.standbyKey(next));
    RRset keys = tree.zone("bank.example").rrset("@", Type.DNSKEY).orElseThrow();

    assertThat(keys.rrs(false)).contains(next.dnskey());
    assertThat(keys.sigs()).hasSize(1);
    assertThat(verdict(tree, "bank.example. MX")).isEqualTo(Verdict.SECURE);
  }

  @Test
  void givenKeys_signTheZone() {
    ZoneKey own =
        ZoneKey.generate(
            Name.fromConstantString("bank.example."),
            SigningAlgorithm.ED25519,
            ZoneKey.KEY_SIGNING);
    DnsTree tree = tree(z -> z.keys(own));

    assertThat(tree.zone("bank.example").keys()).containsExactly(own);
    assertThat(verdict(tree, "bank.example. MX")).isEqualTo(Verdict.SECURE);
  }

  @Test
  void signatureByTemplate_isCorrectOverItsOddFields() throws Exception {
    SignedZone zone = tree(z -> {}).zone("bank.example");
    RRset honest = zone.honestRrset("@", Type.MX).orElseThrow();
    ZoneKey key = zone.keys().get(0);

    var again = key.sign(honest, honest.sigs().get(0));

    DNSSEC.verify(honest, again, key.dnskey(), AT);
    assertThat(again).isEqualTo(honest.sigs().get(0));
  }
}
