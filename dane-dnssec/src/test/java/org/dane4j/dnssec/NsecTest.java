// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.dnssec.Verdicts.BOGUS;
import static org.dane4j.dnssec.Verdicts.INSECURE_DATA;
import static org.dane4j.dnssec.Verdicts.INSECURE_NODATA;
import static org.dane4j.dnssec.Verdicts.SECURE_DATA;
import static org.dane4j.dnssec.Verdicts.SECURE_NODATA;
import static org.dane4j.dnssec.Verdicts.SECURE_NXDOMAIN;

import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.testkit.dns.DnsTree;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What NSEC records prove, and what they do not although their signatures are good. */
class NsecTest {

  private static final String ZONE = "bank.example.";
  private static final String NAME = "m.bank.example.";

  private static final DnsTree TREE =
      DnsTree.at(Offline.AT)
          .zone(".")
          .zone("example.")
          .zone(ZONE, zone -> zone.record("m A 192.0.2.1"))
          .build();

  private final Staged staged = new Staged(TREE);

  private RRset nsec(String line) {
    return staged.signed(ZONE, line);
  }

  /** Answers a question about TXT with a denial. */
  private Verdicts denied(String name, int rcode, String... nsecs) {
    Staged.Reply reply = staged.to(name, Type.TXT).rcode(rcode);
    reply.authority(TREE.zone(ZONE).honestRrset("@", Type.SOA).orElseThrow());
    for (String line : nsecs) {
      reply.authority(nsec(line));
    }
    return staged.verdict(name, Type.TXT);
  }

  private Verdicts noData(String name, String... nsecs) {
    return denied(name, Rcode.NOERROR, nsecs);
  }

  private Verdicts noName(String name, String... nsecs) {
    return denied(name, Rcode.NXDOMAIN, nsecs);
  }

  @Test
  void matchingRecord_deniesATypeThatItDoesNotList() {
    // RFC 4035 §5.4
    assertThat(noData(NAME, NAME + " NSEC z.bank.example. A")).isEqualTo(SECURE_NODATA);
    assertThat(noData(NAME, NAME + " NSEC z.bank.example. A TXT")).isEqualTo(BOGUS);
  }

  @Test
  void recordThatListsCname_deniesNothing() {
    // RFC 6840 §4.3: the alias was taken away.
    assertThat(noData(NAME, NAME + " NSEC z.bank.example. CNAME")).isEqualTo(BOGUS);
  }

  @Test
  void recordOfADelegation_speaksOfDsOnly() {
    // RFC 6840 §4.1
    assertThat(noData(ZONE, ZONE + " NSEC m.bank.example. NS SOA")).isEqualTo(SECURE_NODATA);
    RRset parentSide = staged.signed("example.", ZONE + " NSEC c.example. NS DS");
    staged.to(ZONE, Type.TXT).authority(parentSide);
    assertThat(staged.verdict(ZONE, Type.TXT)).isEqualTo(BOGUS);
  }

  @Test
  void recordFromBelowTheCut_doesNotDenyDs() {
    // RFC 4035 §5.2
    RRset childSide = nsec(ZONE + " NSEC m.bank.example. NS SOA");
    staged.to(ZONE, Type.DS).authority(childSide);
    assertThat(staged.verdict(ZONE, Type.DS)).isEqualTo(BOGUS);
    assertThat(staged.verdict(NAME, Type.A)).isEqualTo(BOGUS);
  }

  @Test
  void emptyNonTerminal_isShownByTheNextName() {
    assertThat(noData("ent.bank.example.", "e.bank.example. NSEC a.ent.bank.example. A"))
        .isEqualTo(SECURE_NODATA);
    assertThat(noName("ent.bank.example.", "e.bank.example. NSEC a.ent.bank.example. A"))
        .as("whatever the response code says")
        .isEqualTo(SECURE_NODATA);
  }

  @Test
  void wildcardWithoutTheType_needsTheProofThatTheNameIsNotThere() {
    // RFC 4035 §3.1.3.4
    String wildcard = "*.bank.example. NSEC b.bank.example. A";
    assertThat(noData(NAME, wildcard, "l.bank.example. NSEC n.bank.example. A"))
        .isEqualTo(SECURE_NODATA);
    assertThat(noData(NAME, wildcard)).isEqualTo(BOGUS);
    assertThat(noData(NAME, "l.bank.example. NSEC n.bank.example. A")).isEqualTo(BOGUS);
  }

  @Test
  void wildcardThatIsAnEmptyNonTerminal_hasNoDataForAnyName() {
    // RFC 4592 §3.3.1: it exists, and so is the source of synthesis.
    String cover = "l.bank.example. NSEC n.bank.example. A";
    String emptyWildcard = ZONE + " NSEC a.*.bank.example. NS SOA";
    assertThat(noData(NAME, emptyWildcard, cover)).isEqualTo(SECURE_NODATA);
    assertThat(staged.ask(NAME, Type.TXT).proof().toString())
        .contains("the wildcard *.bank.example. has no records, there are names below it");
    assertThat(noName(NAME, emptyWildcard, cover))
        .as("whatever the response code says")
        .isEqualTo(SECURE_NODATA);
    assertThat(noData(NAME, emptyWildcard)).as("the name may exist").isEqualTo(BOGUS);
    String other = "ent.bank.example. NSEC a.*.ent.bank.example. A";
    assertThat(noData(NAME, other, cover)).as("another wildcard").isEqualTo(BOGUS);
  }

  @Test
  void wildcardOfAnotherEncloser_isNotTheOne() {
    String name = "x.ent.bank.example.";
    String cover = "a.ent.bank.example. NSEC z.ent.bank.example. A";
    assertThat(noData(name, "*.bank.example. NSEC b.bank.example. A", cover)).isEqualTo(BOGUS);
    assertThat(noData(name, "*.ent.bank.example. NSEC a.ent.bank.example. A", cover))
        .isEqualTo(SECURE_NODATA);
  }

  @Test
  void absentName_needsTheProofThatNoWildcardStandsForIt() {
    // RFC 4035 §5.4
    String cover = "l.bank.example. NSEC n.bank.example. A";
    assertThat(noName(NAME, cover)).isEqualTo(BOGUS);
    assertThat(noName(NAME, cover, ZONE + " NSEC a.bank.example. NS SOA"))
        .isEqualTo(SECURE_NXDOMAIN);
    assertThat(noName(NAME, ZONE + " NSEC z.bank.example. NS SOA"))
        .as("one record may do both")
        .isEqualTo(SECURE_NXDOMAIN);
  }

  @Test
  void proofThatTheNameIsAbsent_isNoProofForNoData() {
    assertThat(noData(NAME, ZONE + " NSEC z.bank.example. NS SOA")).isEqualTo(BOGUS);
  }

  @Test
  void dnameOrDelegationAbove_endsWhatARecordSays() {
    // RFC 6840 §4.1
    String apex = ZONE + " NSEC a.bank.example. NS SOA";
    for (String types : new String[] {"DNAME", "NS", "NS DS"}) {
      assertThat(
              noName(
                  "x.sub.bank.example.", apex, "sub.bank.example. NSEC z.bank.example. " + types))
          .as(types)
          .isNotEqualTo(SECURE_NXDOMAIN);
    }
    assertThat(
            noName(
                "x.sub.bank.example.",
                apex,
                "sub.bank.example. NSEC z.bank.example. A",
                "sub.bank.example. NSEC z.bank.example. A"))
        .as("the wildcard below it is covered as well")
        .isEqualTo(SECURE_NXDOMAIN);
  }

  @Test
  void lastRecord_wrapsAround() {
    // RFC 4034 §4.1.1
    String last = "m.bank.example. NSEC bank.example. A";
    String apex = ZONE + " NSEC a.bank.example. NS SOA";
    assertThat(noName("n.bank.example.", last, apex)).isEqualTo(SECURE_NXDOMAIN);
    assertThat(noName("l.bank.example.", last, apex)).isEqualTo(BOGUS);
  }

  @Test
  void onlyRecordOfAZone_coversAllButItself() {
    assertThat(noName("n.bank.example.", ZONE + " NSEC " + ZONE + " NS SOA"))
        .isEqualTo(SECURE_NXDOMAIN);
    assertThat(noData(ZONE, ZONE + " NSEC " + ZONE + " NS SOA")).isEqualTo(SECURE_NODATA);
  }

  @Test
  void recordThatPointsOutOfItsZone_isIgnored() {
    assertThat(noName(NAME, ZONE + " NSEC zz.example. NS SOA")).isEqualTo(BOGUS);
    assertThat(noName(NAME, ZONE + " NSEC www.other.test. NS SOA")).isEqualTo(BOGUS);
  }

  @Test
  void expandedRecord_speaksOfTheWildcardOnly() {
    // What it says of the wildcard's own name would make an unsigned delegation of any other.
    RRset atWildcard = nsec("*.bank.example. NSEC z.bank.example. NS RRSIG NSEC");
    staged.to(NAME, Type.DS).authority(Staged.renamed(atWildcard, NAME));
    staged.to(NAME, Type.TXT).answer(Staged.unsigned(NAME + " TXT forged"));
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(BOGUS);
    staged.to(NAME, Type.DS).authority(nsec(NAME + " NSEC z.bank.example. NS RRSIG NSEC"));
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(INSECURE_DATA);
  }

  @Test
  void wildcardAnswer_needsTheProofThatNoCloserNameExists() {
    // RFC 4035 §5.3.4
    RRset answer = Staged.renamed(nsec("*.bank.example. TXT any"), NAME);
    staged.to(NAME, Type.TXT).answer(answer);
    Bogus bogus = (Bogus) staged.ask(NAME, Type.TXT);
    assertThat(bogus.reason()).isEqualTo(BogusReason.WILDCARD_UNPROVEN);
    staged
        .to(NAME, Type.TXT)
        .answer(answer)
        .authority(nsec("l.bank.example. NSEC n.bank.example. A"));
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(SECURE_DATA);
    staged.to(NAME, Type.TXT).answer(answer).authority(nsec(NAME + " NSEC n.bank.example. A"));
    assertThat(staged.verdict(NAME, Type.TXT)).as("the name exists").isEqualTo(BOGUS);
  }

  @Test
  void wildcardAboveTheClosestEncloser_isNotTheOneToExpand() {
    String name = "x.ent.bank.example.";
    RRset answer = Staged.renamed(nsec("*.bank.example. TXT any"), name);
    RRset cover = nsec("a.ent.bank.example. NSEC z.ent.bank.example. A");
    staged.to(name, Type.TXT).answer(answer).authority(cover);
    assertThat(staged.verdict(name, Type.TXT)).isEqualTo(BOGUS);
  }

  @Test
  void dsDenial_withoutNs_isNoDelegation() {
    // RFC 6840 §4.4: what is not delegated is not unsigned either.
    staged.to(NAME, Type.DS).authority(nsec(NAME + " NSEC z.bank.example. A"));
    staged.to("x.m.bank.example.", Type.DS).authority(nsec(NAME + " NSEC z.bank.example. A"));
    staged.to(NAME, Type.TXT).answer(Staged.unsigned(NAME + " TXT forged"));
    Bogus bogus = (Bogus) staged.ask(NAME, Type.TXT);
    assertThat(bogus.reason()).isEqualTo(BogusReason.SIGNATURE_MISSING);
    staged.to(NAME, Type.DS).authority(nsec(NAME + " NSEC z.bank.example. NS"));
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(INSECURE_DATA);
    staged.to(NAME, Type.DS).authority(nsec(NAME + " NSEC z.bank.example. NS DS"));
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(BOGUS);
  }

  @Test
  void dsDenial_ofAnAlias_isNoDelegation() {
    // RFC 6840 §4.4 looks for NS, DS and SOA only: what is below the alias may be delegated.
    String below = "x.m.bank.example.";
    staged.to(NAME, Type.DS).authority(nsec(NAME + " NSEC x.m.bank.example. CNAME"));
    staged.to(below, Type.DS).authority(nsec(below + " NSEC z.bank.example. NS"));
    staged.to(below, Type.TXT).answer(Staged.unsigned(below + " TXT any"));
    assertThat(staged.verdict(below, Type.TXT)).isEqualTo(INSECURE_DATA);
    staged.to(NAME, Type.TXT).answer(Staged.unsigned(NAME + " TXT forged"));
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(BOGUS);
    assertThat(noData(NAME, NAME + " NSEC x.m.bank.example. CNAME")).isEqualTo(BOGUS);
  }

  @Test
  void unsignedDelegationAbove_isSeenInTheDenialItself() {
    // RFC 6840 §4.4, and no DS query is needed.
    String name = "x.m.bank.example.";
    staged.to(NAME, Type.DS).rcode(Rcode.SERVFAIL);
    assertThat(noData(name, NAME + " NSEC z.bank.example. NS")).isEqualTo(INSECURE_NODATA);
    assertThat(noData(name, NAME + " NSEC z.bank.example. NS DS")).isEqualTo(BOGUS);
    assertThat(noData(name, NAME + " NSEC z.bank.example. NS SOA")).isEqualTo(BOGUS);
    assertThat(noData(name, NAME + " NSEC z.bank.example. A")).isEqualTo(BOGUS);
  }

  @Test
  void reason_tellsMissingRecordsFromInsufficientOnes() {
    // RFC 8914 §4.13
    assertThat(noName(NAME)).isEqualTo(BOGUS);
    Bogus missing = (Bogus) staged.ask(NAME, Type.TXT);
    assertThat(missing.reason().extendedError()).isEqualTo(12);
    assertThat(noName(NAME, "x.bank.example. NSEC z.bank.example. A")).isEqualTo(BOGUS);
    Bogus insufficient = (Bogus) staged.ask(NAME, Type.TXT);
    assertThat(insufficient.reason()).isEqualTo(BogusReason.DENIAL_WRONG);
  }
}
