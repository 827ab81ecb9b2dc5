// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.dane4j.dnssec.Finding.Trouble;
import org.dane4j.dnssec.Finding.Unknown;
import org.dane4j.dnssec.Observation.Answered;
import org.dane4j.dnssec.Observation.Failed;
import org.dane4j.dnssec.crypto.Budget;
import org.dane4j.dnssec.wire.WireMessage;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * The state of one validation: what it may look at, what it may spend, and what it found missing.
 * Lives in one thread, for one call.
 */
final class Validation {

  private final ChainValidator settings;
  private final Evidence evidence;
  private final Instant at;
  private final Budget budget;
  private final Set<Question> missing = new LinkedHashSet<>();

  Validation(ChainValidator settings, Evidence evidence, Instant at) {
    this.settings = settings;
    this.evidence = evidence;
    this.at = at;
    ValidationLimits limits = settings.limits();
    this.budget =
        new Budget(
            limits.maxSignatureChecks(),
            limits.maxFailedChecks(),
            limits.maxDsDigests(),
            limits.maxNsec3HashBlocks());
  }

  Instant at() {
    return at;
  }

  Budget budget() {
    return budget;
  }

  /** Returns the anchors of a zone that count; null if there are none. */
  TrustAnchors.@Nullable ZoneAnchors anchorsOf(Name zone) {
    return settings.anchors().of(zone, at);
  }

  /** Returns the closest zone at or above a name that has anchors; null if none counts. */
  @Nullable Name closestAnchor(Name name) {
    return settings.anchors().closest(name, at);
  }

  /** Returns the negative trust anchor that counts for a name; null if there is none. */
  TrustAnchors.@Nullable Negative negativeAnchor(Name name) {
    return settings.anchors().negative(name, at);
  }

  AlgorithmPolicy algorithms() {
    return settings.algorithms();
  }

  ValidationLimits limits() {
    return settings.limits();
  }

  ZoneMemory memory() {
    return settings.memory();
  }

  /** Returns the response to a question; null if there is none, and then it is noted as missing. */
  @Nullable WireMessage response(Question question) {
    Observation observation = evidence.about(question);
    if (observation == null) {
      missing.add(question);
    }
    return observation instanceof Answered answered ? answered.message() : null;
  }

  /** What to say of a question for which {@link #response} returned null. */
  <T> Finding<T> unknown(Question question) {
    return evidence.about(question) instanceof Failed failed
        ? new Unknown<>(new Trouble(question, failed))
        : new Unknown<>(null);
  }

  /** Returns the questions whose responses a verdict needs and the evidence does not have. */
  Set<Question> missing() {
    return missing;
  }
}
