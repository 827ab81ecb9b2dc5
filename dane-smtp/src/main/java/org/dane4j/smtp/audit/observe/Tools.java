// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.SmtpClient;
import org.dane4j.smtp.audit.observe.Errands.Errand;

/** What one observation works with. */
record Tools(
    DnssecResolver dns,
    SmtpClient client,
    PolicyFetcher fetcher,
    UnaryOperator<InetSocketAddress> nameServers,
    ReservedAddresses reserved,
    ObservationLimits limits,
    Errands errands) {

  /** Looks questions up at once; what does not come to an end is indeterminate. */
  Errand<List<ValidationResult>> lookUp(String step, List<Question> questions) {
    return errands.start(step, () -> dns.resolveAll(questions), why -> Found.unfinished(questions));
  }

  /** Why a host is left alone whose addresses are to be looked up; empty if it is not. */
  Optional<String> objection(Supplier<List<ValidationResult>> lookups) {
    if (reserved.isEverythingAllowed()) {
      return Optional.empty();
    }
    List<ValidationResult> results = lookups.get();
    List<InetAddress> addresses =
        results.stream().flatMap(result -> Found.addresses(result).stream()).toList();
    if (addresses.isEmpty()) {
      return Optional.of(
          results.stream()
              .map(ValidationResult::explanation)
              .collect(Collectors.joining(" ", "its host has no address: ", "")));
    }
    return addresses.stream().flatMap(address -> objection(address).stream()).findFirst();
  }

  /** Why an address is left alone; empty if it is not. */
  Optional<String> objection(InetAddress address) {
    return reserved.objection(address);
  }
}
