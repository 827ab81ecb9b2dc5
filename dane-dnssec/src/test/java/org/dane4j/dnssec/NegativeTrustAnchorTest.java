// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.dane4j.dnssec.Verdicts.BOGUS;
import static org.dane4j.dnssec.Verdicts.INSECURE_DATA;
import static org.dane4j.dnssec.Verdicts.INSECURE_NODATA;
import static org.dane4j.dnssec.Verdicts.INSECURE_NXDOMAIN;
import static org.dane4j.dnssec.Verdicts.SECURE_DATA;

import java.time.Duration;
import java.time.Instant;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.DsForm;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Zones that are known to be broken, and for a time count as unsigned (RFC 7646). */
class NegativeTrustAnchorTest {

  private static final Name BANK = Name.fromConstantString("bank.example.");
  private static final Instant LATER = Offline.AT.plus(Duration.ofMinutes(10));

  private static final DnsTree TREE =
      DnsTree.at(Offline.AT)
          .zone(".")
          .zone("example.", zone -> zone.record("@ TXT fine"))
          .zone(
              "bank.example.",
              zone ->
                  zone.record("@ TXT hello\nhost A 192.0.2.1")
                      .damageAll(Type.ANY, Damage.corruptSignature()))
          .zone("sub.bank.example.", zone -> zone.record("@ TXT below"))
          .build();

  private static ValidationResult ask(TrustAnchors anchors, String name, int type) {
    return Offline.over(TREE).with(ChainValidator.trusting(anchors)).ask(name, type);
  }

  private static Verdicts verdict(TrustAnchors anchors, String name, int type) {
    return Verdicts.of(ask(anchors, name, type));
  }

  private static TrustAnchors anchors() {
    return Offline.anchors(TREE);
  }

  @Test
  void brokenZone_isInsecureFromItsApexDown() {
    TrustAnchors anchors = anchors().withNegativeAnchor(BANK, LATER);
    assertThat(verdict(anchors(), "bank.example.", Type.TXT)).isEqualTo(BOGUS);
    assertThat(verdict(anchors, "bank.example.", Type.TXT)).isEqualTo(INSECURE_DATA);
    assertThat(verdict(anchors, "host.bank.example.", Type.TXT)).isEqualTo(INSECURE_NODATA);
    assertThat(verdict(anchors, "none.bank.example.", Type.TXT)).isEqualTo(INSECURE_NXDOMAIN);
    assertThat(verdict(anchors, "sub.bank.example.", Type.TXT)).isEqualTo(INSECURE_DATA);
    Insecure result = (Insecure) ask(anchors, "host.bank.example.", Type.A);
    assertThat(result.reason()).isEqualTo(InsecureReason.NEGATIVE_TRUST_ANCHOR);
    assertThat(result.zone()).isEqualTo(BANK);
  }

  @Test
  void zonesAbove_areValidatedAsEver() {
    TrustAnchors anchors = anchors().withNegativeAnchor(BANK, LATER);
    assertThat(verdict(anchors, "example.", Type.TXT)).isEqualTo(SECURE_DATA);
    assertThat(verdict(anchors, "bank.example.", Type.DS))
        .as("the parent's")
        .isEqualTo(SECURE_DATA);
  }

  @Test
  void trustAnchorFurtherDown_countsAgain() {
    String ds = TREE.zone("sub.bank.example.").dsRecords(DsForm.SHA256).get(0).toString();
    TrustAnchors anchors =
        TrustAnchors.parse(TREE.trustAnchors().get(0) + "\n" + ds).withNegativeAnchor(BANK, LATER);
    assertThat(verdict(anchors, "sub.bank.example.", Type.TXT)).isEqualTo(SECURE_DATA);
    assertThat(verdict(anchors, "host.bank.example.", Type.A)).isEqualTo(INSECURE_DATA);
  }

  @Test
  void negativeAnchor_countsBeforeATrustAnchorOfTheSameZone() {
    TrustAnchors anchors = anchors().withNegativeAnchor(Name.root, LATER);
    assertThat(verdict(anchors, "example.", Type.TXT)).isEqualTo(INSECURE_DATA);
  }

  @Test
  void zoneUnderANegativeAnchor_signsNothingBelowAnother() {
    DnsTree tree =
        TREE.changed(
            t -> t.zone("example.", zone -> zone.damage("@", Type.TXT, Damage.signedByZone("."))));
    String ds = TREE.zone("example.").dsRecords(DsForm.SHA256).get(0).toString();
    TrustAnchors both = TrustAnchors.parse(TREE.trustAnchors().get(0) + "\n" + ds);
    Offline offline = Offline.over(tree);
    ChainValidator trusting = ChainValidator.trusting(both);
    assertThat(Verdicts.of(offline.with(trusting).ask("example.", Type.TXT)))
        .isEqualTo(SECURE_DATA);
    ChainValidator excepting = ChainValidator.trusting(both.withNegativeAnchor(Name.root, LATER));
    assertThat(Verdicts.of(offline.with(excepting).ask("example.", Type.TXT))).isEqualTo(BOGUS);
  }

  @Test
  void negativeAnchor_endsAtItsTime() {
    TrustAnchors expired = anchors().withNegativeAnchor(BANK, Offline.AT);
    assertThat(verdict(expired, "bank.example.", Type.TXT)).isEqualTo(BOGUS);
    TrustAnchors anchors = anchors().withNegativeAnchor(BANK, LATER);
    Insecure result = (Insecure) ask(anchors, "bank.example.", Type.TXT);
    assertThat(result.validUntil()).as("no cache outlives it").isEqualTo(LATER);
  }

  @Test
  void relativeName_isAMistakeOfTheCaller() {
    Name relative = Name.fromConstantString("bank");
    assertThatThrownBy(() -> anchors().withNegativeAnchor(relative, LATER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dot at the end");
  }
}
