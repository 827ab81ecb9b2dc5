// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
    return errands.start(
        step, () -> dns.resolveAll(questions), why -> Verdicts.unfinished(questions));
  }

  /** Why an address is left alone; empty if it is not. */
  Optional<String> objection(InetAddress address) {
    return reserved.objection(address);
  }
}
