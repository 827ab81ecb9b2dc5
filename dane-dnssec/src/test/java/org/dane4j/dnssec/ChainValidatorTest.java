// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.dnssec.Verdicts.BOGUS;
import static org.dane4j.dnssec.Verdicts.INDETERMINATE;
import static org.dane4j.dnssec.Verdicts.INSECURE_DATA;
import static org.dane4j.dnssec.Verdicts.INSECURE_NODATA;
import static org.dane4j.dnssec.Verdicts.INSECURE_NXDOMAIN;
import static org.dane4j.dnssec.Verdicts.SECURE_DATA;
import static org.dane4j.dnssec.Verdicts.SECURE_NODATA;
import static org.dane4j.dnssec.Verdicts.SECURE_NXDOMAIN;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.dnssec.ValidationResult.Indeterminate;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.DsForm;
import org.dane4j.testkit.dns.ForgedDenial;
import org.dane4j.testkit.dns.SigningAlgorithm;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Signed trees of zones, honest and damaged, and what the validator says of them. */
class ChainValidatorTest {

  private static final String RECORDS =
      """
      @ MX 10 mx
      mx A 192.0.2.1
      _25._tcp.mx TLSA 3 1 1 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
      alias CNAME mx
      far CNAME www.other.test.
      loop1 CNAME loop2
      loop2 CNAME loop1
      *.wild TXT all
      a.b.ent TXT deep
      moved DNAME moved.other.test.
      unsigned NS ns.unsigned
      ns.unsigned A 192.0.2.53
      """;

  private static final String OTHER =
      """
      www A 192.0.2.2
      x.moved A 192.0.2.3
      """;

  /** The forms of denial that a zone can have. */
  enum Form {
    NSEC,
    NSEC3,
    OPT_OUT;

    ZoneBuilder on(ZoneBuilder zone) {
      return switch (this) {
        case NSEC -> zone;
        case NSEC3 -> zone.nsec3(2, "ab12");
        case OPT_OUT -> zone.optOut();
      };
    }
  }

  private static DnsTree tree(Consumer<ZoneBuilder> bank) {
    return DnsTree.at(Offline.AT)
        .zone(".")
        .zone("example.")
        .zone("test.", ZoneBuilder::nsec3)
        .zone("other.test.", zone -> zone.record(OTHER))
        .zone("bank.example.", zone -> bank.accept(zone.record(RECORDS)))
        .build();
  }

  private static Verdicts ask(DnsTree tree, String name, int type) {
    return Verdicts.of(Offline.over(tree).ask(name, type));
  }

  static Stream<Arguments> algorithmsAndForms() {
    return SigningAlgorithm.recommended().stream()
        .flatMap(algorithm -> Stream.of(Form.values()).map(form -> Arguments.of(algorithm, form)));
  }

  @ParameterizedTest
  @MethodSource("algorithmsAndForms")
  void goodZone_isSecureInEveryAlgorithmAndForm(SigningAlgorithm algorithm, Form form) {
    DnsTree tree = tree(zone -> form.on(zone).algorithm(algorithm));
    assertThat(ask(tree, "bank.example", Type.MX)).isEqualTo(SECURE_DATA);
    assertThat(ask(tree, "_25._tcp.mx.bank.example", Type.TLSA)).isEqualTo(SECURE_DATA);
    assertThat(ask(tree, "mx.bank.example", Type.AAAA)).isEqualTo(SECURE_NODATA);
    assertThat(ask(tree, "bank.example", Type.DNSKEY)).isEqualTo(SECURE_DATA);
    assertThat(ask(tree, "bank.example", Type.DS)).isEqualTo(SECURE_DATA);
  }

  @ParameterizedTest
  @EnumSource(names = {"NSEC", "NSEC3"})
  void absence_isSecureWithoutOptOut(Form form) {
    DnsTree tree = tree(form::on);
    assertThat(ask(tree, "none.bank.example", Type.A)).isEqualTo(SECURE_NXDOMAIN);
    assertThat(ask(tree, "x.y.z.bank.example", Type.A)).isEqualTo(SECURE_NXDOMAIN);
    assertThat(ask(tree, "b.ent.bank.example", Type.A)).isEqualTo(SECURE_NODATA);
    assertThat(ask(tree, "x.wild.bank.example", Type.TXT)).isEqualTo(SECURE_DATA);
    assertThat(ask(tree, "x.y.wild.bank.example", Type.TXT)).isEqualTo(SECURE_DATA);
    assertThat(ask(tree, "x.wild.bank.example", Type.A)).isEqualTo(SECURE_NODATA);
    assertThat(ask(tree, "*.wild.bank.example", Type.TXT)).isEqualTo(SECURE_DATA);
    assertThat(ask(tree, "mx.bank.example", Type.DS)).isEqualTo(SECURE_NODATA);
    assertThat(ask(tree, "unsigned.bank.example", Type.DS)).isEqualTo(SECURE_NODATA);
    assertThat(ask(tree, "nosuchtld", Type.MX)).isEqualTo(SECURE_NXDOMAIN);
  }

  @Test
  void optOutSpan_makesAbsenceInsecure() {
    // RFC 5155 §9.2
    DnsTree tree = tree(ZoneBuilder::optOut);
    assertThat(ask(tree, "none.bank.example", Type.A)).isEqualTo(INSECURE_NXDOMAIN);
    assertThat(ask(tree, "unsigned.bank.example", Type.DS)).isEqualTo(INSECURE_NODATA);
    assertThat(ask(tree, "x.wild.bank.example", Type.TXT)).isEqualTo(INSECURE_DATA);
  }

  @ParameterizedTest
  @EnumSource
  void unsignedDelegation_makesAllBelowInsecure(Form form) {
    DnsTree tree =
        tree(form::on)
            .changed(
                t ->
                    t.zone(
                        "sub.bank.example.",
                        zone -> zone.unsigned().record("@ MX 10 mx\nmx A 192.0.2.9")));
    ValidationResult result = Offline.over(tree).ask("sub.bank.example", Type.MX);
    assertThat(Verdicts.of(result)).isEqualTo(INSECURE_DATA);
    assertThat(((Insecure) result).zone()).hasToString("sub.bank.example.");
    assertThat(ask(tree, "none.sub.bank.example", Type.A)).isEqualTo(INSECURE_NXDOMAIN);
    assertThat(ask(tree, "mx.sub.bank.example", Type.AAAA)).isEqualTo(INSECURE_NODATA);
  }

  @ParameterizedTest
  @EnumSource(names = {"NSEC", "NSEC3"})
  void aliases_areFollowedAcrossZones(Form form) {
    DnsTree tree = tree(form::on);
    Secure near = (Secure) Offline.over(tree).ask("alias.bank.example", Type.A);
    assertThat(near.answer().name()).hasToString("mx.bank.example.");
    Secure far = (Secure) Offline.over(tree).ask("far.bank.example", Type.A);
    assertThat(far.answer().name()).hasToString("www.other.test.");
    assertThat(far.aliases()).hasSize(1);
    Secure moved = (Secure) Offline.over(tree).ask("x.moved.bank.example", Type.A);
    assertThat(moved.answer().name()).hasToString("x.moved.other.test.");
    assertThat(ask(tree, "alias.bank.example", Type.AAAA)).isEqualTo(SECURE_NODATA);
    assertThat(ask(tree, "y.moved.bank.example", Type.A)).isEqualTo(SECURE_NXDOMAIN);
    assertThat(ask(tree, "loop1.bank.example", Type.A)).isIn(BOGUS, INDETERMINATE);
  }

  @Test
  void aliasIntoUnsignedZone_keepsTheSecurityOfEachHop() {
    DnsTree tree =
        tree(zone -> {}).changed(t -> t.zone("other.test.", zone -> zone.unsigned().record(OTHER)));
    Insecure result = (Insecure) Offline.over(tree).ask("far.bank.example", Type.A);
    assertThat(result.unauthenticatedAnswer().name()).hasToString("www.other.test.");
    assertThat(result.aliases()).extracting(Alias::security).containsExactly(Alias.Security.SECURE);
  }

  private static final Map<String, BogusReason> REASONS =
      Map.of(
          "corrupt", BogusReason.SIGNATURE_WRONG,
          "expired", BogusReason.EXPIRED,
          "not yet valid", BogusReason.NOT_YET_VALID,
          "stripped", BogusReason.SIGNATURE_MISSING,
          "dropped", BogusReason.DENIAL_WRONG,
          "forged", BogusReason.SIGNATURE_WRONG,
          "foreign", BogusReason.SIGNATURE_WRONG);

  private static Damage damage(String kind) {
    return switch (kind) {
      case "corrupt" -> Damage.corruptSignature();
      case "expired" -> Damage.expired();
      case "not yet valid" -> Damage.notYetValid();
      case "stripped" -> Damage.strippedSignature();
      case "dropped" -> Damage.dropped();
      case "forged" -> Damage.forged("10 mx.attacker.test.");
      case "foreign" ->
          Damage.forged("10 mx.attacker.test.").then(Damage.signedByZone("other.test."));
      default -> throw new IllegalArgumentException(kind);
    };
  }

  static Stream<Arguments> damageAndForms() {
    return REASONS.keySet().stream()
        .flatMap(kind -> Stream.of(Form.NSEC, Form.NSEC3).map(form -> Arguments.of(kind, form)));
  }

  @ParameterizedTest
  @MethodSource("damageAndForms")
  void damagedRrset_isBogusForItsReason(String kind, Form form) {
    DnsTree tree = tree(zone -> form.on(zone).damage("@", Type.MX, damage(kind)));
    Bogus bogus = (Bogus) Offline.over(tree).ask("bank.example", Type.MX);
    assertThat(bogus.reason()).isEqualTo(REASONS.get(kind));
    assertThat(ask(tree, "mx.bank.example", Type.A)).isEqualTo(SECURE_DATA);
  }

  @ParameterizedTest
  @MethodSource("damageAndForms")
  void damagedKeys_makeTheZoneBogus(String kind, Form form) {
    if (kind.equals("forged") || kind.equals("foreign")) {
      return;
    }
    DnsTree tree = tree(zone -> form.on(zone).damage("@", Type.DNSKEY, damage(kind)));
    assertThat(ask(tree, "bank.example", Type.MX)).isEqualTo(BOGUS);
    assertThat(ask(tree, "none.bank.example", Type.MX)).isEqualTo(BOGUS);
  }

  @ParameterizedTest
  @EnumSource
  void forgedDenial_isBogus(ForgedDenial denial) {
    for (Form form : List.of(Form.NSEC, Form.NSEC3)) {
      DnsTree tree =
          tree(zone -> form.on(zone).deny("_25._tcp.mx.bank.example.", Type.TLSA, denial));
      assertThat(ask(tree, "_25._tcp.mx.bank.example", Type.TLSA)).isEqualTo(BOGUS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void forgedDenialOfDs_isNeverAnUnsignedDelegation(ForgedDenial denial) {
    for (Form form : List.of(Form.NSEC, Form.NSEC3)) {
      DnsTree tree =
          tree(zone -> zone.damageAll(Type.MX, Damage.strippedSignature()))
              .changed(
                  t ->
                      t.zone(
                          "example.",
                          zone -> form.on(zone).deny("bank.example.", Type.DS, denial)));
      assertThat(ask(tree, "bank.example", Type.MX)).isIn(BOGUS, INDETERMINATE);
    }
  }

  static Stream<Arguments> dsForms() {
    return Stream.of(
        Arguments.of(new DsForm[] {DsForm.SHA256}, SECURE_DATA),
        Arguments.of(new DsForm[] {DsForm.SHA384}, SECURE_DATA),
        Arguments.of(new DsForm[] {DsForm.STALE, DsForm.SHA256}, SECURE_DATA),
        Arguments.of(new DsForm[] {DsForm.UNKNOWN_DIGEST, DsForm.SHA256}, SECURE_DATA),
        Arguments.of(new DsForm[] {DsForm.SHA1, DsForm.SHA256}, SECURE_DATA),
        Arguments.of(new DsForm[] {DsForm.SHA1}, INSECURE_DATA),
        Arguments.of(new DsForm[] {DsForm.UNKNOWN_DIGEST}, INSECURE_DATA),
        Arguments.of(new DsForm[] {DsForm.STALE}, BOGUS),
        Arguments.of(new DsForm[] {DsForm.WRONG_DIGEST}, BOGUS),
        // RFC 4509 §3: the good SHA-1 digest does not count beside the bad SHA-256 digest.
        Arguments.of(new DsForm[] {DsForm.SHA1, DsForm.WRONG_DIGEST}, BOGUS));
  }

  @ParameterizedTest
  @MethodSource("dsForms")
  void dsRecords_countByTheirDigests(DsForm[] forms, Verdicts expected) {
    DnsTree tree = tree(zone -> zone.ds(forms));
    assertThat(ask(tree, "bank.example", Type.MX)).as(Arrays.toString(forms)).isEqualTo(expected);
  }

  @Test
  void zoneWithoutDs_isInsecure_thoughItIsSigned() {
    assertThat(ask(tree(ZoneBuilder::withoutDs), "bank.example", Type.MX)).isEqualTo(INSECURE_DATA);
  }

  @Test
  void zoneOfUnsupportedAlgorithm_isInsecure() {
    // RFC 4035 §5.2
    Insecure result =
        (Insecure) Offline.over(tree(zone -> zone.labeledAs(17))).ask("bank.example", Type.MX);
    assertThat(result.reason()).isEqualTo(InsecureReason.UNSUPPORTED_ALGORITHM);
  }

  @Test
  void twoAlgorithms_oneIsEnough() {
    // RFC 6840 §5.11
    DnsTree tree =
        tree(
            zone ->
                zone.algorithm(SigningAlgorithm.RSASHA256, SigningAlgorithm.ED25519).splitKeys());
    assertThat(ask(tree, "bank.example", Type.MX)).isEqualTo(SECURE_DATA);
  }

  @Test
  void expiredZone_isBogus() {
    Bogus bogus = (Bogus) Offline.over(tree(ZoneBuilder::expired)).ask("bank.example", Type.MX);
    assertThat(bogus.reason()).isEqualTo(BogusReason.EXPIRED);
    assertThat(bogus.detail()).contains("bank.example", "expired at");
  }

  @Test
  void manyIterations_makeDenialInsecure_butNotData() {
    // RFC 9276 §3.2
    DnsTree tree = tree(zone -> zone.nsec3(101, ""));
    assertThat(ask(tree, "bank.example", Type.MX)).isEqualTo(SECURE_DATA);
    Insecure result = (Insecure) Offline.over(tree).ask("none.bank.example", Type.MX);
    assertThat(result.reason()).isEqualTo(InsecureReason.NSEC3_ITERATIONS);
  }

  @Test
  void noAnchor_isInsecure() {
    // RFC 7672 §2.1.1
    DnsTree tree = tree(zone -> {});
    ValidationResult result =
        Offline.over(tree)
            .with(ChainValidator.trusting(TrustAnchors.none()))
            .ask("bank.example", Type.MX);
    assertThat(((Insecure) result).reason()).isEqualTo(InsecureReason.NO_TRUST_ANCHOR);
  }

  @Test
  void upstreamWithoutDnssec_isNamedAsSuch() {
    DnsTree tree = tree(zone -> {});
    Indeterminate result =
        (Indeterminate) Offline.over(tree, tree.withoutDnssec()).ask("bank.example", Type.MX);
    assertThat(result.explanation()).contains("gives no DNSSEC signatures");
  }

  @Test
  void errorResponses_areIndeterminate() {
    // RFC 7672 §2.1.1
    DnsTree tree = tree(zone -> {});
    for (int rcode : new int[] {Rcode.SERVFAIL, Rcode.REFUSED, Rcode.NOTIMP, Rcode.FORMERR}) {
      DnsResponder broken = tree.failing(question -> question.getType() == Type.TLSA, rcode);
      ValidationResult result =
          Offline.over(tree, broken).ask("_25._tcp.mx.bank.example", Type.TLSA);
      assertThat(Verdicts.of(result)).isEqualTo(INDETERMINATE);
      assertThat(result.explanation()).contains(Rcode.string(rcode));
    }
  }

  @Test
  void forgedAdBit_changesNothing() {
    DnsTree tree = tree(zone -> zone.damage("@", Type.MX, Damage.corruptSignature()));
    ValidationResult result = Offline.over(tree, tree.forgingAd()).ask("bank.example", Type.MX);
    assertThat(Verdicts.of(result)).isEqualTo(BOGUS);
  }

  @Test
  void anchorFurtherDown_countsInsteadOfTheRoots() {
    DnsTree tree = tree(ZoneBuilder::withoutDs);
    String ds = tree.zone("bank.example.").dsRecords(DsForm.SHA256).get(0).toString();
    ValidationResult result =
        Offline.over(tree)
            .with(ChainValidator.trusting(TrustAnchors.parse(ds)))
            .ask("bank.example", Type.MX);
    assertThat(Verdicts.of(result)).isEqualTo(SECURE_DATA);
  }

  @Test
  void secureAnswer_showsItsChain() {
    ValidationResult result =
        Offline.over(tree(zone -> {})).ask("_25._tcp.mx.bank.example", Type.TLSA);
    assertThat(result.proof().steps())
        .extracting(ProofStep::kind)
        .containsExactly(
            ProofStep.Kind.TRUST_ANCHOR,
            ProofStep.Kind.ZONE_KEYS,
            ProofStep.Kind.DELEGATION,
            ProofStep.Kind.ZONE_KEYS,
            ProofStep.Kind.DELEGATION,
            ProofStep.Kind.ZONE_KEYS,
            ProofStep.Kind.RRSET);
  }

  @Test
  void roundsOfQuestions_areFew() {
    Offline offline = Offline.over(tree(zone -> {}));
    offline.ask("_25._tcp.mx.bank.example", Type.TLSA);
    // Without foresight: the answer, then zone after zone upwards.
    assertThat(offline.rounds()).hasSizeLessThanOrEqualTo(4);
  }
}
