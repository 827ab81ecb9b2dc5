// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.List;
import org.dane4j.dnssec.ValidationResult;

/**
 * Whether what does not exist is proven not to, around the TLSA records. Where it is not, mail goes
 * from all senders but those that use DANE.
 */
final class Denials {

  private Denials() {}

  static List<Finding> findings(DomainFacts facts) {
    Findings findings = new Findings(Check.DENIAL);
    for (HostFacts host : facts.hosts()) {
      List<ValidationResult> failed = host.denials().stream().filter(Lookups::isFailure).toList();
      for (ValidationResult failure : failed) {
        findings.add(
            Lookups.isUnasked(failure) ? Severity.ERROR : Severity.FAIL,
            host.host().name(),
            failure.explanation(),
            Lookups.remedy(failure));
      }
      if (failed.isEmpty() && !host.denials().isEmpty()) {
        findings.pass(
            host.host().name(),
            "all " + host.denials().size() + " question(s) around its TLSA records have answers");
      }
    }
    return findings.list();
  }
}
