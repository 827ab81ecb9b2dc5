// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.List;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.smtp.internal.Answers;
import org.dane4j.smtp.policy.TlsRequirement.Avoid;
import org.dane4j.smtp.policy.TlsRequirement.Cause;

/** Whether it can be found out which TLSA records a host has (RFC 7672 §2.1.2, §2.2.3). */
final class TlsaLookups {

  private TlsaLookups() {}

  static List<Finding> findings(DomainFacts facts) {
    Findings findings = new Findings(Check.TLSA_LOOKUP);
    facts.hosts().forEach(host -> inspect(findings, host));
    return findings.list();
  }

  private static void inspect(Findings findings, HostFacts facts) {
    String host = facts.host().name();
    for (ValidationResult result : facts.tlsa()) {
      if (Lookups.isFailure(result)) {
        findings.add(severity(facts, result), host, result.explanation(), Lookups.remedy(result));
      } else if (result instanceof Insecure && Answers.data(result).isPresent()) {
        findings.warn(
            host,
            "there are TLSA records, and no sender uses them: " + result.explanation(),
            "Have the zone they stand in signed, with its DS records at the parent; unsigned TLSA"
                + " records are none (RFC 7672 §2.2.3).");
      } else if (Answers.data(result).isPresent()) {
        findings.pass(host, result.explanation());
      } else if (!Answers.aliases(result).isEmpty()) {
        findings.warn(
            host,
            "the name of its TLSA records is an alias that leads to none: " + result.explanation(),
            "Have who runs the name that it leads to publish the records again, or remove the"
                + " alias.");
      } else {
        findings.info(host, result.explanation(), "");
      }
    }
    if (isLookupFailure(facts) && facts.tlsa().stream().noneMatch(Lookups::isFailure)) {
      // It failed as a sender asks, and did not, or was not made, when it was asked again.
      findings.add(
          facts.tlsa().isEmpty() ? Severity.FAIL : Severity.ERROR,
          host,
          facts.host().requirement().explanation(),
          "Have every name server of the zone answer questions for TLSA records, also where there"
              + " are none (RFC 7672 §2.1.2).");
    }
  }

  /** Where senders do not ask, they do not fail either. */
  private static Severity severity(HostFacts facts, ValidationResult result) {
    if (!isLookupFailure(facts)) {
      return Severity.WARN;
    }
    return Lookups.isUnasked(result) ? Severity.ERROR : Severity.FAIL;
  }

  private static boolean isLookupFailure(HostFacts facts) {
    return facts.host().requirement() instanceof Avoid avoid && avoid.cause() == Cause.TLSA_LOOKUP;
  }
}
