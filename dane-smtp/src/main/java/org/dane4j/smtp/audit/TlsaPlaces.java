// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.List;

/** Whether TLSA records stand where no sender looks (RFC 6698 §3, RFC 7672 §2.2.3). */
final class TlsaPlaces {

  private TlsaPlaces() {}

  static List<Finding> findings(DomainFacts facts) {
    Findings findings = new Findings(Check.TLSA_PLACE);
    for (HostFacts host : facts.hosts()) {
      String right = "_" + facts.port() + "._tcp." + host.host().name() + ".";
      boolean rightOnesToo = HostRecords.of(host, facts.port()).isPresent();
      host.misplaced().stream()
          .filter(result -> Verdicts.data(result).isPresent())
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

  private static String remedy(String right, boolean rightOnesToo) {
    return rightOnesToo
        ? "If they are for mail, remove them: those at " + right + " count."
        : "If they are for mail, publish them at "
            + right
            + " instead: at the port, transport and name of the mail host, each of the first two with"
            + " an underscore.";
  }
}
