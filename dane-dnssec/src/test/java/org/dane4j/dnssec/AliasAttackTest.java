// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.dnssec.Verdicts.BOGUS;
import static org.dane4j.dnssec.Verdicts.INSECURE_DATA;
import static org.dane4j.dnssec.Verdicts.SECURE_DATA;

import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.testkit.dns.DnsTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Type;

/** Aliases that come to no end, or change their security on the way. */
class AliasAttackTest {

  private static final DnsTree TREE =
      DnsTree.at(Offline.AT)
          .zone(".")
          .zone("example.")
          .zone(
              "bank.example.",
              zone ->
                  zone.record("host A 192.0.2.1\nmoved DNAME new\ny.new CNAME z.moved")
                      .record("z.new A 192.0.2.2\nout CNAME back.plain.example."))
          .zone("plain.example.", zone -> zone.unsigned().record("back CNAME host.bank.example."))
          .build();

  private final Staged staged = new Staged(TREE);

  private RRset alias(String from, String to) {
    return staged.signed("bank.example.", from + " CNAME " + to);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void signedAliasesInACircle_areBogus(int length) {
    RRset[] circle = new RRset[length];
    for (int i = 0; i < length; i++) {
      String next = "c" + (i + 1) % length + ".bank.example.";
      circle[i] = alias("c" + i + ".bank.example.", next);
    }
    staged.to("c0.bank.example.", Type.A).answer(circle);
    Bogus bogus = (Bogus) staged.ask("c0.bank.example.", Type.A);
    assertThat(bogus.reason()).isEqualTo(BogusReason.ALIASES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"d.bank.example.", "d.d.bank.example.", "a.b.d.bank.example."})
  void dnameIntoItself_isBogus(String target) {
    // RFC 6672 §2.2: the name grows until it fits no more, or stays as it is.
    RRset dname = staged.signed("bank.example.", "d.bank.example. DNAME " + target);
    staged.to("x.d.bank.example.", Type.A).answer(dname);
    Bogus bogus = (Bogus) staged.ask("x.d.bank.example.", Type.A);
    assertThat(bogus.reason()).isEqualTo(BogusReason.ALIASES);
  }

  @Test
  void oneDname_servesSeveralAliases_inAnyOrder() {
    // RFC 6672 §3.1: y.moved, y.new, z.moved, z.new
    Secure secure = (Secure) staged.ask("y.moved.bank.example.", Type.A);
    assertThat(secure.answer().name()).hasToString("z.new.bank.example.");
    assertThat(secure.aliases()).hasSize(3);
    RRset dname = TREE.zone("bank.example.").honestRrset("moved", Type.DNAME).orElseThrow();
    RRset middle = TREE.zone("bank.example.").honestRrset("y.new", Type.CNAME).orElseThrow();
    RRset end = TREE.zone("bank.example.").honestRrset("z.new", Type.A).orElseThrow();
    RRset made = Staged.unsigned("z.moved.bank.example. CNAME z.new.bank.example.");
    staged.to("y.moved.bank.example.", Type.A).answer(end, middle, made, dname);
    assertThat(staged.verdict("y.moved.bank.example.", Type.A)).isEqualTo(SECURE_DATA);
  }

  @Test
  void dnameAtTheVeryName_redirectsNothing() {
    // RFC 6672 §2.3: only what is below
    RRset dname = TREE.zone("bank.example.").honestRrset("moved", Type.DNAME).orElseThrow();
    RRset lie = Staged.unsigned("moved.bank.example. CNAME new.bank.example.");
    staged.to("moved.bank.example.", Type.A).answer(dname, lie);
    assertThat(staged.verdict("moved.bank.example.", Type.A)).isEqualTo(BOGUS);
  }

  @Test
  void signedDataBehindAnInsecureAlias_areInsecure() {
    // RFC 7672 §2.1.3
    Insecure result = (Insecure) staged.ask("out.bank.example.", Type.A);
    assertThat(result.unauthenticatedAnswer().name()).hasToString("host.bank.example.");
    assertThat(result.aliases())
        .extracting(Alias::security)
        .containsExactly(Alias.Security.SECURE, Alias.Security.INSECURE);
    assertThat(staged.verdict("back.plain.example.", Type.A)).isEqualTo(INSECURE_DATA);
  }

  @Test
  void forgedDataBehindAnInsecureAlias_areBogus() {
    // RFC 7672 §2.1.3: an error anywhere is an error of the whole.
    RRset back = Staged.unsigned("back.plain.example. CNAME host.bank.example.");
    RRset forged = Staged.unsigned("host.bank.example. A 192.0.2.66");
    staged.to("back.plain.example.", Type.A).answer(back, forged);
    assertThat(staged.verdict("back.plain.example.", Type.A)).isEqualTo(BOGUS);
  }
}
