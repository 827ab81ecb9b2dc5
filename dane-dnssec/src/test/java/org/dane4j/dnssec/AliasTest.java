// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.dnssec.Verdicts.BOGUS;
import static org.dane4j.dnssec.Verdicts.INDETERMINATE;
import static org.dane4j.dnssec.Verdicts.INSECURE_NODATA;
import static org.dane4j.dnssec.Verdicts.SECURE_DATA;
import static org.dane4j.dnssec.Verdicts.SECURE_NODATA;
import static org.dane4j.dnssec.Verdicts.SECURE_NXDOMAIN;

import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.dnssec.ValidationResult.Indeterminate;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.testkit.dns.DnsTree;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** CNAME and DNAME records: what they prove, and what is asked behind them. */
class AliasTest {

  private static final DnsTree TREE =
      DnsTree.at(Offline.AT)
          .zone(".")
          .zone("example.")
          .zone(
              "bank.example.",
              zone ->
                  zone.record(
                      """
                      host A 192.0.2.1
                      alias CNAME host
                      nowhere CNAME none
                      moved DNAME new
                      x.new A 192.0.2.2
                      long DNAME %s
                      """
                          .formatted("l".repeat(63) + "." + "l".repeat(63) + "." + "l".repeat(63))))
          .zone("signed.bank.example.", zone -> zone.record("host A 192.0.2.8"))
          .zone("unsigned.bank.example.", zone -> zone.unsigned().record("host A 192.0.2.9"))
          .build();

  private final Staged staged = new Staged(TREE);

  private static RRset dname() {
    return TREE.zone("bank.example.").honestRrset("moved", Type.DNAME).orElseThrow();
  }

  private static RRset alias() {
    return TREE.zone("bank.example.").honestRrset("alias", Type.CNAME).orElseThrow();
  }

  private static Name target(Secure secure) {
    Answer.Positive positive = (Answer.Positive) secure.answer();
    return ((CNAMERecord) positive.rrset().records().get(0)).getTarget();
  }

  @Test
  void queryForCname_isNotFollowed() {
    Secure secure = (Secure) staged.ask("alias.bank.example.", Type.CNAME);
    assertThat(target(secure)).hasToString("host.bank.example.");
    assertThat(secure.aliases()).isEmpty();
    assertThat(staged.verdict("nowhere.bank.example.", Type.CNAME)).isEqualTo(SECURE_DATA);
    assertThat(staged.verdict("host.bank.example.", Type.CNAME)).isEqualTo(SECURE_NODATA);
  }

  @Test
  void queryForCnameBelowDname_isProvenByTheDname() {
    // RFC 6672 §5.3.1
    Secure secure = (Secure) staged.ask("x.moved.bank.example.", Type.CNAME);
    assertThat(target(secure)).hasToString("x.new.bank.example.");
    assertThat(secure.proof().toString()).contains("DNAME, signed by bank.example.");
  }

  @Test
  void dnameWithoutSynthesizedCname_isEnough() {
    // RFC 6672 §3.1
    staged.to("x.moved.bank.example.", Type.CNAME).answer(dname());
    staged.to("x.moved.bank.example.", Type.A).answer(dname());
    Secure secure = (Secure) staged.ask("x.moved.bank.example.", Type.CNAME);
    assertThat(target(secure)).hasToString("x.new.bank.example.");
    assertThat(staged.verdict("x.moved.bank.example.", Type.A)).isEqualTo(SECURE_DATA);
  }

  @Test
  void synthesizedCnameThatContradictsItsDname_isBogus() {
    RRset lie = Staged.unsigned("x.moved.bank.example. CNAME host.bank.example.");
    for (int type : new int[] {Type.A, Type.CNAME}) {
      staged.to("x.moved.bank.example.", type).answer(dname(), lie);
      Bogus bogus = (Bogus) staged.ask("x.moved.bank.example.", type);
      assertThat(bogus.reason()).isEqualTo(BogusReason.ALIASES);
    }
  }

  @Test
  void unsignedCnameWithoutDname_isBogus() {
    RRset lie = Staged.unsigned("host.bank.example. CNAME alias.bank.example.");
    staged.to("host.bank.example.", Type.CNAME).answer(lie);
    staged.to("host.bank.example.", Type.AAAA).answer(lie);
    assertThat(staged.verdict("host.bank.example.", Type.CNAME)).isEqualTo(BOGUS);
    assertThat(staged.verdict("host.bank.example.", Type.AAAA)).isEqualTo(BOGUS);
  }

  @Test
  void queryForDname_isDataAtItsOwnerOnly() {
    assertThat(staged.verdict("moved.bank.example.", Type.DNAME)).isEqualTo(SECURE_DATA);
    assertThat(staged.verdict("moved.bank.example.", Type.A)).isEqualTo(SECURE_NODATA);
    assertThat(staged.verdict("y.moved.bank.example.", Type.DNAME)).isEqualTo(SECURE_NXDOMAIN);
  }

  @Test
  void dnameFromWildcard_isRefused() {
    // RFC 6672 §3.3
    RRset wildcard = staged.signed("bank.example.", "*.bank.example. DNAME new.bank.example.");
    RRset expanded = Staged.renamed(wildcard, "some.bank.example.");
    RRset denial = staged.signed("bank.example.", "so.bank.example. NSEC t.bank.example. A");
    staged.to("x.some.bank.example.", Type.A).answer(expanded).authority(denial);
    assertThat(staged.verdict("x.some.bank.example.", Type.A)).isEqualTo(BOGUS);
  }

  @Test
  void nameThatDnameMakesTooLong_isAnErrorOfTheName() {
    // RFC 6672 §2.2
    String name = "x".repeat(63) + ".long.bank.example.";
    Indeterminate result = (Indeterminate) staged.ask(name, Type.A);
    assertThat(result.explanation()).contains("YXDOMAIN");
    RRset dname = TREE.zone("bank.example.").honestRrset("long", Type.DNAME).orElseThrow();
    staged.to(name, Type.A).answer(dname);
    assertThat(staged.verdict(name, Type.A)).isEqualTo(BOGUS);
  }

  @Test
  void tailThatTheUpstreamLeavesOut_isAskedFor() {
    // RFC 2308 §2.1: an NXDOMAIN response may have nothing but the alias.
    staged.to("alias.bank.example.", Type.A).answer(alias()).rcode(Rcode.NXDOMAIN);
    staged.to("alias.bank.example.", Type.AAAA).answer(alias());
    assertThat(staged.verdict("alias.bank.example.", Type.A)).isEqualTo(SECURE_DATA);
    assertThat(staged.verdict("alias.bank.example.", Type.AAAA)).isEqualTo(SECURE_NODATA);
  }

  @Test
  void nxDomainBehindAlias_isAboutTheTarget() {
    // RFC 6604 §3
    Secure secure = (Secure) staged.ask("nowhere.bank.example.", Type.A);
    assertThat(secure.answer()).isInstanceOf(Answer.NxDomain.class);
    assertThat(secure.answer().name()).hasToString("none.bank.example.");
  }

  @Test
  void proofOfUnsignedDelegationBesideTheAlias_counts() {
    // RFC 4035 §5.2: the same record that a query for DS would bring.
    String target = "host.unsigned.bank.example.";
    RRset cname = staged.signed("bank.example.", "far.bank.example. CNAME " + target);
    RRset soa = Staged.unsigned("unsigned.bank.example. SOA a. b. 1 2 3 4 5");
    RRset proof = TREE.zone("bank.example.").honestRrset("unsigned", Type.NSEC).orElseThrow();
    staged.to("far.bank.example.", Type.AAAA).answer(cname).authority(proof);
    staged.to(target, Type.AAAA).authority(soa);
    staged.to("unsigned.bank.example.", Type.DS).rcode(Rcode.SERVFAIL);
    assertThat(staged.verdict("far.bank.example.", Type.AAAA)).isEqualTo(INSECURE_NODATA);
    staged.to("far.bank.example.", Type.AAAA).answer(cname);
    assertThat(staged.verdict("far.bank.example.", Type.AAAA)).isEqualTo(INDETERMINATE);
  }

  @Test
  void proofBesideTheAlias_waitsForTheAnswersOwn() {
    String target = "host.signed.bank.example.";
    RRset cname = staged.signed("bank.example.", "near.bank.example. CNAME " + target);
    staged
        .to("near.bank.example.", Type.TXT)
        .answer(cname)
        .authority(
            staged.matching("bank.example.", "bank.example.", Type.NS, Type.SOA),
            staged.covering("bank.example.", "signed.bank.example.", 1));
    assertThat(staged.verdict("near.bank.example.", Type.TXT)).isEqualTo(SECURE_NODATA);
  }

  @Test
  void bogusHop_makesTheWholeChainBogus() {
    RRset forged = Staged.unsigned("host.bank.example. A 192.0.2.66");
    staged.to("alias.bank.example.", Type.A).answer(alias(), forged);
    assertThat(staged.verdict("alias.bank.example.", Type.A)).isEqualTo(BOGUS);
  }
}
