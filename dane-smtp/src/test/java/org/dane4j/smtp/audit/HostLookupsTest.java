// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.smtp.audit.DomainDraft.CURRENT;
import static org.dane4j.smtp.audit.DomainDraft.HOST;
import static org.dane4j.smtp.audit.Judged.isA;

import java.util.List;
import org.dane4j.dnssec.BogusReason;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.tlsa.TlsaRecord;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** What is wrong with what is looked up of a host, and what to do about it. */
class HostLookupsTest {

  private static final String TLSA = "_25._tcp.mx.d.test.";

  @Test
  void denialWithoutProof_isAFailure() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft
        .host(HOST)
        .shows(CURRENT)
        .denials(
            Dns.noData("_26._tcp.mx.d.test", Type.TLSA),
            Dns.bogus("_25._tcp.mx.d.test", Type.A, BogusReason.DENIAL_MISSING));
    isA(Severity.FAIL, draft.worst(Check.DENIAL), "below names that have no records themselves");
    assertThat(draft.report().verdict()).isEqualTo(AuditVerdict.FAIL);
  }

  @Test
  void denialThatTimesOut_isAFailureToo() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft.host(HOST).shows(CURRENT).denials(Dns.timeout("_26._tcp.mx.d.test", Type.TLSA));
    isA(Severity.FAIL, draft.worst(Check.DENIAL), "answer this question");
  }

  @Test
  void addressLookups_failWhenBogusAndAreUnknownWhenSilent() {
    assertThat(address(Dns.bogus(HOST, Type.A, BogusReason.EXPIRED)).severity())
        .isEqualTo(Severity.FAIL);
    assertThat(address(Dns.timeout(HOST, Type.A)).severity()).isEqualTo(Severity.ERROR);
    isA(Severity.FAIL, address(Dns.noData(HOST, Type.A)), "Publish an address");
  }

  private static Finding address(ValidationResult result) {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft.host(HOST).addressLookup(result);
    return draft.worst(Check.ADDRESSES);
  }

  @Test
  void tlsaLookupWithoutAnswer_isAFailure() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft
        .host(HOST)
        .shows(CURRENT)
        .tlsaLookup(Dns.bogus(TLSA, Type.TLSA, BogusReason.SIGNATURE_MISSING));
    isA(Severity.FAIL, draft.worst(Check.TLSA_LOOKUP), "serve the signed zone");
    DomainDraft silent = DomainDraft.withoutHosts();
    silent.host(HOST).shows(CURRENT).tlsaLookup(Dns.timeout(TLSA, Type.TLSA));
    isA(Severity.FAIL, silent.worst(Check.TLSA_LOOKUP), "answer this question");
  }

  @Test
  void tlsaRecordsInAnUnsignedZone_areAWarning() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft
        .host(HOST)
        .shows(CURRENT)
        .addressLookup(Dns.insecure(HOST, Type.A, HostDraft.FIRST))
        .tlsaLookup(Dns.insecure(TLSA, Type.TLSA, "3 1 1 " + "00".repeat(32)));
    isA(Severity.WARN, draft.worst(Check.TLSA_LOOKUP), "unsigned TLSA records are none");
  }

  @Test
  void aliasOfTlsaRecordsThatAreGone_isAWarning() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft.host(HOST).shows(CURRENT).tlsaLookup(Dns.aliasToNothing(TLSA, "tlsa.p.test"));
    isA(Severity.WARN, draft.worst(Check.TLSA_LOOKUP), "remove the alias");
  }

  @Test
  void recordsAtTheWrongName_areAWarningWithTheRightOne() {
    String[] wrong = {
      "_25._tcp.d.test", "_465._tcp.mx.d.test", "25._tcp.mx.d.test", "_25.tcp.mx.d.test"
    };
    for (String name : wrong) {
      DomainDraft draft = DomainDraft.withoutHosts();
      draft
          .host(HOST)
          .shows(CURRENT)
          .misplaced(Dns.secure(name, Type.TLSA, "3 1 1 " + "00".repeat(32)));
      isA(Severity.WARN, draft.worst(Check.TLSA_PLACE), "_25._tcp.mx.d.test.");
    }
  }

  @Test
  void denialThatWasNotAskedForInTime_isUnknown() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft
        .host(HOST)
        .tlsa(3, 1, 1, CURRENT.certificate())
        .shows(CURRENT)
        .denials(Dns.canceled("_26._tcp.mx.d.test", Type.TLSA));
    isA(Severity.ERROR, draft.worst(Check.DENIAL));
    assertThat(draft.report().verdict()).isEqualTo(AuditVerdict.UNDETERMINED);
  }

  /** The sender's lookup failed, and when it was made again it did not. */
  @Test
  void tlsaLookupThatFailedOnce_isNotTakenForAbsence() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft.host(HOST).shows(CURRENT).tlsaLookup(Dns.timeout(TLSA, Type.TLSA));
    DomainFacts failed = draft.facts();
    HostFacts host = failed.hosts().get(0);
    HostFacts later =
        new HostFacts(
            host.host(),
            List.of(Dns.noData(TLSA, Type.TLSA)),
            host.denials(),
            host.misplaced(),
            host.addresses());
    DomainFacts facts =
        new DomainFacts(
            failed.at(),
            failed.domain(),
            failed.port(),
            failed.destination(),
            failed.zones(),
            List.of(later),
            failed.policies());
    assertThat(AuditReport.of(facts).verdict()).isEqualTo(AuditVerdict.UNDETERMINED);
  }

  /** A wildcard gives the same records at each port: those are not to be removed. */
  @Test
  void sameRecordsAtOtherPorts_areNoMistake() {
    String record = TlsaRecord.daneEe(CURRENT.certificate()).toString();
    DomainDraft draft = DomainDraft.withoutHosts();
    draft
        .host(HOST)
        .tlsa(record)
        .shows(CURRENT)
        .misplaced(Dns.secure("_465._tcp.mx.d.test", Type.TLSA, record));
    assertThat(draft.findings(Check.TLSA_PLACE)).isEmpty();
  }
}
