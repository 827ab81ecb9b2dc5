// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * Judges DNS responses by the DNSSEC chain of trust (RFC 4033, 4034, 4035, 5155, 6840).
 *
 * <p>A pure function: no I/O, no clock, no global state. It throws for no content of the evidence.
 * If evidence is missing, the verdict is {@link ValidationResult.Indeterminate} and names the
 * questions to ask; with their responses added, the same call comes further, one zone of the chain
 * in each round. {@link #foresee} guesses all of them before.
 *
 * <p><b>Guarantees.</b> Without a signature by a key that chains to a trust anchor no answer is
 * {@link ValidationResult.Secure}; without a signed proof that a zone is not signed no answer is
 * {@link ValidationResult.Insecure} (unless no trust anchor covers the name). Work on hostile data
 * is bounded by {@link ValidationLimits}.
 *
 * <p><b>Not covered.</b> A replay of old data whose signatures are still valid cannot be told from
 * the truth. The AD bit of responses is not looked at (RFC 4035 §4.9.3).
 *
 * <p>Immutable and thread-safe, if the memory is.
 */
public final class ChainValidator {

  private final TrustAnchors anchors;
  private final AlgorithmPolicy algorithms;
  private final ValidationLimits limits;
  private final ZoneMemory memory;

  private ChainValidator(
      TrustAnchors anchors,
      AlgorithmPolicy algorithms,
      ValidationLimits limits,
      ZoneMemory memory) {
    this.anchors = Objects.requireNonNull(anchors, "anchors");
    this.algorithms = Objects.requireNonNull(algorithms, "algorithms");
    this.limits = Objects.requireNonNull(limits, "limits");
    this.memory = Objects.requireNonNull(memory, "memory");
  }

  /**
   * Returns a validator with the recommended algorithms, the default limits, and no memory.
   *
   * @param anchors where trust begins
   * @return the validator
   */
  public static ChainValidator trusting(TrustAnchors anchors) {
    AlgorithmPolicy algorithms = AlgorithmPolicy.recommended();
    return new ChainValidator(anchors, algorithms, ValidationLimits.defaults(), ZoneMemory.none());
  }

  /**
   * Returns this validator with other algorithms, and without its memory.
   *
   * @param policy which algorithms count
   * @return the new validator
   */
  public ChainValidator withAlgorithms(AlgorithmPolicy policy) {
    return new ChainValidator(anchors, policy, limits, ZoneMemory.none());
  }

  /**
   * Returns this validator with other limits, and without its memory.
   *
   * @param newLimits what one validation may spend
   * @return the new validator
   */
  public ChainValidator withLimits(ValidationLimits newLimits) {
    return new ChainValidator(anchors, algorithms, newLimits, ZoneMemory.none());
  }

  /**
   * Returns this validator with a memory of what it proves.
   *
   * @param newMemory where proven zones are kept; it must not hold facts of validators with other
   *     settings
   * @return the new validator
   */
  public ChainValidator withMemory(ZoneMemory newMemory) {
    return new ChainValidator(anchors, algorithms, limits, newMemory);
  }

  /**
   * Judges the response to a question.
   *
   * @param question the question
   * @param evidence the response to it, and to further questions that a verdict needs
   * @param at the time at which the verdict is to hold
   * @return the verdict
   */
  public ValidationResult validate(Question question, Evidence evidence, Instant at) {
    return new AnswerWalk(new Validation(this, evidence, at), question).judge();
  }

  /**
   * Returns questions that a verdict will probably need, so that they can be asked beside the
   * question itself: the keys of every zone that probably stands between the trust anchor and the
   * name, as far as the memory does not have them. A guess only; {@link
   * ValidationResult.Indeterminate} names what is needed.
   *
   * @param question the question
   * @param at the time at which a verdict is to hold
   * @return further questions
   */
  public Set<Question> foresee(Question question, Instant at) {
    return Foresight.of(question, anchors, memory, at);
  }

  TrustAnchors anchors() {
    return anchors;
  }

  AlgorithmPolicy algorithms() {
    return algorithms;
  }

  /**
   * Returns what one validation may spend.
   *
   * @return the limits
   */
  public ValidationLimits limits() {
    return limits;
  }

  ZoneMemory memory() {
    return memory;
  }
}
