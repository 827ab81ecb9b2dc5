// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.dane4j.testkit.dns.Oracle.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class DnsTreeTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

  private static DnsTreeBuilder bank() {
    return DnsTree.at(AT)
        .zone("example.")
        .zone(
            "bank.example.",
            z ->
                z.record(
                    "@ 300 IN MX 10 mx\nmx A 192.0.2.1\n_25._tcp.mx TLSA 3 1 1 "
                        + "ab".repeat(32)));
  }

  private static List<String> text(Message message, int section) {
    return message.getSectionRRsets(section).stream()
        .map(RRset::first)
        .map(record -> record.getName() + " " + Type.string(record.getType()))
        .toList();
  }

  @Test
  void positiveAnswer_carriesItsSignature() {
    Message answer = bank().build().answer(Queries.withDnssec("bank.example.", Type.MX));

    assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
    RRset mx = answer.getSectionRRsets(Section.ANSWER).get(0);
    assertThat(mx.rrs()).hasToString("[bank.example.\t\t300\tIN\tMX\t10 mx.bank.example.]");
    assertThat(mx.sigs()).hasSize(1);
    assertThat(mx.sigs().get(0).getTimeSigned()).isEqualTo(AT.minusSeconds(3600));
    assertThat(mx.sigs().get(0).getExpire()).isEqualTo(AT.plusSeconds(7 * 86400));
  }

  @Test
  void answer_setsNoAdAndKeepsIdFlagsAndQuestion() {
    Message query = Queries.withDnssec("bank.example.", Type.MX);

    Message answer = bank().build().answer(query);

    assertThat(answer.getHeader().getID()).isEqualTo(query.getHeader().getID());
    assertThat(answer.getQuestion()).isEqualTo(query.getQuestion());
    assertThat(answer.getHeader().getFlag(Flags.AD)).isFalse();
    assertThat(answer.getHeader().getFlag(Flags.QR)).isTrue();
    assertThat(answer.getHeader().getFlag(Flags.CD)).isTrue();
    assertThat(answer.getHeader().getFlag(Flags.RA)).isTrue();
  }

  @Test
  void question_isAskedAsAValidatorAsks() {
    DnsTree tree = bank().build();

    Message answer = tree.answer("bank.example", Type.MX);

    assertThat(answer.getHeader().getFlag(Flags.CD)).isTrue();
    assertThat(answer.getSection(Section.ANSWER))
        .isEqualTo(
            tree.answer(Queries.withDnssec("bank.example.", Type.MX)).getSection(Section.ANSWER));
  }

  @Test
  void withoutDo_noDnssecRecordComes() {
    DnsTree tree = bank().build();

    Message data = tree.answer(Queries.plain("mx.bank.example.", Type.A));
    Message denial = tree.answer(Queries.plain("nobody.bank.example.", Type.A));

    assertThat(data.getSection(Section.ANSWER)).extracting(Record::getType).containsOnly(Type.A);
    assertThat(data.getOPT()).isNull();
    assertThat(denial.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(denial.getSection(Section.AUTHORITY))
        .extracting(Record::getType)
        .containsOnly(Type.SOA);
  }

  @Test
  void ds_isAnsweredByTheParent_dnskeyByTheZone() {
    DnsTree tree = bank().build();

    RRset ds =
        tree.answer(Queries.withDnssec("bank.example.", Type.DS))
            .getSectionRRsets(Section.ANSWER)
            .get(0);
    RRset keys =
        tree.answer(Queries.withDnssec("bank.example.", Type.DNSKEY))
            .getSectionRRsets(Section.ANSWER)
            .get(0);

    assertThat(ds.sigs().get(0).getSigner()).hasToString("example.");
    assertThat(keys.sigs().get(0).getSigner()).hasToString("bank.example.");
  }

  @Test
  void delegationWithoutZoneInTheTree_isServerFailure() {
    DnsTree tree = DnsTree.at(AT).zone("example.", z -> z.record("lame NS ns.lame")).build();

    assertThat(tree.answer(Queries.withDnssec("www.lame.example.", Type.A)).getRcode())
        .isEqualTo(Rcode.SERVFAIL);
  }

  @Test
  void aliasLoop_isServerFailure() {
    DnsTree tree =
        DnsTree.at(AT).zone("example.", z -> z.record("a CNAME b").record("b CNAME a")).build();

    assertThat(tree.answer(Queries.withDnssec("a.example.", Type.A)).getRcode())
        .isEqualTo(Rcode.SERVFAIL);
  }

  @Test
  void dnameThatMakesTheNameTooLong_isToldSo() {
    String label = "a".repeat(60);
    String longName = String.join(".", label, label, label);
    DnsTree tree = DnsTree.at(AT).zone("example.", z -> z.record("old DNAME " + longName)).build();

    Message answer = tree.answer(Queries.withDnssec(label + "." + label + ".old.example.", Type.A));

    assertThat(answer.getRcode()).isEqualTo(Rcode.YXDOMAIN);
    assertThat(text(answer, Section.ANSWER)).containsExactly("old.example. DNAME");
  }

  @Test
  void queryInCapitals_isAnsweredAndEchoed() {
    Message answer = bank().build().answer(Queries.withDnssec("MX.Bank.EXAMPLE.", Type.A));

    assertThat(answer.getSectionRRsets(Section.ANSWER)).hasSize(1);
    assertThat(answer.getQuestion().getName()).hasToString("MX.Bank.EXAMPLE.");
  }

  @Test
  void anyQuery_isAnsweredWithOneRrset() {
    Message answer = bank().build().answer(Queries.withDnssec("bank.example.", Type.ANY));

    assertThat(answer.getSectionRRsets(Section.ANSWER)).hasSize(1);
  }

  @Test
  void unknownTopLevelDomain_isDeniedByTheRoot() {
    Message answer = bank().build().answer(Queries.withDnssec("www.nowhere.", Type.A));

    assertThat(answer.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(text(answer, Section.AUTHORITY)).first().isEqualTo(". SOA");
  }

  @Test
  void recordBelowAnotherZone_isRefusedWhenBuilt() {
    DnsTreeBuilder builder = bank().zone("example.", z -> z.record("www.bank A 192.0.2.7"));

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("give this record to the zone bank.example.");
  }

  @Test
  void changedTree_keepsKeysAndOldTreeItsData() {
    DnsTree before = bank().build();
    DnsTree after =
        before.changed(tree -> tree.zone("bank.example.", z -> z.withoutRecords("mx", Type.A)));

    assertThat(after.trustAnchors()).isEqualTo(before.trustAnchors());
    assertThat(after.zone("bank.example").keys().get(0).dnskey())
        .isEqualTo(before.zone("bank.example").keys().get(0).dnskey());
    assertThat(before.zone("bank.example").rrset("mx", Type.A)).isPresent();
    assertThat(after.zone("bank.example").rrset("mx", Type.A)).isEmpty();
  }

  @Test
  void freshKeys_areNoKeysOfAnyOtherTree() {
    assertThat(bank().freshKeys().build().trustAnchors())
        .doesNotContainAnyElementsOf(bank().build().trustAnchors());
  }

  @Test
  void sameTreeTwice_givesTheSameOctets() {
    Message query = Queries.withDnssec("_25._tcp.mx.bank.example.", Type.TLSA);

    assertThat(bank().build().answer(query).toWire())
        .isEqualTo(bank().build().answer(query).toWire());
  }

  @Test
  void asyncQuery_runsInTheExecutorThatItIsGiven() throws Exception {
    ExecutorService executor =
        Executors.newSingleThreadExecutor(task -> new Thread(task, "executor of the test"));
    try {
      Resolver resolver = bank().build().asResolver();
      String thread =
          resolver
              .sendAsync(Queries.withDnssec("bank.example.", Type.MX), executor)
              .thenApply(answer -> Thread.currentThread().getName())
              .toCompletableFuture()
              .get();
      assertThat(thread).isIn("executor of the test", Thread.currentThread().getName());
      assertThat(resolver.send(Queries.withDnssec("bank.example.", Type.MX)).getRcode())
          .isEqualTo(Rcode.NOERROR);
    } finally {
      executor.shutdown();
    }
  }

  static List<SigningAlgorithm> recommended() {
    return SigningAlgorithm.recommended();
  }

  @ParameterizedTest
  @MethodSource("recommended")
  void everyAlgorithm_validates(SigningAlgorithm algorithm) {
    Oracle oracle = Oracle.of(bank().zone("bank.example.", z -> z.algorithm(algorithm)).build());

    assertThat(oracle.verdict("bank.example.", Type.MX)).isEqualTo(Verdict.SECURE);
    assertThat(oracle.verdict("nobody.bank.example.", Type.A)).isEqualTo(Verdict.SECURE);
  }

  @ParameterizedTest
  @MethodSource("recommended")
  void everyAlgorithm_validatesWithSplitKeysUnderNsec3(SigningAlgorithm algorithm) {
    DnsTree tree =
        bank().zone("bank.example.", z -> z.algorithm(algorithm).splitKeys().nsec3()).build();
    Oracle oracle = Oracle.of(tree);

    assertThat(tree.zone("bank.example").keys()).hasSize(2);
    assertThat(oracle.verdict("bank.example.", Type.MX)).isEqualTo(Verdict.SECURE);
    assertThat(oracle.verdict("nobody.bank.example.", Type.A)).isEqualTo(Verdict.SECURE);
  }

  @Test
  void severalAlgorithms_signEveryRrsetEach() {
    DnsTree tree =
        bank()
            .zone(
                "bank.example.",
                z -> z.algorithm(SigningAlgorithm.RSASHA256, SigningAlgorithm.ED25519).splitKeys())
            .build();

    assertThat(tree.zone("bank.example.").rrsets())
        .allSatisfy(rrset -> assertThat(rrset.sigs()).hasSize(2));
    assertThat(Oracle.of(tree).verdict("bank.example.", Type.MX)).isEqualTo(Verdict.SECURE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bank.example.", "example.", "."})
  void dnskeyAnchor_servesAsWellAsDs(String zone) {
    DnsTree tree = bank().build();

    Oracle oracle = Oracle.over(tree, tree.trustAnchorKeys(), AT);

    assertThat(oracle.verdict(zone, Type.SOA)).isEqualTo(Verdict.SECURE);
  }

  @Test
  void unsignedRoot_hasNoAnchor() {
    DnsTree tree = bank().zone(".", ZoneBuilder::unsigned).build();

    assertThat(tree.trustAnchors()).isEmpty();
    assertThat(tree.trustAnchorKeys()).isEmpty();
  }
}
