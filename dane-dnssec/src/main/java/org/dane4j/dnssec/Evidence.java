// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;

/**
 * DNS responses, and recorded failures to get one: all that a validation may look at.
 *
 * <p>Evidence proves nothing by itself. Anybody may have made it, and {@link ChainValidator}
 * believes only what signatures prove. Immutable and thread-safe.
 */
public final class Evidence {

  /**
   * The greatest number of questions that saved evidence may have: a DANE check of 32 hosts asks
   * some two hundred.
   */
  public static final int MAX_QUESTIONS = 4096;

  /**
   * The greatest number of octets that saved evidence may have: messages take some twenty times
   * their octets while they are looked at.
   */
  public static final int MAX_OCTETS = 8 << 20;

  private final Map<Question, Observation> observations;

  private Evidence(Map<Question, Observation> observations) {
    this.observations = observations;
  }

  /**
   * Returns a builder without content.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the questions that were asked, answered or not.
   *
   * @return the questions
   */
  public Set<Question> questions() {
    return Set.copyOf(observations.keySet());
  }

  /**
   * Returns the evidence in octets, with the responses as they were received. Equal evidence has
   * equal octets. {@code docs/evidence-format.md} describes the format.
   *
   * @return octets for {@link #read}
   * @throws IllegalStateException if there are more questions than {@link #MAX_QUESTIONS}, or more
   *     octets than {@link #MAX_OCTETS}
   */
  public byte[] toBytes() {
    return EvidenceFormat.write(observations);
  }

  /**
   * Reads evidence from octets. What is read proves no more and no less than when it was received:
   * the validator judges it anew.
   *
   * @param octets what {@link #toBytes} returned
   * @return the evidence
   * @throws MalformedEvidenceException if the octets are not evidence, of an unknown version, or
   *     too many
   */
  public static Evidence read(byte[] octets) throws MalformedEvidenceException {
    return EvidenceFormat.read(octets);
  }

  @Nullable Observation about(Question question) {
    return observations.get(question);
  }

  /** Collects evidence. Of several responses to a question the last one counts. Not thread-safe. */
  public static final class Builder {

    private final Map<Question, Observation> observations = new HashMap<>();

    private Builder() {}

    /**
     * Adds a response in wire form. What is not a usable response to the question is kept as a
     * failure.
     *
     * @param question the question that was asked
     * @param message the octets of the response
     * @return this builder
     */
    public Builder response(Question question, byte[] message) {
      observations.put(question, Observation.of(question, message));
      return this;
    }

    /**
     * Adds a response.
     *
     * @param question the question that was asked
     * @param message the response
     * @return this builder
     */
    public Builder response(Question question, Message message) {
      observations.put(question, Observation.of(question, message.toWire()));
      return this;
    }

    /**
     * Records that a question has no response.
     *
     * @param question the question that was asked
     * @param failure why there is no response
     * @param detail what else is known, for explanations; may be empty
     * @return this builder
     */
    public Builder failure(Question question, FetchFailure failure, String detail) {
      observations.put(question, new Observation.Failed(failure, detail));
      return this;
    }

    /**
     * Takes over what other evidence has on a question, if it has anything.
     *
     * @param question the question
     * @param other the other evidence
     * @return this builder
     */
    public Builder from(Evidence other, Question question) {
      Observation observation = other.about(question);
      if (observation != null) {
        observations.put(question, observation);
      }
      return this;
    }

    /**
     * Returns what was collected so far; the builder can be used on.
     *
     * @return the evidence
     */
    public Evidence build() {
      return new Evidence(Map.copyOf(observations));
    }
  }
}
