// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.dane4j.dnssec.FetchFailure;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.internal.Answers;
import org.dane4j.tlsa.Octets;
import org.xbill.DNS.Name;

/** What lookups found: names and addresses, or nothing in time. */
final class Found {

  private Found() {}

  /** Returns the name that was asked for, and those that it is an alias of. */
  static List<Name> names(ValidationResult verdict) {
    List<Name> names = new ArrayList<>();
    names.add(verdict.question().name());
    Answers.aliases(verdict).forEach(alias -> names.add(alias.target()));
    return names;
  }

  static List<InetAddress> addresses(ValidationResult verdict) {
    List<InetAddress> addresses = new ArrayList<>();
    for (Octets rdata : Answers.data(verdict).map(Rrset::rdata).orElse(List.of())) {
      try {
        addresses.add(InetAddress.getByAddress(rdata.toByteArray()));
      } catch (UnknownHostException e) {
        // RDATA of another length is no address.
      }
    }
    return addresses;
  }

  /** What is known of questions whose lookup did not come to an end. */
  static List<ValidationResult> unfinished(List<Question> questions) {
    return questions.stream()
        .<ValidationResult>map(
            question -> ValidationResult.Indeterminate.because(question, FetchFailure.CANCELED))
        .toList();
  }
}
