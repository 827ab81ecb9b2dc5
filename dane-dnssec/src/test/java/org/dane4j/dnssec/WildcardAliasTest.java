// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.dnssec.Verdicts.BOGUS;
import static org.dane4j.dnssec.Verdicts.INSECURE_DATA;
import static org.dane4j.dnssec.Verdicts.SECURE_DATA;
import static org.dane4j.dnssec.Verdicts.SECURE_NODATA;
import static org.dane4j.dnssec.Verdicts.SECURE_NXDOMAIN;

import java.util.ArrayList;
import java.util.List;
import org.dane4j.dnssec.ChainValidatorTest.Form;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Aliases that come from wildcards: every hop needs the proof that its name has no alias or data of
 * its own (RFC 4035 §5.3.4, RFC 5155 §8.8), whatever the hops behind it are.
 */
class WildcardAliasTest {

  private static final String BANK = "bank.example.";
  private static final String OTHER = "other.example.";

  private static DnsTree tree(Form form) {
    return DnsTree.at(Offline.AT)
        .zone(".")
        .zone("example.")
        .zone(
            BANK,
            zone ->
                form.on(zone)
                    .record("host A 192.0.2.1\n*.near CNAME host\n*.void CNAME none.other.example.")
                    .record("*.far CNAME y.any.other.example.\n*.open CNAME www.open.example."))
        .zone(OTHER, zone -> form.on(zone).record("*.any A 192.0.2.2"))
        .zone("open.example.", WildcardAliasTest::unsigned)
        .build();
  }

  private static ZoneBuilder unsigned(ZoneBuilder zone) {
    return zone.unsigned().record("www A 192.0.2.3");
  }

  private static Verdicts ask(DnsTree tree, String name, int type) {
    return Verdicts.of(Offline.over(tree).ask(name + "." + BANK, type));
  }

  /** Asks where somebody takes a zone's denials away from the answers to queries for addresses. */
  private static Verdicts withoutProof(DnsTree tree, String zone, String name) {
    Name signer = Name.fromConstantString(zone);
    return Verdicts.of(
        Offline.over(tree, tree.tampering(message -> withoutDenials(message, signer)))
            .ask(name + "." + BANK, Type.A));
  }

  private static Message withoutDenials(Message message, Name zone) {
    List<Record> authority = new ArrayList<>(message.getSection(Section.AUTHORITY));
    boolean isAddress = message.getQuestion().getType() == Type.A;
    for (Record record : authority) {
      int type = record instanceof RRSIGRecord rrsig ? rrsig.getTypeCovered() : record.getType();
      boolean isDenial = type == Type.NSEC || type == Type.NSEC3;
      if (isAddress && isDenial && record.getName().subdomain(zone)) {
        message.removeRecord(record, Section.AUTHORITY);
      }
    }
    return message;
  }

  @ParameterizedTest
  @EnumSource(names = {"NSEC", "NSEC3"})
  void aliasFromAWildcard_leadsOn_withItsProofOnly(Form form) {
    DnsTree tree = tree(form);
    assertThat(ask(tree, "x.near", Type.A)).isEqualTo(SECURE_DATA);
    assertThat(ask(tree, "x.y.near", Type.A)).isEqualTo(SECURE_DATA);
    assertThat(ask(tree, "x.near", Type.CNAME)).isEqualTo(SECURE_DATA);
    assertThat(ask(tree, "x.near", Type.AAAA)).isEqualTo(SECURE_NODATA);
    assertThat(withoutProof(tree, BANK, "x.near")).isEqualTo(BOGUS);
    assertThat(withoutProof(tree, OTHER, "x.near")).isEqualTo(SECURE_DATA);
  }

  @ParameterizedTest
  @EnumSource(names = {"NSEC", "NSEC3"})
  void wildcardBehindAWildcard_needsBothZonesProofs(Form form) {
    DnsTree tree = tree(form);
    Secure secure = (Secure) Offline.over(tree).ask("x.far." + BANK, Type.A);
    assertThat(secure.answer().name()).hasToString("y.any.other.example.");
    assertThat(withoutProof(tree, BANK, "x.far")).isEqualTo(BOGUS);
    assertThat(withoutProof(tree, OTHER, "x.far")).isEqualTo(BOGUS);
  }

  @ParameterizedTest
  @EnumSource(names = {"NSEC", "NSEC3"})
  void absenceBehindAWildcard_isDeniedByTheTargetsZone(Form form) {
    DnsTree tree = tree(form);
    assertThat(ask(tree, "x.void", Type.A)).isEqualTo(SECURE_NXDOMAIN);
    assertThat(withoutProof(tree, BANK, "x.void")).isEqualTo(BOGUS);
    assertThat(withoutProof(tree, OTHER, "x.void")).isEqualTo(BOGUS);
  }

  @ParameterizedTest
  @EnumSource(names = {"NSEC", "NSEC3"})
  void unsignedDataBehindAWildcard_doNotExcuseItsMissingProof(Form form) {
    DnsTree tree = tree(form);
    Insecure insecure = (Insecure) Offline.over(tree).ask("x.open." + BANK, Type.A);
    assertThat(insecure.aliases())
        .extracting(Alias::security)
        .containsExactly(Alias.Security.SECURE);
    assertThat(withoutProof(tree, BANK, "x.open")).isEqualTo(BOGUS);
  }

  @ParameterizedTest
  @EnumSource(names = {"NSEC", "NSEC3"})
  void bothSidesOfAZoneCut_mayHaveADenialRecordOfOneName(Form form) {
    // Above the cut: that nothing but the wildcard is at bb. Below it: that none is not there.
    DnsTree tree =
        DnsTree.at(Offline.AT)
            .zone(".")
            .zone("example.", zone -> form.on(zone).record("* CNAME none.bank.example."))
            .zone(BANK, form::on)
            .build();
    assertThat(Verdicts.of(Offline.over(tree).ask("bb.example.", Type.A)))
        .isEqualTo(SECURE_NXDOMAIN);
    Message both = tree.answer("bb.example.", Type.A);
    assertThat(both.getSection(Section.AUTHORITY))
        .filteredOn(record -> record.getType() == Type.NSEC)
        .filteredOn(record -> record.getName().toString().equals(BANK))
        .hasSize(form == Form.NSEC ? 2 : 0);
  }

  @ParameterizedTest
  @EnumSource(names = "OPT_OUT")
  void aliasFromAWildcardInAnOptOutSpan_isInsecure(Form form) {
    // RFC 5155 §9.2
    DnsTree tree = tree(form);
    assertThat(ask(tree, "x.near", Type.A)).isEqualTo(INSECURE_DATA);
    assertThat(ask(tree, "host", Type.A)).isEqualTo(SECURE_DATA);
    assertThat(withoutProof(tree, BANK, "x.near")).isEqualTo(BOGUS);
  }
}
