// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.dane4j.match.PeerChain;
import org.dane4j.rollover.TlsaFinding;
import org.dane4j.rollover.TlsaForm;
import org.dane4j.rollover.TlsaLint;
import org.dane4j.smtp.audit.ServerReply.Response;
import org.xbill.DNS.Type;

/** Whether TLSA records can be used, and are wise, whatever the server shows (RFC 7671 §10). */
final class TlsaRecords {

  /** DNS Flag Day 2020: what goes through a network without being taken apart. */
  private static final int SAFE_OCTETS = 1232;

  /** Nobody reads more about one RRset. */
  private static final int MOST_FINDINGS = 30;

  private TlsaRecords() {}

  static List<Finding> findings(DomainFacts facts) {
    Findings findings = new Findings(Check.TLSA_RECORDS);
    for (HostFacts host : facts.hosts()) {
      HostRecords.of(host, facts.port()).ifPresent(records -> inspect(findings, host, records));
    }
    facts.zones().stream()
        .flatMap(zone -> zone.servers().stream())
        .flatMap(server -> server.replies().stream())
        .filter(reply -> reply.question().type() == Type.TLSA)
        .filter(Response.class::isInstance)
        .map(Response.class::cast)
        .filter(response -> response.octets() > SAFE_OCTETS)
        .collect(
            Collectors.toMap(Response::question, Response::octets, Math::max, LinkedHashMap::new))
        .forEach(
            (question, octets) ->
                findings.warn(
                    Lookups.text(question.name()),
                    "the response with its TLSA records has " + octets + " octets",
                    "Publish digests in place of whole certificates or keys, and remove records that"
                        + " are not needed: above 1232 octets responses get lost on some ways (RFC"
                        + " 7671 §10.1.1)."));
    return findings.list();
  }

  private static void inspect(Findings findings, HostFacts host, HostRecords records) {
    String name = host.host().name();
    String publish =
        Shown.of(host).stream()
            .map(Shown::chain)
            .map(PeerChain::leaf)
            .findFirst()
            .map(records::publish)
            .orElse("");
    List<TlsaFinding> all = TlsaLint.findings(records.rrset());
    for (TlsaFinding finding : all.subList(0, Math.min(MOST_FINDINGS, all.size()))) {
      String remedy = sentence(finding.rule().remedy());
      boolean useless = finding.rule().severity() == TlsaFinding.Severity.ERROR;
      findings.add(
          severity(finding),
          name,
          evidence(finding),
          remedy + (useless ? publish : "") + " (" + finding.rule().reference() + ")");
    }
    if (all.size() > MOST_FINDINGS) {
      findings.info(name, "and so are " + (all.size() - MOST_FINDINGS) + " more", "");
    }
    if (records.usable().isEmpty()) {
      findings.warn(
          name,
          "none of its TLSA records is usable: senders insist on TLS, and authenticate nothing",
          "Publish a usable record." + publish + " (RFC 7672 §2.2)");
    } else {
      findings.passIfSilent(name, records.usable().size() + " usable TLSA record(s)");
    }
  }

  private static String evidence(TlsaFinding finding) {
    return finding.record().map(record -> TlsaForm.of(record) + ": ").orElse("")
        + finding.explanation();
  }

  static String sentence(String remedy) {
    return Character.toUpperCase(remedy.charAt(0)) + remedy.substring(1) + ".";
  }

  private static Severity severity(TlsaFinding finding) {
    return finding.rule().severity() == TlsaFinding.Severity.ADVICE ? Severity.INFO : Severity.WARN;
  }
}
