// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is thought of the facts of a domain.
 *
 * @param facts the facts
 * @param findings what each check found, in the order of {@link Check}
 * @param senders what would become of mail from each kind of sender
 */
public record AuditReport(DomainFacts facts, List<Finding> findings, List<SenderVerdict> senders) {

  /** Copies the lists. */
  public AuditReport {
    findings = List.copyOf(findings);
    senders = List.copyOf(senders);
  }

  /**
   * Returns the report on facts, with the default settings.
   *
   * @param facts the facts
   * @return the report
   */
  public static AuditReport of(DomainFacts facts) {
    return of(facts, AuditSettings.DEFAULT);
  }

  /**
   * Returns the report on facts. Whatever the facts are, there is a report and no exception.
   *
   * @param facts the facts
   * @param settings how far ahead to look
   * @return the report
   */
  public static AuditReport of(DomainFacts facts, AuditSettings settings) {
    List<Finding> findings = new ArrayList<>();
    checks(settings).forEach(check -> findings.addAll(check.apply(facts)));
    findings.sort(Comparator.comparing(Finding::check));
    return new AuditReport(facts, findings, SenderSimulation.of(facts));
  }

  private static List<Function<DomainFacts, List<Finding>>> checks(AuditSettings settings) {
    return List.of(
        MailDomain::findings,
        MxRecords::findings,
        ChainOfTrust::findings,
        ServedKeys::findings,
        new SignatureLife(settings.signatureLife())::findings,
        AddressLookups::findings,
        Denials::findings,
        NameServers::findings,
        ServedTlsa::findings,
        TlsaLookups::findings,
        TlsaRecords::findings,
        TlsaPlaces::findings,
        StartTlsOffers::findings,
        Certificates::findings,
        RecordUse::findings,
        new CertificateDates(settings.certificateLife())::findings,
        RolloverReadiness::findings,
        new TlsaTtl(settings.longTtl())::findings,
        Coverage::findings,
        MtaSts::findings,
        TlsReporting::findings,
        SmtpDialogues::findings);
  }

  /**
   * Returns the part of the report that belongs to a topic, with a verdict of its own.
   *
   * @param topic the topic
   * @return the findings of the topic; what senders would do only if it is DANE
   */
  public AuditReport only(Topic topic) {
    return new AuditReport(
        facts,
        findings.stream().filter(finding -> finding.check().topic() == topic).toList(),
        topic == Topic.DANE ? senders : List.of());
  }

  /**
   * Returns what the findings come to. That a host has no TLSA records is never a failure; that it
   * could not be found out is one.
   *
   * @return the verdict
   */
  public AuditVerdict verdict() {
    if (findings.stream().anyMatch(finding -> finding.severity() == Severity.FAIL)) {
      return AuditVerdict.FAIL;
    }
    if (findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR)) {
      return AuditVerdict.UNDETERMINED;
    }
    // Where DANE was not looked at, signatures are what there is of protection.
    Set<Severity> protection = severities(Check.COVERAGE);
    if (protection.isEmpty()) {
      protection = severities(Check.SIGNED);
      // Weak algorithms are warned of, and sign nevertheless.
      protection.remove(Severity.WARN);
    }
    if (protection.isEmpty() || protection.equals(Set.of(Severity.PASS))) {
      return AuditVerdict.PASS;
    }
    return protection.contains(Severity.PASS) ? AuditVerdict.PARTIAL : AuditVerdict.INSECURE;
  }

  private Set<Severity> severities(Check check) {
    return findings.stream()
        .filter(finding -> finding.check() == check)
        .map(Finding::severity)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Severity.class)));
  }
}
