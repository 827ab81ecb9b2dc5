// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.dane4j.dnssec.ValidationResult.Bogus;
import org.dane4j.testkit.dns.Damage;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.SigningAlgorithm;
import org.dane4j.testkit.dns.ZoneKey;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** What a limit allows, and the first that is beyond it (CVE-2023-50387). */
class LimitsTest {

  private static final String ZONE = "bank.example.";
  private static final int SIGNATURES = 3;
  private static final int KEYS = 4;
  private static final int DS = 5;
  private static final int ALIASES = 9;

  private static final DnsTree TREE =
      DnsTree.at(Offline.AT)
          .zone(".")
          .zone("example.")
          .zone(ZONE, zone -> zone.record("m TXT hello\na CNAME b\nb CNAME m"))
          .build();

  private static ValidationResult ask(DnsTree tree, Staged staged, String name, int... limit) {
    int[] limits = ValidationLimits.defaults().toArray();
    limits[limit[0]] = limit[1];
    ChainValidator validator =
        ChainValidator.trusting(Offline.anchors(tree)).withLimits(ValidationLimits.of(limits));
    return Offline.over(tree, staged).with(validator).ask(name, Type.TXT);
  }

  private static void assertBogus(ValidationResult result, BogusReason reason) {
    assertThat(((Bogus) result).reason()).isEqualTo(reason);
  }

  @Test
  void signaturesUpToTheLimit_areTried() {
    RRset honest = TREE.zone(ZONE).honestRrset("m", Type.TXT).orElseThrow();
    RRset wrong = Damage.corruptSignature().applyTo(honest, TREE.zone(ZONE)).orElseThrow();
    List<Record> signatures = new ArrayList<>(Collections.nCopies(1, wrong.sigs().get(0)));
    signatures.addAll(honest.sigs());
    RRset answer = new RRset(honest.rrs(false).toArray(Record[]::new));
    signatures.forEach(answer::addRR);
    Staged staged = new Staged(TREE);
    staged.to("m.bank.example.", Type.TXT).answer(answer);
    assertThat(answer.sigs()).hasSize(2);
    assertThat(ask(TREE, staged, "m.bank.example.", SIGNATURES, 2))
        .isInstanceOf(ValidationResult.Secure.class);
    assertBogus(ask(TREE, staged, "m.bank.example.", SIGNATURES, 1), BogusReason.SIGNATURE_WRONG);
  }

  @Test
  void keysAndDsRecordsUpToTheLimit_areLookedAt() {
    Name apex = Name.fromConstantString(ZONE);
    ZoneKey more = ZoneKey.generate(apex, SigningAlgorithm.ECDSAP256SHA256, ZoneKey.KEY_SIGNING);
    DnsTree tree =
        TREE.changed(t -> t.zone(ZONE, zone -> zone.standbyKey(more)))
            .changed(t -> t.zone("example.", z -> z.record("bank DS 1 13 2 " + "ab".repeat(32))));
    Staged honest = new Staged(tree);
    for (int limit : new int[] {KEYS, DS}) {
      assertThat(ask(tree, honest, "m.bank.example.", limit, 2))
          .isInstanceOf(ValidationResult.Secure.class);
      assertBogus(ask(tree, honest, "m.bank.example.", limit, 1), BogusReason.LIMITS);
    }
  }

  @Test
  void aliasesUpToTheLimit_areFollowed() {
    Staged honest = new Staged(TREE);
    assertThat(ask(TREE, honest, "a.bank.example.", ALIASES, 2))
        .isInstanceOf(ValidationResult.Secure.class);
    assertBogus(ask(TREE, honest, "a.bank.example.", ALIASES, 1), BogusReason.ALIASES);
  }
}
