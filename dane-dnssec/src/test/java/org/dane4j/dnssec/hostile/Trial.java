// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.dane4j.dnssec.ChainValidator;
import org.dane4j.dnssec.Evidence;
import org.dane4j.dnssec.FetchFailure;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Indeterminate;
import org.xbill.DNS.Message;

/** One tree, one attack, and what the validator says. */
final class Trial {

  /** No chain in these trees needs more: whoever asks on is led around by the attacker. */
  private static final int MAX_ROUNDS = 64;

  private final Scene scene;
  private final Attack attack;
  private final Question question;
  private boolean normalized;
  private final Map<Question, byte[]> responses = new HashMap<>();

  Trial(Scene scene, Attack attack) {
    this.scene = scene;
    this.attack = attack;
    this.question = attack.question(scene.model());
  }

  Question question() {
    return question;
  }

  ValidationResult judge(ChainValidator validator) {
    Set<Question> missing = Set.of(question);
    for (int round = 0; round < MAX_ROUNDS; round++) {
      missing.forEach(this::response);
      ValidationResult result = validator.validate(question, evidence(), TreeShape.AT);
      missing = result instanceof Indeterminate open ? open.missing() : Set.of();
      if (missing.isEmpty()) {
        return result;
      }
    }
    throw new AssertionError("the validator is never content: " + this);
  }

  /** Returns what the victim gets for a question; no octets if it gets nothing. */
  synchronized byte[] response(Question asked) {
    return responses.computeIfAbsent(
        asked,
        key -> {
          Message honest = scene.tree().answer(key.name().toString(), key.type());
          byte[] octets = attacked(honest.toWire(), key);
          return normalized ? asDnsjavaReadsIt(octets) : octets;
        });
  }

  private byte[] attacked(byte[] honest, Question asked) {
    try {
      return attack.on(honest, scene, asked);
    } catch (RuntimeException e) {
      throw new AssertionError("a deed fails: " + attack.acts() + " to " + asked, e);
    }
  }

  /** From now on, responses are as dnsjava passes them on: what it cannot read is lost. */
  void normalize() {
    normalized = true;
  }

  private static byte[] asDnsjavaReadsIt(byte[] octets) {
    try {
      return new Message(octets).toWire();
    } catch (IOException | RuntimeException e) {
      return new byte[0];
    }
  }

  /** Returns everything that was asked so far. */
  synchronized Evidence evidence() {
    Evidence.Builder evidence = Evidence.builder();
    responses.forEach(
        (asked, octets) -> {
          if (octets.length == 0) {
            evidence.failure(asked, FetchFailure.TIMEOUT, "");
          } else {
            evidence.response(asked, octets);
          }
        });
    return evidence.build();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("question " + question + ", attack " + attack.acts());
    responses.forEach(
        (asked, octets) ->
            text.append("\n----- response to ").append(asked).append('\n').append(print(octets)));
    return text.toString();
  }

  private static String print(byte[] octets) {
    try {
      return new Message(octets).toString();
    } catch (IOException | RuntimeException e) {
      return octets.length + " octets that are no message: " + e;
    }
  }
}
