// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.smtp.audit.DomainDraft.DOMAIN;
import static org.dane4j.smtp.audit.Judged.isA;
import static org.dane4j.smtp.audit.Judged.ofZone;
import static org.dane4j.smtp.audit.Judged.zone;

import org.dane4j.dnssec.BogusReason;
import org.dane4j.dnssec.InsecureReason;
import org.dane4j.dnssec.Rrset;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** What is wrong with the chain of trust, and what to do about it. */
class ChainOfTrustTest {

  private static final Rrset MX = Dns.rrset(DOMAIN, Type.MX, "10 mx.d.test.");

  @Test
  void zoneWithoutDs_isToldTheRecordToPublish() {
    Rrset keys =
        Dns.rrset(
            DOMAIN,
            Type.DNSKEY,
            "257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==");
    InsecureReason reason = InsecureReason.UNSIGNED_DELEGATION;
    DomainDraft draft =
        DomainDraft.healthy()
            .mx(Dns.insecure(reason, DOMAIN, MX))
            .zone(zone().keys(Dns.insecure(reason, DOMAIN, keys)).facts());
    Finding finding =
        draft.findings(Check.SIGNED).stream()
            .filter(it -> it.severity() == Severity.INFO)
            .findFirst()
            .orElseThrow();
    assertThat(finding.remedy()).contains("d.test. IN DS ", " 13 2 ", "If its keys are yours");
  }

  @Test
  void unsignedZone_isNewsAndNoFailure() {
    Finding finding = DomainDraft.healthy().insecureMx().findings(Check.SIGNED).get(0);
    isA(Severity.INFO, finding, "have the zone d.test. signed");
  }

  @Test
  void algorithmsThatValidatorsDoNotKnow_areNamed() {
    DomainDraft draft =
        DomainDraft.healthy().mx(Dns.insecure(InsecureReason.UNSUPPORTED_ALGORITHM, DOMAIN, MX));
    isA(Severity.INFO, draft.findings(Check.SIGNED).get(0), "ECDSA P-256");
    draft.mx(Dns.insecure(InsecureReason.NSEC3_ITERATIONS, DOMAIN, MX));
    isA(Severity.INFO, draft.findings(Check.SIGNED).get(0), "RFC 9276");
  }

  @Test
  void dsOfOtherKeys_isAFailure() {
    isA(
        Severity.FAIL,
        ofZone(Check.SIGNED, zone().keys(Dns.bogus(DOMAIN, Type.DNSKEY, BogusReason.KEY_MISSING))),
        "DS records of the keys that the zone is signed with now");
  }

  @Test
  void sha1_isAWarning() {
    isA(
        Severity.WARN,
        ofZone(Check.SIGNED, zone().keys(Dns.secure(DOMAIN, Type.DNSKEY, "257 3 7 q6up5A=="))),
        "algorithm 13");
    isA(
        Severity.WARN,
        ofZone(
            Check.SIGNED,
            zone()
                .delegation(
                    Dns.secure(
                        DOMAIN, Type.DS, "1 13 1 0000000000000000000000000000000000000000"))),
        "SHA-256 (2)");
  }

  @Test
  void digestOfSha1_doesNotMakeASignedDomainPartlyProtected() {
    ZoneDraft zone =
        zone()
            .delegation(
                Dns.secure(DOMAIN, Type.DS, "1 13 1 0000000000000000000000000000000000000000"));
    AuditReport report = DomainDraft.healthy().zone(zone.facts()).report();
    assertThat(report.only(Topic.DNSSEC).verdict()).isEqualTo(AuditVerdict.PASS);
  }
}
