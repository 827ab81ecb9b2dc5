// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.dane4j.match.MatchResult;
import org.dane4j.match.PeerChain;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.tlsa.CertificateUsage;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;

/**
 * Whether the next key can be deployed without an outage: its record, or that of its CA, must be
 * there before (RFC 7671 §8.1, §8.4). The record of a second key that is in use is not of the next.
 */
final class RolloverReadiness {

  private final Findings findings;
  private final HostFacts host;
  private final HostRecords records;

  private RolloverReadiness(Findings findings, HostFacts host, HostRecords records) {
    this.findings = findings;
    this.host = host;
    this.records = records;
  }

  static List<Finding> findings(DomainFacts facts) {
    Findings findings = new Findings(Check.ROLLOVER);
    for (HostFacts host : facts.hosts()) {
      HostRecords.of(host, facts.port())
          .filter(records -> !records.usable().isEmpty())
          .ifPresent(records -> new RolloverReadiness(findings, host, records).inspect(facts.at()));
    }
    return findings.list();
  }

  private void inspect(Instant at) {
    List<TlsaRecord> endEntity =
        records.usable().stream()
            .filter(record -> record.usage().equals(CertificateUsage.DANE_EE))
            .toList();
    int anchors = records.usable().size() - endEntity.size();
    // Two digests of one key are no second key.
    boolean several =
        endEntity.stream().anyMatch(one -> endEntity.stream().anyMatch(two -> isAnother(one, two)));
    List<TlsaRecord> used = several ? used(endEntity, at) : List.of();
    boolean spare =
        endEntity.stream()
            .filter(record -> !used.contains(record))
            .anyMatch(record -> used.stream().anyMatch(other -> isAnother(record, other)));
    if (spare) {
      findings.pass(name(), "there is a record of a key in use, and of another that is not");
    } else if (anchors > 0 && !endEntity.isEmpty()) {
      findings.pass(name(), "there are records of the server's key and of a CA");
    } else if (several && used.isEmpty()) {
      findings.info(
          name(),
          "there are records of more than one key, and none of these keys was seen in use",
          "Look from a machine that reaches the server, to know whether one is of the next key.");
    } else if (several) {
      findings.info(
          name(),
          "there are records of more than one key, and the server uses each of these keys",
          "None of them is a next key. Before one is replaced, publish the record of the one that"
              + " follows it, and wait for two TTLs; or have a 2 1 1 record of the issuing CA.");
    } else {
      findings.info(
          name(),
          anchors > 0 ? "there are records of CAs only" : "there is a record of one key only",
          anchors > 0
              ? "Before another CA issues the certificate, publish its record, and wait for two TTLs."
              : "Before the key is replaced, publish the record of the next one, and wait for two"
                  + " TTLs. Best is to have that record there at all times, or a 2 1 1 record of the"
                  + " issuing CA.");
    }
  }

  private String name() {
    return host.host().name();
  }

  /** Returns the records of keys that the server showed. */
  private List<TlsaRecord> used(List<TlsaRecord> endEntity, Instant at) {
    Set<PeerChain> chains = Shown.byChain(Shown.of(host)).keySet();
    return endEntity.stream()
        .limit(RecordUse.MOST_RECORDS)
        .filter(record -> chains.stream().anyMatch(chain -> matches(record, chain, at)))
        .toList();
  }

  private boolean matches(TlsaRecord record, PeerChain chain, Instant at) {
    TlsaRrset alone = TlsaRrset.of(records.rrset().owner(), record);
    return TlsaMatcher.forSmtp().match(alone, chain, records.identifiers(), at)
        instanceof MatchResult.Matched;
  }

  private static boolean isAnother(TlsaRecord one, TlsaRecord two) {
    return one.selector().equals(two.selector())
        && one.matchingType().equals(two.matchingType())
        && !one.associationData().equals(two.associationData());
  }
}
