// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.dane4j.testkit.dns.Oracle.Verdict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Each form of denial, held against the oracle. */
class DenialTest {

  private static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

  private static final Map<DenialForm, DnsTree> TREES = new EnumMap<>(DenialForm.class);
  private static final Map<DenialForm, Oracle> ORACLES = new EnumMap<>(DenialForm.class);

  private static DnsTree tree(DenialForm form) {
    return TREES.computeIfAbsent(form, DenialTest::build);
  }

  private static DnsTree build(DenialForm form) {
    return DnsTree.at(AT)
        .zone(".", form::on)
        .zone("example.", form::on)
        .zone("test.", form::on)
        .zone("plain.example.", z -> z.unsigned().record("www A 192.0.2.9"))
        .zone(
            "bank.example.",
            z -> {
              form.on(z);
              z.record(
                  """
                  www A 192.0.2.1
                  host.empty A 192.0.2.2
                  *.wild TXT "any name"
                  *.aliases CNAME www
                  _25._tcp.*.deep TXT "below a wildcard"
                  local CNAME www
                  away CNAME www.shop.test.
                  gone CNAME nobody.shop.test.
                  loose CNAME www.plain.example.
                  old DNAME new
                  a.new A 192.0.2.3
                  """);
            })
        .zone(
            "shop.test.",
            z -> {
              form.on(z);
              z.record("www A 192.0.2.4");
            })
        .build();
  }

  private static void assertAnswer(DenialForm form, String question, int rcode, Verdict verdict) {
    String[] parts = question.split(" ", 2);
    int type = Type.value(parts[1]);
    DnsTree tree = tree(form);
    Oracle oracle = ORACLES.computeIfAbsent(form, it -> Oracle.of(tree));
    assertThat(tree.answer(Queries.withDnssec(parts[0], type)).getRcode()).isEqualTo(rcode);
    assertThat(oracle.verdict(parts[0], type)).as(question).isEqualTo(verdict);
  }

  /** RFC 5155 §9.2: what an opt-out record covers may exist unsigned, so that it is not secure. */
  private static Verdict secureUnlessOptOut(DenialForm form) {
    return form == DenialForm.NSEC3_OPT_OUT ? Verdict.INSECURE : Verdict.SECURE;
  }

  @ParameterizedTest
  @EnumSource
  void existingName_isSecure(DenialForm form) {
    assertAnswer(form, "www.bank.example. A", Rcode.NOERROR, Verdict.SECURE);
  }

  @ParameterizedTest
  @EnumSource
  void absentType_isSecureNoData(DenialForm form) {
    assertAnswer(form, "www.bank.example. TLSA", Rcode.NOERROR, Verdict.SECURE);
  }

  @ParameterizedTest
  @EnumSource
  void absentTypeAtApex_isSecureNoData(DenialForm form) {
    assertAnswer(form, "bank.example. MX", Rcode.NOERROR, Verdict.SECURE);
  }

  @ParameterizedTest
  @EnumSource
  void absentName_isSecureNameErrorUnlessOptedOut(DenialForm form) {
    assertAnswer(form, "no.such.bank.example. A", Rcode.NXDOMAIN, secureUnlessOptOut(form));
  }

  @ParameterizedTest
  @EnumSource
  void absentTopLevelDomain_isSecureNameErrorUnlessOptedOut(DenialForm form) {
    assertAnswer(form, "bank.nowhere. A", Rcode.NXDOMAIN, secureUnlessOptOut(form));
  }

  @ParameterizedTest
  @EnumSource
  void emptyNonTerminal_isNoDataNotNameError(DenialForm form) {
    assertAnswer(form, "empty.bank.example. A", Rcode.NOERROR, Verdict.SECURE);
  }

  @ParameterizedTest
  @EnumSource
  void wildcard_answersForNamesBelowIt(DenialForm form) {
    assertAnswer(form, "any.wild.bank.example. TXT", Rcode.NOERROR, secureUnlessOptOut(form));
    assertAnswer(form, "a.b.wild.bank.example. TXT", Rcode.NOERROR, secureUnlessOptOut(form));
  }

  @ParameterizedTest
  @EnumSource
  void wildcardItself_isAnOrdinaryName(DenialForm form) {
    assertAnswer(form, "*.wild.bank.example. TXT", Rcode.NOERROR, Verdict.SECURE);
  }

  @ParameterizedTest
  @EnumSource
  void absentTypeAtWildcard_isNoData(DenialForm form) {
    assertAnswer(form, "any.wild.bank.example. A", Rcode.NOERROR, secureUnlessOptOut(form));
  }

  @ParameterizedTest
  @EnumSource
  void wildcardAlias_leadsOn(DenialForm form) {
    assertAnswer(form, "any.aliases.bank.example. A", Rcode.NOERROR, secureUnlessOptOut(form));
  }

  @ParameterizedTest
  @EnumSource
  void labelsBelowAnEmptyWildcard_areNoData(DenialForm form) {
    DnsTree tree = tree(form);
    // RFC 4592 §4.9: *.deep exists as an empty non-terminal and so matches.
    Message answer = tree.answer(Queries.withDnssec("x.deep.bank.example.", Type.TXT));

    assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(answer.getSection(Section.ANSWER)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void alias_isFollowedWithinTheZone(DenialForm form) {
    assertAnswer(form, "local.bank.example. A", Rcode.NOERROR, Verdict.SECURE);
  }

  @ParameterizedTest
  @EnumSource
  void alias_isFollowedIntoAnotherTree(DenialForm form) {
    assertAnswer(form, "away.bank.example. A", Rcode.NOERROR, Verdict.SECURE);
    Message answer = tree(form).answer(Queries.withDnssec("away.bank.example.", Type.A));
    assertThat(answer.getSectionRRsets(Section.ANSWER))
        .hasSize(2)
        .allSatisfy(rrset -> assertThat(rrset.sigs()).hasSize(1));
  }

  @ParameterizedTest
  @EnumSource
  void aliasToAbsentName_isNameErrorProvedByTheLastZone(DenialForm form) {
    assertAnswer(form, "gone.bank.example. A", Rcode.NXDOMAIN, secureUnlessOptOut(form));
  }

  @ParameterizedTest
  @EnumSource
  void aliasIntoUnsignedZone_isInsecure(DenialForm form) {
    assertAnswer(form, "loose.bank.example. A", Rcode.NOERROR, Verdict.INSECURE);
  }

  @ParameterizedTest
  @EnumSource
  void askedForAlias_isNotFollowed(DenialForm form) {
    Message answer = tree(form).answer(Queries.withDnssec("away.bank.example.", Type.CNAME));

    assertThat(answer.getSectionRRsets(Section.ANSWER)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void dname_comesWithTheAliasMadeFromIt(DenialForm form) {
    assertAnswer(form, "a.old.bank.example. A", Rcode.NOERROR, Verdict.SECURE);
    Message answer = tree(form).answer(Queries.withDnssec("a.old.bank.example.", Type.A));
    assertThat(answer.getSectionRRsets(Section.ANSWER))
        .extracting(RRset::getType)
        .containsExactly(Type.DNAME, Type.CNAME, Type.A);
    assertThat(answer.getSectionRRsets(Section.ANSWER).get(1).sigs()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void insecureDelegation_isProved(DenialForm form) {
    assertAnswer(form, "www.plain.example. A", Rcode.NOERROR, Verdict.INSECURE);
    assertAnswer(form, "nobody.plain.example. A", Rcode.NXDOMAIN, Verdict.INSECURE);
  }

  @ParameterizedTest
  @EnumSource
  void dsOfInsecureDelegation_isNoDataFromTheParent(DenialForm form) {
    Message answer = tree(form).answer(Queries.withDnssec("plain.example.", Type.DS));

    assertThat(answer.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(answer.getSection(Section.ANSWER)).isEmpty();
    assertThat(answer.getSectionRRsets(Section.AUTHORITY))
        .filteredOn(rrset -> rrset.getType() != Type.SOA)
        .isNotEmpty()
        .allSatisfy(rrset -> assertThat(rrset.sigs().get(0).getSigner()).hasToString("example."));
  }
}
