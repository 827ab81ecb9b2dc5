// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dane4j.dnssec.Alias;
import org.dane4j.dnssec.Answer;
import org.dane4j.dnssec.FetchFailure;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.tlsa.Octets;
import org.xbill.DNS.Name;

/** What a verdict has to say, whether anybody may have written it or not. */
final class Verdicts {

  private Verdicts() {}

  static Optional<Answer> answer(ValidationResult verdict) {
    if (verdict instanceof Secure secure) {
      return Optional.of(secure.answer());
    }
    return verdict instanceof Insecure insecure
        ? Optional.of(insecure.unauthenticatedAnswer())
        : Optional.empty();
  }

  static Optional<Rrset> rrset(ValidationResult verdict) {
    return answer(verdict)
        .filter(Answer.Positive.class::isInstance)
        .map(answer -> ((Answer.Positive) answer).rrset());
  }

  /** Returns the name that was asked for, and those that it is an alias of. */
  static List<Name> names(ValidationResult verdict) {
    List<Name> names = new ArrayList<>();
    names.add(verdict.question().name());
    aliases(verdict).forEach(alias -> names.add(alias.target()));
    return names;
  }

  private static List<Alias> aliases(ValidationResult verdict) {
    if (verdict instanceof Secure secure) {
      return secure.aliases();
    }
    return verdict instanceof Insecure insecure ? insecure.aliases() : List.of();
  }

  static List<InetAddress> addresses(ValidationResult verdict) {
    List<InetAddress> addresses = new ArrayList<>();
    for (Octets rdata : rrset(verdict).map(Rrset::rdata).orElse(List.of())) {
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
