// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dane4j.smtp.audit.DomainDraft.DOMAIN;

import java.util.List;
import org.dane4j.dnssec.Rrset;
import org.xbill.DNS.Type;

/** What tests of findings have in common. */
final class Judged {

  private Judged() {}

  static void isA(Severity severity, Finding finding, String... remedy) {
    assertThat(finding.severity()).as(finding.toString()).isEqualTo(severity);
    List.of(remedy).forEach(part -> assertThat(finding.remedy()).contains(part));
  }

  /** The worst that a check finds where the domain's zone is like that. */
  static Finding ofZone(Check check, ZoneDraft zone) {
    return DomainDraft.healthy().zone(zone.facts()).worst(check);
  }

  static ZoneDraft zone() {
    return new ZoneDraft(DOMAIN);
  }

  static Rrset soa(int serial) {
    return Dns.rrset(
        DOMAIN, Type.SOA, "ns.d.test. hostmaster.d.test. %s 1 1 1 1".formatted(serial));
  }
}
