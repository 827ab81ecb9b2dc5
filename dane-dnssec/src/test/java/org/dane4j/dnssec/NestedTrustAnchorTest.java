// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.dnssec.Verdicts.BOGUS;
import static org.dane4j.dnssec.Verdicts.INDETERMINATE;
import static org.dane4j.dnssec.Verdicts.INSECURE_DATA;
import static org.dane4j.dnssec.Verdicts.SECURE_DATA;
import static org.dane4j.dnssec.Verdicts.SECURE_NXDOMAIN;

import java.util.List;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.DsForm;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Trust anchors of several zones: the closest one to a name decides (RFC 4035 §5). */
class NestedTrustAnchorTest {

  private static final String BANK = "bank.example.";

  private static final DnsTree TREE =
      DnsTree.at(Offline.AT)
          .zone(".")
          .zone("example.", zone -> zone.optOut())
          .zone(BANK, zone -> zone.withoutDs().record("@ TXT hello"))
          .build();

  private static final String ROOT = TREE.trustAnchors().get(0);

  private static String ds(DsForm form) {
    return TREE.zone(BANK).dsRecords(form).get(0).toString();
  }

  private static ValidationResult ask(DnsResponder responder, String name, String... anchors) {
    return Offline.over(TREE, responder)
        .with(ChainValidator.trusting(TrustAnchors.parse(String.join("\n", anchors))))
        .ask(name, Type.TXT);
  }

  private static Verdicts verdict(DnsResponder responder, String name, String... anchors) {
    return Verdicts.of(ask(responder, name, anchors));
  }

  @Test
  void closestAnchor_makesAnIslandSecure() {
    assertThat(verdict(TREE, BANK, ROOT)).isEqualTo(INSECURE_DATA);
    assertThat(verdict(TREE, BANK, ROOT, ds(DsForm.SHA256))).isEqualTo(SECURE_DATA);
    String key = TREE.zone(BANK).keys().get(0).dnskey().toString();
    assertThat(verdict(TREE, BANK, ROOT, key)).as("as DNSKEY").isEqualTo(SECURE_DATA);
  }

  @Test
  void anchorAtAHost_isAskedForAhead_whereHostsAreNotExpectedToBeZones() {
    String host = "mx." + BANK;
    TrustAnchors anchors = TrustAnchors.parse(ds(DsForm.SHA256).replace(BANK, host));
    Question tlsa = Question.of("_25._tcp." + host, Type.TLSA);
    assertThat(ChainValidator.trusting(anchors).foresee(tlsa, Offline.AT))
        .containsExactly(Question.of(host, Type.DNSKEY));
  }

  @Test
  void oneAnchorOfSeveral_isEnough() {
    // RFC 6840 Appendix C.2
    assertThat(verdict(TREE, BANK, ds(DsForm.STALE), ds(DsForm.SHA256))).isEqualTo(SECURE_DATA);
    assertThat(verdict(TREE, BANK, ROOT, ds(DsForm.STALE))).isEqualTo(BOGUS);
    assertThat(verdict(TREE, BANK, ds(DsForm.UNKNOWN_DIGEST))).isEqualTo(INSECURE_DATA);
  }

  @Test
  void zoneAboveTheAnchor_cannotMakeItsDataInsecure() {
    // An opt-out span of the parent's says nothing of a zone that is known to be signed.
    String name = "x." + BANK;
    Staged staged = new Staged(TREE);
    RRset encloser = staged.matching("example.", "example.", Type.NS, Type.SOA);
    RRset span = staged.covering("example.", BANK, 1);
    staged.to(name, Type.TXT).authority(encloser, span);
    assertThat(verdict(staged, name, ROOT)).isNotEqualTo(BOGUS);
    assertThat(verdict(staged, name, ROOT, ds(DsForm.SHA256))).isEqualTo(BOGUS);
    RRset delegation = staged.matching("example.", BANK, Type.NS);
    staged.to(name, Type.TXT).authority(delegation);
    assertThat(verdict(staged, name, ROOT, ds(DsForm.SHA256))).isEqualTo(BOGUS);
    RRset below = staged.matching("example.", name, Type.NS);
    staged.to(name, Type.TXT).authority(below);
    assertThat(verdict(staged, name, ROOT, ds(DsForm.SHA256)))
        .as("a delegation by the zone above the anchor, below it")
        .isEqualTo(BOGUS);
  }

  @Test
  void dsRecordOfAZoneAboveTheAnchor_cannotMakeItsDataInsecure() {
    String name = "x." + BANK;
    String unknown = name + " DS 1 200 2 " + "ab".repeat(32);
    Staged staged = new Staged(TREE);
    staged.to(name, Type.TXT).answer(Staged.unsigned(name + " TXT any"));
    staged.to(name, Type.DS).answer(staged.signed("example.", unknown));
    assertThat(verdict(staged, name, ROOT, ds(DsForm.SHA256))).isEqualTo(BOGUS);
    staged.to(name, Type.DS).answer(staged.signed(BANK, unknown));
    assertThat(verdict(staged, name, ROOT, ds(DsForm.SHA256))).isEqualTo(INSECURE_DATA);
  }

  @Test
  void wildcardOfAZoneAboveTheAnchor_cannotMakeItsDataInsecure() {
    Staged staged = new Staged(TREE);
    RRset answer = Staged.renamed(staged.signed("example.", "*.example. TXT any"), BANK);
    staged.to(BANK, Type.TXT).answer(answer).authority(staged.covering("example.", BANK, 1));
    assertThat(verdict(staged, BANK, ROOT)).isEqualTo(INSECURE_DATA);
    assertThat(verdict(staged, BANK, ROOT, ds(DsForm.SHA256))).isEqualTo(BOGUS);
  }

  @Test
  void zoneAboveTheAnchor_withoutAnchorItself_cannotDenyNames() {
    String name = "x." + BANK;
    Staged staged = new Staged(TREE);
    staged
        .to(name, Type.TXT)
        .rcode(Rcode.NXDOMAIN)
        .authority(
            staged.matching("example.", "example.", Type.NS, Type.SOA),
            staged.covering("example.", BANK, 0),
            staged.covering("example.", "*.example.", 0));
    assertThat(verdict(staged, name, ds(DsForm.SHA256))).isEqualTo(BOGUS);
    assertThat(verdict(staged, name, ROOT, ds(DsForm.SHA256)))
        .as("a signed parent may: it could sign another DS as well")
        .isEqualTo(SECURE_NXDOMAIN);
  }

  @Test
  void anchorWhoseKeysCannotBeHad_isNoReasonForInsecure() {
    DnsTree stripped =
        TREE.changed(
            t -> t.zone(BANK, zone -> zone.damageAll(Type.ANY, Damage.strippedSignature())));
    assertThat(verdict(stripped, BANK, ds(DsForm.SHA256))).isEqualTo(INDETERMINATE);
    DnsTree dropped =
        TREE.changed(t -> t.zone(BANK, zone -> zone.damage("@", Type.DNSKEY, Damage.dropped())));
    assertThat(List.of(BOGUS, INDETERMINATE)).contains(verdict(dropped, BANK, ds(DsForm.SHA256)));
  }
}
