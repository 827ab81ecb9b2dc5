// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.List;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.internal.Answers;
import org.dane4j.smtp.lookup.Destination;
import org.xbill.DNS.Name;

/** Whether the domain takes mail at all (RFC 5321 §5.1). */
final class MailDomain {

  private MailDomain() {}

  static List<Finding> findings(DomainFacts facts) {
    Findings findings = new Findings(Check.DOMAIN);
    String domain = Lookups.text(facts.domain());
    inspectName(findings, facts.domain());
    Destination destination = facts.destination();
    if (destination instanceof Destination.NullMx) {
      findings.info(
          domain,
          "the domain says that it takes no mail (null MX)",
          "If it is to take mail, name its hosts in MX records, and remove the one that is \".\".");
    } else if (destination instanceof Destination.NoSuchDomain) {
      findings.fail(
          domain,
          "the domain does not exist",
          "Look whether it is spelled right and registered. Senders return mail at once.");
    } else if (destination instanceof Destination.Undetermined undetermined) {
      undetermined(findings, facts, undetermined);
    } else if (destination instanceof Destination.Hosts) {
      boolean implicit = facts.mx().flatMap(Answers::data).isEmpty();
      findings.add(
          implicit ? Severity.INFO : Severity.PASS,
          domain,
          implicit
              ? "there is no MX record: the domain itself is the mail host"
              : "mail goes to " + hosts(facts) + " host(s) that MX records name",
          implicit ? "Name the mail host in an MX record, so that it can be moved alone." : "");
    }
    return findings.list();
  }

  private static String hosts(DomainFacts facts) {
    int unseen = MxRecords.unseen(facts).size();
    int seen = facts.hosts().size();
    return unseen == 0 ? String.valueOf(seen) : seen + " of " + (seen + unseen);
  }

  private static void inspectName(Findings findings, Name domain) {
    String text = Lookups.text(domain);
    if (!text.matches("[a-z0-9_.-]*")) {
      findings.fail(
          text,
          "the domain's name has other characters than letters, digits and hyphens",
          "Write it in A-labels (xn--, RFC 5890): that is what the DNS and certificates have.");
    } else if (domain.labels() <= 2) {
      findings.warn(
          text,
          "the domain is a top-level domain",
          "Use a name below it: many senders do not deliver to a name without a dot (RFC 5321"
              + " §2.3.5).");
    }
  }

  private static void undetermined(
      Findings findings, DomainFacts facts, Destination.Undetermined undetermined) {
    String domain = Lookups.text(facts.domain());
    ValidationResult mx = facts.mx().orElse(null);
    if (mx == null) {
      findings.error(
          domain, undetermined.explanation(), "Look again: what was not found out is not known.");
      return;
    }
    boolean theirs = !(mx instanceof ValidationResult.Indeterminate);
    String remedy =
        Lookups.isFailure(mx)
            ? Lookups.remedy(mx)
            : "Name hosts in the MX records, by names that have addresses.";
    findings.add(
        theirs ? Severity.FAIL : Severity.ERROR, domain, undetermined.explanation(), remedy);
  }
}
