// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dane4j.dnssec.Question;

/**
 * How the domain was in the beginning: what a rollback leads back to.
 *
 * @param mx its MX records
 * @param signing whether it had DNSSEC
 * @param tlsa the answers for the TLSA records of each host when it was first seen, a denial where
 *     it had none; nothing of a host of which that is not known
 */
public record Origin(List<MxTarget> mx, Signing signing, List<ServedAnswer> tlsa) {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if there are two answers to one question
   */
  public Origin {
    mx = List.copyOf(mx);
    tlsa = List.copyOf(tlsa);
    Set<Question> questions = new HashSet<>();
    for (ServedAnswer answer : tlsa) {
      if (!questions.add(answer.question())) {
        throw new IllegalArgumentException(
            "what stood at " + answer.question().name() + " is there twice");
      }
    }
  }

  /** Returns what stood at a name; empty if that is not known. */
  Optional<ServedAnswer> tlsa(Question question) {
    return tlsa.stream().filter(answer -> answer.question().equals(question)).findFirst();
  }
}
