// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.xbill.DNS.Name;

/**
 * The verdict on a question: one of the four of RFC 4033 §5.
 *
 * <p>Only {@link Secure} has data to rely on. {@link Insecure} has data that anybody may have
 * written, and says so in the name of the accessor. {@link Bogus} and {@link Indeterminate} have
 * none: they are errors, and must never be taken for the absence of data.
 */
public sealed interface ValidationResult {

  /**
   * Returns what was asked.
   *
   * @return the question
   */
  Question question();

  /**
   * Returns what was verified, from the trust anchors down.
   *
   * @return the proof; of a bogus or indeterminate result, as far as it came
   */
  Proof proof();

  /**
   * Returns the verdict in words, with the reason and the zone or record that decided it.
   *
   * @return one sentence or more
   */
  String explanation();

  /**
   * The answer is proven by signatures from a trust anchor down, including that data are absent, if
   * they are.
   *
   * @param question what was asked
   * @param answer what the DNS holds
   * @param aliases the aliases that were followed, all of them secure
   * @param validUntil when the answer must be forgotten
   * @param proof what was verified
   */
  record Secure(
      Question question, Answer answer, List<Alias> aliases, Instant validUntil, Proof proof)
      implements ValidationResult {

    /** Copies the list. */
    public Secure {
      aliases = List.copyOf(aliases);
    }

    @Override
    public String explanation() {
      return question
          + " is secure: "
          + Explanation.of(question, answer)
          + " (until "
          + Explanation.seconds(validUntil)
          + ").";
    }
  }

  /**
   * The answer is not signed, and proven to be so: anybody on the way may have written it.
   *
   * @param question what was asked
   * @param reason why signatures do not count
   * @param zone since where they do not
   * @param unauthenticatedAnswer what the response says
   * @param aliases the aliases that were followed, each with its own security
   * @param validUntil when the answer must be forgotten
   * @param proof what was verified
   */
  record Insecure(
      Question question,
      InsecureReason reason,
      Name zone,
      Answer unauthenticatedAnswer,
      List<Alias> aliases,
      Instant validUntil,
      Proof proof)
      implements ValidationResult {

    /** Copies the list. */
    public Insecure {
      aliases = List.copyOf(aliases);
    }

    @Override
    public String explanation() {
      return question
          + " is insecure from "
          + zone
          + " on, as "
          + reason.text()
          + "; it says, unauthenticated: "
          + Explanation.sentence(Explanation.of(question, unauthenticatedAnswer));
    }
  }

  /**
   * The response contradicts what is proven. Whoever made it did not have the zone's keys, or the
   * zone is broken.
   *
   * @param question what was asked
   * @param reason the most specific reason
   * @param detail which record, and which rule it breaks
   * @param proof what was verified before that
   */
  record Bogus(Question question, BogusReason reason, String detail, Proof proof)
      implements ValidationResult {

    @Override
    public String explanation() {
      return question
          + " is bogus ("
          + reason.text()
          + "; extended error "
          + Registry.extendedError(reason.extendedError())
          + "): "
          + detail
          + ".";
    }
  }

  /**
   * There is no verdict, because evidence is missing or could not be had.
   *
   * @param question what was asked
   * @param missing the questions whose responses are needed and were not given; if empty, asking
   *     more does not help
   * @param extendedError the Extended DNS Error that fits (RFC 8914 §4), if something could not be
   *     had
   * @param detail what could not be had
   * @param proof what was verified before that
   */
  record Indeterminate(
      Question question,
      Set<Question> missing,
      OptionalInt extendedError,
      String detail,
      Proof proof)
      implements ValidationResult {

    /** Copies the set. */
    public Indeterminate {
      missing = Set.copyOf(missing);
    }

    /**
     * Returns that a question has no verdict for a reason of the transport, not of the data.
     *
     * @param question what was asked
     * @param failure what went wrong
     * @return the result, without a proof
     */
    public static Indeterminate because(Question question, FetchFailure failure) {
      return new Indeterminate(
          question, Set.of(), failure.extendedError(), failure.text(), Proof.EMPTY);
    }

    @Override
    public String explanation() {
      String names =
          missing.stream().map(Question::toString).sorted().collect(Collectors.joining(", "));
      return question
          + " is indeterminate: "
          + (missing.isEmpty() ? detail : "no response yet to " + names)
          + ".";
    }
  }
}
