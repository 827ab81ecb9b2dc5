// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;

import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.dnssec.ValidationResult.Indeterminate;
import org.dane4j.testkit.dns.Asked;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsTree;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Of several reasons why there is no answer, the one that helps most is reported (RFC 8914). */
class ExtendedErrorTest {

  private static final String NAME = "m.bank.example.";

  private static final DnsTree TREE =
      DnsTree.at(Offline.AT)
          .zone(".")
          .zone("example.")
          .zone("bank.example.", zone -> zone.record("m TXT hello"))
          .build();

  private final Staged staged = new Staged(TREE);

  private static int errorOf(DnsResponder responder) {
    Indeterminate result = (Indeterminate) Offline.over(TREE, responder).ask(NAME, Type.TXT);
    return result.extendedError().orElse(-1);
  }

  @Test
  void keysThatCannotBeHad_areMissing() {
    // RFC 8914 §4.10
    assertThat(errorOf(TREE.failing(Asked.type(Type.DNSKEY), Rcode.SERVFAIL))).isEqualTo(9);
    assertThat(errorOf(TREE.dropping(Asked.type(Type.DNSKEY)))).isEqualTo(9);
  }

  @Test
  void upstreamThatDoesNotAnswer_isTheError() {
    // RFC 8914 §4.23, §4.24
    assertThat(errorOf(TREE.failing(Asked.type(Type.TXT), Rcode.SERVFAIL))).isEqualTo(22);
    assertThat(errorOf(TREE.dropping(Asked.type(Type.TXT)))).isEqualTo(23);
  }

  @Test
  void questionNotYetAsked_isNoError() {
    ValidationResult result =
        ChainValidator.trusting(Offline.anchors(TREE))
            .validate(Question.of(NAME, Type.TXT), Evidence.builder().build(), Offline.AT);
    assertThat(((Indeterminate) result).extendedError()).isEmpty();
    assertThat(Indeterminate.because(result.question(), FetchFailure.CANCELED).extendedError())
        .isEmpty();
  }

  @Test
  void wrongSignature_isReported_thoughTheDelegationCannotBeAskedFor() {
    RRset expired =
        Damage.expired()
            .applyTo(
                TREE.zone("bank.example.").honestRrset("m", Type.TXT).orElseThrow(),
                TREE.zone("bank.example."))
            .orElseThrow();
    staged.to(NAME, Type.TXT).answer(expired);
    staged.to(NAME, Type.DS).rcode(Rcode.SERVFAIL);
    assertThat(((Bogus) staged.ask(NAME, Type.TXT)).reason()).isEqualTo(BogusReason.EXPIRED);
    staged.to(NAME, Type.TXT).answer(new RRset(expired.rrs(false).get(0)));
    assertThat(staged.ask(NAME, Type.TXT))
        .as("without a signature the zone may be unsigned")
        .isInstanceOf(Indeterminate.class);
  }

  @Test
  void unsignedData_areReported_ratherThanTheirUnexplainedDelegation() {
    staged.to(NAME, Type.TXT).answer(Staged.unsigned(NAME + " TXT forged"));
    staged.to(NAME, Type.DS);
    Bogus bogus = (Bogus) staged.ask(NAME, Type.TXT);
    assertThat(bogus.reason()).isEqualTo(BogusReason.SIGNATURE_MISSING);
    assertThat(bogus.reason().extendedError()).isEqualTo(10);
  }

  private static RRset damaged(Damage damage, String zone, String owner, int type) {
    RRset honest = TREE.zone(zone).honestRrset(owner, type).orElseThrow();
    return damage.applyTo(honest, TREE.zone(zone)).orElseThrow();
  }

  private BogusReason reason() {
    return ((Bogus) staged.ask(NAME, Type.TXT)).reason();
  }

  @Test
  void brokenDelegation_isReported_ratherThanTheUnsignedDataBelow() {
    // RFC 8914 §4.8: mending the DS RRset's signature is what helps.
    staged.to(NAME, Type.TXT).answer(Staged.unsigned(NAME + " TXT any"));
    RRset ds = damaged(Damage.expired(), "example.", "bank", Type.DS);
    staged.to("bank.example.", Type.DS).answer(ds);
    assertThat(reason()).isEqualTo(BogusReason.EXPIRED);
  }

  @Test
  void expiredData_areReported_thoughTheDelegationIsWrongAsWell() {
    staged.to(NAME, Type.TXT).answer(damaged(Damage.expired(), "bank.example.", "m", Type.TXT));
    RRset ds = damaged(Damage.corruptSignature(), "example.", "bank", Type.DS);
    staged.to("bank.example.", Type.DS).answer(ds);
    assertThat(reason()).isEqualTo(BogusReason.EXPIRED);
  }

  @Test
  void expiredDenial_isReportedAsExpired() {
    // RFC 8914 §4.8
    RRset apex = damaged(Damage.expired(), "bank.example.", "@", Type.NSEC);
    RRset name = TREE.zone("bank.example.").honestRrset("m", Type.NSEC).orElseThrow();
    staged.to("n.bank.example.", Type.TXT).rcode(Rcode.NXDOMAIN).authority(apex, name);
    Bogus bogus = (Bogus) staged.ask("n.bank.example.", Type.TXT);
    assertThat(bogus.reason()).isEqualTo(BogusReason.EXPIRED);
  }

  @Test
  void denialsOfTwoZones_areReportedByTheCloser() {
    RRset own = damaged(Damage.expired(), "bank.example.", "@", Type.NSEC);
    RRset parents = damaged(Damage.corruptSignature(), "example.", "@", Type.NSEC);
    for (RRset[] order : new RRset[][] {{own, parents}, {parents, own}}) {
      staged.to("n.bank.example.", Type.TXT).rcode(Rcode.NXDOMAIN).authority(order);
      Bogus bogus = (Bogus) staged.ask("n.bank.example.", Type.TXT);
      assertThat(bogus.reason()).isEqualTo(BogusReason.EXPIRED);
      assertThat(bogus.detail()).contains("denial records of bank.example.");
    }
  }

  @Test
  void keysThatNothingVouchesFor_areReportedWithTheTagsThatAreLookedFor() {
    String unknown = "1 13 2 " + "ab".repeat(32);
    ChainValidator validator = ChainValidator.trusting(TrustAnchors.parse(". IN DS " + unknown));
    ValidationResult result = Offline.over(TREE).with(validator).ask(NAME, Type.TXT);
    assertThat(((Bogus) result).reason()).isEqualTo(BogusReason.KEY_MISSING);
    assertThat(((Bogus) result).detail()).contains("the trust anchors (key tags 1)");
    RRset ds = staged.signed("example.", "bank.example. DS " + unknown);
    staged.to("bank.example.", Type.DS).answer(ds);
    assertThat(((Bogus) staged.ask(NAME, Type.TXT)).detail())
        .contains("the DS records (key tags 1)");
  }
}
