// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.dnssec.Verdicts.BOGUS;
import static org.dane4j.dnssec.Verdicts.INSECURE_DATA;
import static org.dane4j.dnssec.Verdicts.SECURE_NXDOMAIN;

import org.dane4j.dnssec.ValidationResult.Indeterminate;
import org.dane4j.testkit.dns.DnsTree;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * Denials whose signatures cannot be judged yet, or not at all: what is unknown is indeterminate
 * (RFC 4035 §4.3), and never an unsigned delegation (RFC 4035 §5.2).
 */
class UnknownDenialTest {

  private static final String BANK = "bank.example.";
  private static final String HOST = "m.bank.example.";
  private static final Question SUBZONE = Question.of("k.bank.example.", Type.DS);

  private static final DnsTree TREE =
      DnsTree.at(Offline.AT)
          .zone(".")
          .zone("example.")
          .zone(BANK, zone -> zone.record("m A 192.0.2.1"))
          .zone("k.bank.example.")
          .build();

  private static final Question DELEGATION = Question.of(HOST, Type.DS);
  private static final Question DATA = Question.of(HOST, Type.TXT);

  private static final ChainValidator VALIDATOR = ChainValidator.trusting(Offline.anchors(TREE));

  private final Staged staged = new Staged(TREE);

  /**
   * An NSEC record that says "delegated without DS" and claims two signers: the zone above, whose
   * signature is none, and one below it, whose keys are yet to be had.
   */
  private RRset undecided(String line) {
    RRset rrset = staged.signed("k.bank.example.", line);
    RRSIGRecord wrong =
        staged.signed(BANK, "z.bank.example. NSEC zz.bank.example. A").sigs().get(0);
    rrset.addRR(wrong.withName(rrset.getName()));
    return rrset;
  }

  /** All that a verdict about forged data needs, but nothing about the second signer's zone. */
  private Evidence.Builder evidence(RRset... denials) {
    staged.to(HOST, Type.TXT).answer(Staged.unsigned(HOST + " TXT forged"));
    staged.to(HOST, Type.DS).authority(denials);
    Offline offline = Offline.over(TREE, staged);
    offline.ask(DATA);
    Evidence all = offline.evidence();
    Evidence.Builder known = Evidence.builder().from(all, DATA).from(all, DELEGATION);
    for (String zone : new String[] {".", "example.", BANK}) {
      known.from(all, Question.of(zone, Type.DS)).from(all, Question.of(zone, Type.DNSKEY));
    }
    return known;
  }

  private static ValidationResult judge(Evidence.Builder evidence) {
    return VALIDATOR.validate(DATA, evidence.build(), Offline.AT);
  }

  @Test
  void denialWhoseSignerIsNotKnownYet_isIndeterminate_andNamesWhatIsMissing() {
    // RFC 4035 §4.3, §5.2
    ValidationResult result =
        judge(evidence(undecided("x.k.bank.example. NSEC k.bank.example. NS")));
    assertThat(result).isInstanceOf(Indeterminate.class);
    assertThat(((Indeterminate) result).missing()).contains(SUBZONE);
  }

  @Test
  void denialWhoseSignerCannotBeAsked_isIndeterminate() {
    // RFC 4035 §4.3
    Evidence.Builder evidence = evidence(undecided("x.k.bank.example. NSEC k.bank.example. NS"));
    evidence
        .failure(SUBZONE, FetchFailure.TIMEOUT, "")
        .failure(Question.of("k.bank.example.", Type.DNSKEY), FetchFailure.TIMEOUT, "");
    ValidationResult result = judge(evidence);
    assertThat(result).isInstanceOf(Indeterminate.class);
    assertThat(((Indeterminate) result).missing()).isEmpty();
    assertThat(result.explanation()).contains("k.bank.example. DS");
  }

  @Test
  void deniedDelegationBesideAnUnknownSigner_isWhatTheProvenRecordSays() {
    // RFC 6840 §4.4: NS without SOA is a delegation, and what is proven needs nothing else.
    RRset unknown = undecided("x.k.bank.example. NSEC k.bank.example. NS");
    RRset proof = staged.signed(BANK, HOST + " NSEC z.bank.example. NS RRSIG NSEC");
    assertThat(Verdicts.of(judge(evidence(unknown, proof)))).isEqualTo(INSECURE_DATA);
    RRset noCut = staged.signed(BANK, HOST + " NSEC z.bank.example. TXT RRSIG NSEC");
    assertThat(Verdicts.of(judge(evidence(unknown, noCut)))).isEqualTo(BOGUS);
  }

  @Test
  void denialOfACloserZone_isWaitedFor_beforeOneFartherUpMakesTheNameInsecure() {
    // RFC 9276 §3.2: what the root denies here counts as insecure.
    DnsTree tree = TREE.changed(t -> t.zone(".", zone -> zone.nsec3(101, "")));
    Question none = Question.of("none.example.", Type.A);
    Staged both = new Staged(tree);
    both.to("none.example.", Type.A)
        .rcode(Rcode.NXDOMAIN)
        .authority(both.nsec3(".", "example.", new Staged.Shape(0, 1, 0, 101), Type.NS))
        .authority(both.signed("example.", "example. NSEC o.example. NS SOA RRSIG NSEC DNSKEY"));
    ChainValidator validator = ChainValidator.trusting(Offline.anchors(tree));
    Offline offline = Offline.over(tree, both);
    assertThat(Verdicts.of(offline.ask(none))).isEqualTo(SECURE_NXDOMAIN);
    Evidence all = offline.evidence();
    Evidence.Builder partly =
        Evidence.builder().from(all, none).from(all, Question.of(".", Type.DNSKEY));
    assertThat(validator.validate(none, partly.build(), Offline.AT))
        .isInstanceOf(Indeterminate.class);
    partly.failure(Question.of("example.", Type.DS), FetchFailure.TIMEOUT, "");
    partly.failure(Question.of("example.", Type.DNSKEY), FetchFailure.TIMEOUT, "");
    assertThat(validator.validate(none, partly.build(), Offline.AT))
        .isInstanceOf(Indeterminate.class);
  }

  @Test
  void denialOfACloserZone_isWaitedFor_beforeOneFartherUpMakesTheNameBogus() {
    // RFC 4035 §4.3: what is not known yet is not wrong.
    Question none = Question.of("n.bank.example.", Type.A);
    Staged both = new Staged(TREE);
    both.to("n.bank.example.", Type.A)
        .rcode(Rcode.NXDOMAIN)
        .authority(both.signed("example.", "a.example. NSEC b.example. A"))
        .authority(both.signed(BANK, BANK + " NSEC o.bank.example. NS SOA"));
    Offline offline = Offline.over(TREE, both);
    assertThat(Verdicts.of(offline.ask(none))).isEqualTo(SECURE_NXDOMAIN);
    Evidence all = offline.evidence();
    Evidence.Builder partly = Evidence.builder().from(all, none);
    for (String zone : new String[] {".", "example."}) {
      partly.from(all, Question.of(zone, Type.DS)).from(all, Question.of(zone, Type.DNSKEY));
    }
    ValidationResult result = VALIDATOR.validate(none, partly.build(), Offline.AT);
    assertThat(((Indeterminate) result).missing()).contains(Question.of(BANK, Type.DS));
  }

  @Test
  void recordsThatZonesBesideTheNameSigned_causeNoQuestions() {
    // Otherwise whoever writes a response chooses what else is asked.
    Staged wide = new Staged(TREE);
    wide.to("n.bank.example.", Type.A)
        .rcode(Rcode.NXDOMAIN)
        .authority(wide.signed(BANK, BANK + " NSEC o.bank.example. NS SOA"))
        .authority(wide.signed("k.bank.example.", "k.bank.example. NSEC l.bank.example. A"));
    Offline offline = Offline.over(TREE, wide);
    assertThat(Verdicts.of(offline.ask("n.bank.example.", Type.A))).isEqualTo(SECURE_NXDOMAIN);
    assertThat(offline.rounds()).allSatisfy(round -> assertThat(round).doesNotContain(SUBZONE));
  }
}
