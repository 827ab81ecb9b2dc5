// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dane4j.match.MatchResult;
import org.dane4j.match.PeerChain;
import org.dane4j.match.RecordOutcome;
import org.dane4j.rollover.TlsaFinding;
import org.dane4j.rollover.TlsaFinding.Rule;
import org.dane4j.rollover.TlsaForm;
import org.dane4j.rollover.TlsaLint;
import org.dane4j.tlsa.TlsaRecord;

/**
 * What each TLSA record is good for (RFC 7671 §8): one that matches nothing is of a key to come, or
 * was forgotten, or was never right.
 */
final class RecordUse {

  /** Each is held against each certificate, and no server has so many keys. */
  static final int MOST_RECORDS = 50;

  private final DomainFacts facts;
  private final Findings findings;

  /** What comes of all records together beside the certificates of one host. */
  private final Map<PeerChain, MatchResult> results = new HashMap<>();

  private RecordUse(DomainFacts facts, Findings findings) {
    this.facts = facts;
    this.findings = findings;
  }

  static List<Finding> findings(DomainFacts facts) {
    Findings findings = new Findings(Check.RECORD_USE);
    for (HostFacts host : facts.hosts()) {
      HostRecords.of(host, facts.port())
          .ifPresent(records -> new RecordUse(facts, findings).inspect(host, records));
    }
    return findings.list();
  }

  private void inspect(HostFacts host, HostRecords records) {
    List<PeerChain> chains = List.copyOf(Shown.byChain(Shown.of(host)).keySet());
    if (chains.isEmpty()) {
      return;
    }
    int count = records.rrset().records().size();
    if (count > MOST_RECORDS) {
      findings.info(
          records.rrset().owner().baseDomain(),
          "there are " + count + " records: what each of them is good for was not looked at",
          "Keep those of the keys in use and to come, and look again.");
      return;
    }
    Map<TlsaRecord, Map<Rule, List<PeerChain>>> faults = faults(records, chains);
    for (TlsaRecord record : records.rrset().records()) {
      Map<Rule, List<PeerChain>> ofRecord = faults.getOrDefault(record, Map.of());
      if (!ofRecord.isEmpty()) {
        report(records, record, ofRecord, chains);
      } else if (records.usable().contains(record)) {
        findings.pass(
            records.rrset().owner().baseDomain(), TlsaForm.of(record) + " matches: " + record);
      }
    }
  }

  /** What is wrong about each record beside which certificates. */
  private Map<TlsaRecord, Map<Rule, List<PeerChain>>> faults(
      HostRecords records, List<PeerChain> chains) {
    Map<TlsaRecord, Map<Rule, List<PeerChain>>> faults = new LinkedHashMap<>();
    for (PeerChain chain : chains) {
      for (TlsaFinding finding :
          TlsaLint.findings(records.rrset(), chain, records.identifiers(), facts.at())) {
        if (isAboutUse(finding.rule()) && finding.record().isPresent()) {
          faults
              .computeIfAbsent(finding.record().get(), record -> new LinkedHashMap<>())
              .computeIfAbsent(finding.rule(), rule -> new ArrayList<>())
              .add(chain);
        }
      }
    }
    // A record of one of two keys is not expected to match the other.
    faults.values().forEach(rules -> forgive(rules, chains.size()));
    return faults;
  }

  private static void forgive(Map<Rule, List<PeerChain>> rules, int chains) {
    List<PeerChain> idle = rules.get(Rule.MATCHES_NOTHING);
    if (idle != null && idle.size() < chains) {
      rules.remove(Rule.MATCHES_NOTHING);
    }
  }

  private static boolean isAboutUse(Rule rule) {
    return switch (rule) {
      case MATCHES_NOTHING,
          COMBINATION_MATCHES_NOTHING,
          TRUST_ANCHOR_NOT_SENT,
          OTHER_NAME,
          TRUST_ANCHOR_IS_SERVER ->
          true;
      default -> false;
    };
  }

  private void report(
      HostRecords records,
      TlsaRecord record,
      Map<Rule, List<PeerChain>> faults,
      List<PeerChain> chains) {
    faults.forEach(
        (rule, beside) -> {
          Optional<String> made =
              chains.stream()
                  .flatMap(chain -> WrongObject.find(record, chain).stream())
                  .findFirst();
          Severity severity =
              rule == Rule.MATCHES_NOTHING && made.isEmpty() ? Severity.INFO : Severity.WARN;
          findings.add(
              severity,
              records.rrset().owner().baseDomain(),
              "%s matches nothing that the server shows%s: %s"
                  .formatted(
                      TlsaForm.of(record),
                      beside.size() < chains.size() ? " with one of its keys" : "",
                      reason(records, record, beside.get(0))),
              made.map(text -> text + " ").orElse("")
                  + TlsaRecords.sentence(rule.remedy())
                  + records.publish(beside.get(0).leaf())
                  + " ("
                  + rule.reference()
                  + ")");
        });
  }

  private String reason(HostRecords records, TlsaRecord record, PeerChain chain) {
    MatchResult result = results.computeIfAbsent(chain, shown -> records.match(shown, facts.at()));
    return result.outcomes().stream()
        .filter(outcome -> outcome.record().equals(record))
        .map(RecordOutcome::explanation)
        .findFirst()
        .orElse(record.toString());
  }
}
