// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.List;
import org.dane4j.dnssec.ValidationResult;
import org.xbill.DNS.Name;

/** Whether TLSA records stand where no sender looks (RFC 6698 §3, RFC 7672 §2.2.3). */
final class TlsaPlaces {

  private TlsaPlaces() {}

  static List<Finding> findings(DomainFacts facts) {
    Findings findings = new Findings(Check.TLSA_PLACE);
    for (HostFacts host : facts.hosts()) {
      boolean rightOnesToo = HostRecords.of(host, facts.port()).isPresent();
      for (ValidationResult result : host.misplaced()) {
        if (Verdicts.data(result).isPresent()) {
          inspect(findings, facts, host, result.question().name(), rightOnesToo);
        }
      }
    }
    return findings.list();
  }

  private static void inspect(
      Findings findings, DomainFacts facts, HostFacts host, Name name, boolean rightOnesToo) {
    String right = "_" + facts.port() + "._tcp." + host.host().name() + ".";
    // Records for other services of the host have a meaning of their own.
    findings.add(
        rightOnesToo ? Severity.INFO : Severity.WARN,
        host.host().name(),
        "there are TLSA records at " + name + ", where senders of mail do not look",
        rightOnesToo
            ? "If they are for mail, remove them: those at " + right + " count."
            : "If they are for mail, publish them at "
                + right
                + " instead: at the port, transport and name of the mail host, each of the first two"
                + " with an underscore.");
  }
}
