// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.List;
import org.dane4j.tlsa.CertificateUsage;
import org.dane4j.tlsa.TlsaRecord;

/**
 * Whether the next key can be deployed without an outage: its record, or that of its CA, must be
 * there before (RFC 7671 §8.1, §8.4).
 */
final class RolloverReadiness {

  private RolloverReadiness() {}

  static List<Finding> findings(DomainFacts facts) {
    Findings findings = new Findings(Check.ROLLOVER);
    for (HostFacts host : facts.hosts()) {
      HostRecords.of(host, facts.port())
          .filter(records -> !records.usable().isEmpty())
          .ifPresent(records -> inspect(findings, host.host().name(), records));
    }
    return findings.list();
  }

  private static void inspect(Findings findings, String host, HostRecords records) {
    List<TlsaRecord> endEntity =
        records.usable().stream()
            .filter(record -> record.usage().equals(CertificateUsage.DANE_EE))
            .toList();
    int anchors = records.usable().size() - endEntity.size();
    // Two digests of one key are no second key.
    boolean twoKeys =
        endEntity.stream().anyMatch(one -> endEntity.stream().anyMatch(two -> isAnother(one, two)));
    if (twoKeys) {
      findings.pass(host, "there are records of more than one key of the server");
    } else if (anchors > 0 && !endEntity.isEmpty()) {
      findings.pass(host, "there are records of the server's key and of a CA");
    } else {
      findings.info(
          host,
          anchors > 0 ? "there are records of CAs only" : "there is a record of one key only",
          anchors > 0
              ? "Before another CA issues the certificate, publish its record, and wait for two TTLs."
              : "Before the key is replaced, publish the record of the next one, and wait for two"
                  + " TTLs. Best is to have that record there at all times, or a 2 1 1 record of the"
                  + " issuing CA.");
    }
  }

  private static boolean isAnother(TlsaRecord one, TlsaRecord two) {
    return one.selector().equals(two.selector())
        && one.matchingType().equals(two.matchingType())
        && !one.associationData().equals(two.associationData());
  }
}
