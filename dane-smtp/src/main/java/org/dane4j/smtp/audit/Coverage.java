// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.List;
import java.util.Optional;
import org.dane4j.match.ChainCertificate;
import org.dane4j.match.PeerChain;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.smtp.policy.TlsRequirement.Avoid;
import org.dane4j.smtp.policy.TlsRequirement.Dane;
import org.dane4j.smtp.policy.TlsRequirement.Encrypt;

/** Whether all hosts are protected: an attacker takes the one that is not (RFC 7672 §2.2.1). */
final class Coverage {

  private Coverage() {}

  static List<Finding> findings(DomainFacts facts) {
    Findings findings = new Findings(Check.COVERAGE);
    boolean some =
        facts.hosts().stream().anyMatch(host -> host.host().requirement() instanceof Dane);
    facts.hosts().forEach(host -> inspect(findings, facts, host, some));
    if (!facts.hosts().isEmpty()) {
      // Nobody knows what they are, so that nobody takes them for protected.
      MxRecords.unseen(facts)
          .forEach(
              host ->
                  findings.warn(
                      host,
                      "it was not looked at: senders try the most preferred hosts only",
                      "Take it out of the MX records, or look at it by itself."));
    }
    return findings.list();
  }

  private static void inspect(
      Findings findings, DomainFacts facts, HostFacts host, boolean othersAre) {
    TlsRequirement requirement = host.host().requirement();
    String name = host.host().name();
    if (requirement instanceof Dane) {
      findings.pass(name, "senders owe it DANE: " + requirement.explanation());
      return;
    }
    if (requirement instanceof Encrypt) {
      findings.info(
          name,
          "senders owe it TLS, and authenticate nothing: " + requirement.explanation(),
          "See to its TLSA records.");
      return;
    }
    if (requirement instanceof Avoid) {
      findings.info(name, "senders do not use it: " + requirement.explanation(), "");
      return;
    }
    findings.add(
        othersAre ? Severity.WARN : Severity.INFO,
        name,
        "DANE does not apply to it: "
            + requirement.explanation()
            + (othersAre ? "; it does to other hosts of the domain" : ""),
        remedy(facts, host));
  }

  private static String remedy(DomainFacts facts, HostFacts host) {
    Optional<HostRecords> records = HostRecords.of(host, facts.port());
    if (records.isPresent()) {
      return "It has TLSA records that count for nothing as long as the MX records of "
          + Lookups.text(facts.domain())
          + " and the addresses of "
          + host.host().name()
          + " are not both secure: have both zones signed (RFC 7672 §2.2.1, §2.2.2).";
    }
    Optional<ChainCertificate> leaf =
        Shown.of(host).stream().map(Shown::chain).map(PeerChain::leaf).findFirst();
    String publish =
        HostRecords.owner(host.host().name(), facts.port())
            .flatMap(owner -> leaf.map(shown -> HostRecords.publish(owner, shown)))
            .orElse("");
    return "To protect mail against active attackers, have the zones of the MX record and of the host"
        + " signed, and publish TLSA records for it."
        + publish;
  }
}
