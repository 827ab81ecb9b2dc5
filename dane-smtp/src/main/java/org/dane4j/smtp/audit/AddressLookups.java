// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Bogus;

/** Whether a host's addresses of both families can be looked up (RFC 7672 §2.1.2, §2.2.2). */
final class AddressLookups {

  private AddressLookups() {}

  static List<Finding> findings(DomainFacts facts) {
    Findings findings = new Findings(Check.ADDRESSES);
    facts.hosts().forEach(host -> inspect(findings, host));
    return findings.list();
  }

  private static void inspect(Findings findings, HostFacts facts) {
    String host = facts.host().name();
    List<ValidationResult> lookups =
        facts.host().lookups().stream().filter(Lookups::isAddress).toList();
    List<InetAddress> addresses = facts.host().addresses();
    List<ValidationResult> failed = lookups.stream().filter(Lookups::isFailure).toList();
    for (ValidationResult failure : failed) {
      findings.add(
          severity(failure, addresses), host, failure.explanation(), Lookups.remedy(failure));
    }
    if (failed.isEmpty() && addresses.isEmpty()) {
      findings.fail(
          host,
          "it has no address",
          "Publish an address for " + host + ", or remove its MX record.");
    } else if (failed.isEmpty()) {
      findings.pass(
          host,
          addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", ")));
    }
  }

  /** Where the other family is in order, mail goes there, and some senders give up before. */
  private static Severity severity(ValidationResult failure, List<InetAddress> addresses) {
    if (!addresses.isEmpty()) {
      return Severity.WARN;
    }
    return failure instanceof Bogus ? Severity.FAIL : Severity.ERROR;
  }
}
