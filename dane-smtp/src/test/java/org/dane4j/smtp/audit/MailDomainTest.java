// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.smtp.audit.DomainDraft.CURRENT;
import static org.dane4j.smtp.audit.DomainDraft.DOMAIN;
import static org.dane4j.smtp.audit.DomainDraft.HOST;
import static org.dane4j.smtp.audit.Judged.isA;

import java.util.List;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.lookup.Destination;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** What is wrong with the domain and its MX records, and what to do about it. */
class MailDomainTest {

  @Test
  void mxRecordsThatNameNoHost_areNamed() {
    assertThat(mx("10 192.0.2.1.")).contains("Give the host a name");
    assertThat(mx("10 mx.d.test.", "0 .")).contains("Remove the MX record that is \".\"");
    assertThat(mx("10 mx.")).contains("Complete the host's name");
    assertThat(mx("10 mx.d.test.", "20 mx.d.test.")).contains("Keep one of them");
  }

  private static String mx(String... records) {
    return DomainDraft.healthy()
        .mx(Dns.secure(DOMAIN, Type.MX, records))
        .worst(Check.MX_RECORDS)
        .remedy();
  }

  @Test
  void mxRecordThatNamesAnAlias_isAWarning() {
    DomainDraft draft = DomainDraft.withoutHosts();
    draft
        .host(HOST)
        .shows(CURRENT)
        .addressLookup(Dns.secureAlias(HOST, "real.d.test", Type.A, HostDraft.FIRST));
    isA(Severity.WARN, draft.worst(Check.MX_RECORDS), "name real.d.test itself");
  }

  @Test
  void privateAddress_isAWarning() {
    for (String address : new String[] {"10.0.0.1", "127.0.0.1", "100.64.0.1", "fd00::1"}) {
      DomainDraft draft = DomainDraft.withoutHosts();
      draft
          .host(HOST)
          .addressLookup(Dns.secure(HOST, address.contains(":") ? Type.AAAA : Type.A, address))
          .at(address, CURRENT);
      isA(Severity.WARN, draft.worst(Check.MX_RECORDS), "public addresses only");
    }
  }

  @Test
  void domainThatTakesNoMail_isNewsAndOneThatDoesNotExistAFailure() {
    List<ValidationResult> mx = List.of(Dns.secure(DOMAIN, Type.MX, "0 ."));
    DomainDraft none =
        DomainDraft.withoutHosts().destination(new Destination.NullMx(DomainDraft.nextHop(), mx));
    assertThat(none.worst(Check.DOMAIN).severity()).isEqualTo(Severity.INFO);
    assertThat(none.report().verdict()).isEqualTo(AuditVerdict.PASS);
    assertThat(none.sender(SenderProfile.RFC_7672).fate()).isEqualTo(SenderVerdict.Fate.REJECTED);
    DomainDraft missing =
        DomainDraft.withoutHosts()
            .destination(new Destination.NoSuchDomain(DomainDraft.nextHop(), List.of()));
    assertThat(missing.worst(Check.DOMAIN).severity()).isEqualTo(Severity.FAIL);
  }

  @Test
  void destinationThatWasNotFoundOutInTime_isUnknown_andNobodysFault() {
    DomainDraft draft =
        DomainDraft.withoutHosts()
            .destination(
                new Destination.Undetermined(
                    DomainDraft.nextHop(), "the time for the observation was up", List.of()));
    Finding finding = draft.worst(Check.DOMAIN);
    isA(Severity.ERROR, finding);
    assertThat(finding.remedy()).doesNotContain("Name hosts");
    assertThat(draft.report().verdict()).isEqualTo(AuditVerdict.UNDETERMINED);
  }
}
