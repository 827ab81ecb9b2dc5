// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.internal;

import java.util.List;
import java.util.Optional;
import org.dane4j.dnssec.Alias;
import org.dane4j.dnssec.Answer;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.dnssec.ValidationResult.Secure;

/**
 * What verdicts have to say, whether or not anybody may have written it: for those who look at
 * domains, never for those who decide whom to trust.
 */
public final class Answers {

  private Answers() {}

  /**
   * Returns what a response says.
   *
   * @param verdict the verdict
   * @return the answer; empty if there is none, so that nothing is known
   */
  public static Optional<Answer> of(ValidationResult verdict) {
    if (verdict instanceof Secure secure) {
      return Optional.of(secure.answer());
    }
    return verdict instanceof Insecure insecure
        ? Optional.of(insecure.unauthenticatedAnswer())
        : Optional.empty();
  }

  /**
   * Returns the data that a response has.
   *
   * @param verdict the verdict
   * @return the data; empty if there are none, or it is not known
   */
  public static Optional<Rrset> data(ValidationResult verdict) {
    return of(verdict)
        .filter(Answer.Positive.class::isInstance)
        .map(answer -> ((Answer.Positive) answer).rrset());
  }

  /**
   * Returns the aliases that were followed.
   *
   * @param verdict the verdict
   * @return the aliases, in their order
   */
  public static List<Alias> aliases(ValidationResult verdict) {
    if (verdict instanceof Secure secure) {
      return secure.aliases();
    }
    return verdict instanceof Insecure insecure ? insecure.aliases() : List.of();
  }
}
