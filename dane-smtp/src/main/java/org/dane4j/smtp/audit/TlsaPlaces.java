// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.internal.Answers;
import org.dane4j.tlsa.TlsaRrset;

/** Whether TLSA records stand where no sender looks (RFC 6698 §3, RFC 7672 §2.2.3). */
final class TlsaPlaces {

  private TlsaPlaces() {}

  static List<Finding> findings(DomainFacts facts) {
    Findings findings = new Findings(Check.TLSA_PLACE);
    for (HostFacts host : facts.hosts()) {
      String right = "_" + facts.port() + "._tcp." + host.host().name() + ".";
      Optional<HostRecords> records = HostRecords.of(host, facts.port());
      boolean rightOnesToo = records.isPresent();
      host.misplaced().stream()
          .filter(result -> Answers.data(result).isPresent())
          // A wildcard gives the right ones at every name.
          .filter(result -> records.filter(own -> isSame(result, own)).isEmpty())
          .forEach(
              result ->
                  findings.add(
                      // Records for other services of the host have a meaning of their own.
                      rightOnesToo ? Severity.INFO : Severity.WARN,
                      host.host().name(),
                      "there are TLSA records at "
                          + result.question().name()
                          + ", where senders of mail do not look",
                      remedy(right, rightOnesToo)));
    }
    return findings.list();
  }

  private static boolean isSame(ValidationResult result, HostRecords right) {
    return Answers.data(result)
        .filter(rrset -> !rrset.rdata().isEmpty())
        .map(rrset -> TlsaRrset.ofRdata(right.rrset().owner(), rrset.rdata()))
        .filter(other -> Set.copyOf(other.records()).equals(Set.copyOf(right.rrset().records())))
        .isPresent();
  }

  private static String remedy(String right, boolean rightOnesToo) {
    return rightOnesToo
        ? "Leave them if they are for another service; if they are for mail, those at "
            + right
            + " count, and these do not."
        : "If they are for mail, publish them at "
            + right
            + " instead: at the port, transport and name of the mail host, each of the first two with"
            + " an underscore.";
  }
}
