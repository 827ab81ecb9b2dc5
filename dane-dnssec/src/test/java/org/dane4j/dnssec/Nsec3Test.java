// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.dnssec.Verdicts.BOGUS;
import static org.dane4j.dnssec.Verdicts.INSECURE_DATA;
import static org.dane4j.dnssec.Verdicts.INSECURE_NODATA;
import static org.dane4j.dnssec.Verdicts.INSECURE_NXDOMAIN;
import static org.dane4j.dnssec.Verdicts.SECURE_DATA;
import static org.dane4j.dnssec.Verdicts.SECURE_NODATA;
import static org.dane4j.dnssec.Verdicts.SECURE_NXDOMAIN;

import java.util.Locale;
import org.dane4j.dnssec.Staged.Shape;
import org.dane4j.testkit.dns.DnsTree;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** What NSEC3 records prove (RFC 5155 §8), and what they do not although they are signed. */
class Nsec3Test {

  private static final String ZONE = "bank.example.";
  private static final String NAME = "m.bank.example.";
  private static final String WILDCARD = "*.bank.example.";
  private static final int OPT_OUT = 1;

  private static final DnsTree TREE =
      DnsTree.at(Offline.AT).zone(".").zone("example.").zone(ZONE, zone -> zone.nsec3()).build();

  private final Staged staged = new Staged(TREE);

  private Verdicts noData(String name, RRset... records) {
    staged.to(name, Type.TXT).authority(records);
    return staged.verdict(name, Type.TXT);
  }

  private Verdicts noName(String name, RRset... records) {
    staged.to(name, Type.TXT).rcode(Rcode.NXDOMAIN).authority(records);
    return staged.verdict(name, Type.TXT);
  }

  private RRset apex() {
    return staged.matching(ZONE, ZONE, Type.NS, Type.SOA);
  }

  private RRset covering(String name) {
    return staged.covering(ZONE, name, 0);
  }

  private RRset optOut(String name) {
    return staged.covering(ZONE, name, OPT_OUT);
  }

  @Test
  void absentName_needsEncloserNextCloserAndWildcard() {
    // RFC 5155 §8.4
    assertThat(noName(NAME, apex(), covering(NAME), covering(WILDCARD))).isEqualTo(SECURE_NXDOMAIN);
    assertThat(noName(NAME, covering(NAME), covering(WILDCARD))).isEqualTo(BOGUS);
    assertThat(noName(NAME, apex(), covering(WILDCARD))).isEqualTo(BOGUS);
    assertThat(noName(NAME, apex(), covering(NAME))).isEqualTo(BOGUS);
  }

  @Test
  void optOut_doesNotReplaceTheProofThatThereIsNoWildcard() {
    // RFC 5155 §8.4
    assertThat(noName(NAME, apex(), optOut(NAME))).isEqualTo(BOGUS);
    assertThat(noName(NAME, apex(), optOut(NAME), covering(WILDCARD))).isEqualTo(INSECURE_NXDOMAIN);
  }

  @Test
  void matchingRecord_deniesATypeThatItDoesNotList() {
    // RFC 5155 §8.5
    assertThat(noData(NAME, staged.matching(ZONE, NAME, Type.A))).isEqualTo(SECURE_NODATA);
    assertThat(noData(NAME, staged.matching(ZONE, NAME, Type.TXT))).isEqualTo(BOGUS);
    assertThat(noData(NAME, staged.matching(ZONE, NAME, Type.CNAME))).isEqualTo(BOGUS);
    assertThat(noData(NAME, staged.matching(ZONE, NAME, Type.NS))).isNotEqualTo(SECURE_NODATA);
    assertThat(noName(NAME, staged.matching(ZONE, NAME, Type.A)))
        .as("whatever the response code says")
        .isEqualTo(SECURE_NODATA);
  }

  @Test
  void wildcardWithoutTheType_needsTheWholeEncloserProof() {
    // RFC 5155 §8.7
    RRset wildcard = staged.matching(ZONE, WILDCARD, Type.A);
    assertThat(noData(NAME, apex(), covering(NAME), wildcard)).isEqualTo(SECURE_NODATA);
    assertThat(noData(NAME, apex(), wildcard)).isEqualTo(BOGUS);
    assertThat(noData(NAME, covering(NAME), wildcard)).isEqualTo(BOGUS);
    assertThat(noData(NAME, apex(), covering(NAME))).isEqualTo(BOGUS);
    assertThat(noData(NAME, apex(), optOut(NAME), wildcard)).isEqualTo(INSECURE_NODATA);
  }

  @Test
  void wildcardAnswer_needsTheNextCloserNameCovered() {
    // RFC 5155 §8.8
    RRset answer = Staged.renamed(staged.signed(ZONE, WILDCARD + " TXT any"), "x." + NAME);
    String name = "x." + NAME;
    staged.to(name, Type.TXT).answer(answer).authority(covering(NAME));
    assertThat(staged.verdict(name, Type.TXT)).isEqualTo(SECURE_DATA);
    staged.to(name, Type.TXT).answer(answer).authority(covering(name));
    assertThat(staged.verdict(name, Type.TXT)).isEqualTo(BOGUS);
    staged.to(name, Type.TXT).answer(answer).authority(optOut(NAME));
    assertThat(staged.verdict(name, Type.TXT)).as("RFC 5155 §9.2").isEqualTo(INSECURE_DATA);
  }

  @Test
  void encloserThatEndsAuthority_isNone() {
    // RFC 5155 §8.3
    String name = "x." + NAME;
    RRset[] rest = {covering(name), covering("*." + NAME)};
    for (int type : new int[] {Type.DNAME, Type.NS}) {
      RRset encloser = staged.matching(ZONE, NAME, type);
      assertThat(noName(name, encloser, rest[0], rest[1])).isNotEqualTo(SECURE_NXDOMAIN);
    }
    RRset encloser = staged.matching(ZONE, NAME, Type.A);
    assertThat(noName(name, encloser, rest[0], rest[1])).isEqualTo(SECURE_NXDOMAIN);
  }

  @Test
  void hashOfOwnerOrNext_isNotCovered() {
    // RFC 5155 §1.3
    RRset owner = staged.nsec3(ZONE, NAME, new Shape(0, 2, 0, 0), Type.A);
    RRset next = staged.nsec3(ZONE, NAME, new Shape(-2, 0, 0, 0), Type.A);
    assertThat(noName(NAME, apex(), owner, covering(WILDCARD))).isNotEqualTo(SECURE_NXDOMAIN);
    assertThat(noName(NAME, apex(), next, covering(WILDCARD))).isEqualTo(BOGUS);
  }

  @Test
  void lastAndOnlyRecords_wrapAround() {
    RRset wrapped = staged.nsec3(ZONE, NAME, new Shape(-1, -2, 0, 0), Type.A);
    assertThat(noName(NAME, apex(), wrapped))
        .as("covers the wildcard too")
        .isEqualTo(SECURE_NXDOMAIN);
    RRset only = staged.nsec3(ZONE, ZONE, new Shape(0, 0, 0, 0), Type.NS, Type.SOA);
    assertThat(noName(NAME, only)).isEqualTo(SECURE_NXDOMAIN);
  }

  @Test
  void unknownFlags_areIgnored() {
    // RFC 5155 §8.2
    RRset strange = staged.covering(ZONE, NAME, 2);
    assertThat(noName(NAME, apex(), strange, covering(WILDCARD))).isEqualTo(BOGUS);
  }

  @Test
  void recordsWithDifferentParameters_eachSayTheTruth() {
    // RFC 5155 §8.2 allows to refuse them.
    RRset other = staged.nsec3(ZONE, WILDCARD, new Shape(-1, 1, 0, 5), Type.A);
    assertThat(noName(NAME, apex(), covering(NAME), other)).isEqualTo(SECURE_NXDOMAIN);
    RRset wrong = staged.nsec3(ZONE, "*.other.example.", new Shape(-1, 1, 0, 5), Type.A);
    assertThat(noName(NAME, apex(), covering(NAME), wrong)).isEqualTo(BOGUS);
  }

  @Test
  void tooManyIterations_makeAbsenceInsecure_ifSigned() {
    // RFC 9276 §3.2
    RRset costly = staged.nsec3(ZONE, NAME, new Shape(0, 1, 0, 101), Type.A);
    assertThat(noData(NAME, costly)).isEqualTo(INSECURE_NODATA);
    RRset unsigned = new RRset(costly.rrs(false).get(0));
    assertThat(noData(NAME, unsigned)).isEqualTo(BOGUS);
  }

  @Test
  void recordThatComesFromAWildcard_isNone() {
    RRset wildcard = staged.signed(ZONE, "*.bank.example. NSEC3 1 0 0 - " + "0".repeat(32) + " A");
    String owner = staged.matching(ZONE, NAME, Type.A).getName().toString();
    assertThat(noData(NAME, Staged.renamed(wildcard, owner))).isEqualTo(BOGUS);
  }

  @Test
  void nsecAndNsec3_areNotPutTogether() {
    RRset nsec = staged.signed(ZONE, "a.bank.example. NSEC z.bank.example. A");
    assertThat(noName(NAME, apex(), nsec, covering(WILDCARD))).isEqualTo(BOGUS);
    assertThat(noName(NAME, nsec, apex(), covering(NAME), covering(WILDCARD)))
        .as("a whole proof is not spoilt")
        .isEqualTo(SECURE_NXDOMAIN);
  }

  @Test
  void ownersHash_isReadInAnyCase() {
    RRset match = staged.matching(ZONE, NAME, Type.A);
    String owner = match.getName().toString();
    String upper = owner.substring(0, 32).toUpperCase(Locale.ROOT) + owner.substring(32);
    assertThat(noData(NAME, Staged.renamed(match, upper))).isEqualTo(SECURE_NODATA);
  }

  @Test
  void absentDs_inAnOptOutSpan_isAnUnsignedDelegation() {
    // RFC 5155 §8.6, §8.9
    staged.to(NAME, Type.TXT).answer(Staged.unsigned(NAME + " TXT any"));
    staged.to(NAME, Type.DS).authority(apex(), optOut(NAME));
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(INSECURE_DATA);
    staged.to(NAME, Type.DS).authority(apex(), covering(NAME));
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(BOGUS);
    staged.to(NAME, Type.DS).authority(optOut(NAME));
    assertThat(staged.verdict(NAME, Type.TXT)).as("without encloser").isEqualTo(BOGUS);
  }

  @Test
  void absentDs_byTheApexOfTheChild_isNoProof() {
    // RFC 5155 §8.6: the SOA bit says that the record is the child's.
    staged.to(NAME, Type.TXT).answer(Staged.unsigned(NAME + " TXT any"));
    staged.to(NAME, Type.DS).authority(staged.matching(ZONE, NAME, Type.NS, Type.SOA));
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(BOGUS);
    staged.to(NAME, Type.DS).authority(staged.matching(ZONE, NAME, Type.NS));
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(INSECURE_DATA);
  }

  @Test
  void absentDs_ofAnAlias_isNoDelegation() {
    // RFC 5155 §8.9 looks for NS, DS and SOA only: what is below the alias may be delegated.
    String below = "x.m.bank.example.";
    staged.to(NAME, Type.DS).authority(staged.matching(ZONE, NAME, Type.CNAME));
    staged.to(below, Type.DS).authority(staged.matching(ZONE, below, Type.NS));
    staged.to(below, Type.TXT).answer(Staged.unsigned(below + " TXT any"));
    assertThat(staged.verdict(below, Type.TXT)).isEqualTo(INSECURE_DATA);
    staged.to(NAME, Type.TXT).answer(Staged.unsigned(NAME + " TXT forged"));
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(BOGUS);
  }

  @Test
  void absentDs_byTooManyIterations_isAnUnsignedDelegation_ifSigned() {
    // RFC 9276 §3.2; the limit holds on the way down as well.
    staged.to(NAME, Type.TXT).answer(Staged.unsigned(NAME + " TXT any"));
    RRset costly = staged.nsec3(ZONE, NAME, new Shape(0, 1, 0, 65535), Type.NS);
    staged.to(NAME, Type.DS).authority(costly);
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(INSECURE_DATA);
    staged.to(NAME, Type.DS).authority(new RRset(costly.rrs(false).get(0)));
    assertThat(staged.verdict(NAME, Type.TXT)).isEqualTo(BOGUS);
  }

  @Test
  void emptyNonTerminalInAnOptOutSpan_isInsecure() {
    // RFC 5155 §7.1, §9.2: one that has only unsigned delegations below may have no record.
    staged.to("x." + NAME, Type.TXT).answer(Staged.unsigned("x." + NAME + " TXT any"));
    staged.to(NAME, Type.DS).authority(apex(), optOut(NAME));
    staged.to("x." + NAME, Type.DS).authority(apex(), optOut(NAME));
    assertThat(staged.verdict("x." + NAME, Type.TXT)).isEqualTo(INSECURE_DATA);
    assertThat(noData(NAME, apex(), optOut(NAME))).isEqualTo(INSECURE_NODATA);
  }
}
