// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.dane4j.dnssec.AlgorithmPolicy.Completeness;
import org.xbill.DNS.Name;

/** Rules and negative trust anchors in octets; {@code docs/evidence-format.md} has the format. */
final class RulesFormat {

  /**
   * As many as a list of exceptions in a resolver may have, and far more than one decision needs.
   */
  static final int MAX_NEGATIVE_ANCHORS = 4096;

  private static final int LIMITS = 12;

  private static final String COMPLETENESS = "how many algorithms must sign";
  private static final int ANY = 0;
  private static final int EVERY = 1;

  /** How many times the defaults the limits in a file may be. */
  private static final int MAX_LIMIT_FACTOR = 32;

  private RulesFormat() {}

  static void writeInstant(OctetWriter out, Instant at) {
    out.u32((int) at.getEpochSecond()).u32(at.getNano());
  }

  static Instant readInstant(OctetReader in, String what) throws MalformedEvidenceException {
    long seconds = in.u32(what);
    int nanos = in.upTo(999_999_999, in.u32(what), what + "'s nanoseconds");
    Instant at = Instant.ofEpochSecond(seconds, nanos);
    if (at.isAfter(EvidenceBundle.LATEST)) {
      throw in.malformed(what + " is after " + EvidenceBundle.LATEST);
    }
    return at;
  }

  static void writeNegative(OctetWriter out, SortedMap<Name, Instant> negative) {
    out.u16(negative.size());
    negative.forEach(
        (zone, until) -> {
          out.octets(zone.toWire());
          writeInstant(out, until);
        });
  }

  static TrustAnchors readNegative(OctetReader in, TrustAnchors anchors)
      throws MalformedEvidenceException {
    String what = "the negative trust anchors";
    int count = in.upTo(MAX_NEGATIVE_ANCHORS, in.u16(what), "the count of " + what);
    TrustAnchors all = anchors;
    Name previous = null;
    for (int i = 0; i < count; i++) {
      Name zone = in.name("the zone of a negative trust anchor");
      if (previous != null && previous.compareTo(zone) >= 0) {
        throw in.malformed(what + " are not in order");
      }
      previous = zone;
      all = all.withNegativeAnchor(zone, readInstant(in, "the end of a negative trust anchor"));
    }
    return all;
  }

  static void writeRules(OctetWriter out, JudgmentRules rules) {
    writeNumbers(out, rules.algorithms().algorithms());
    writeNumbers(out, rules.algorithms().digests());
    out.u8(rules.algorithms().completeness() == Completeness.EVERY_ALGORITHM ? EVERY : ANY);
    for (int limit : rules.limits().toArray()) {
      out.u32(limit);
    }
  }

  static JudgmentRules readRules(OctetReader in) throws MalformedEvidenceException {
    SortedSet<Integer> algorithms = readNumbers(in, "the algorithms");
    SortedSet<Integer> digests = readNumbers(in, "the DS digests");
    int completeness = in.upTo(EVERY, in.u8(COMPLETENESS), COMPLETENESS);
    int[] limits = new int[LIMITS];
    // Who wrote the file must not decide how much work it is.
    int[] highest = ValidationLimits.defaults().toArray();
    for (int i = 0; i < LIMITS; i++) {
      highest[i] *= MAX_LIMIT_FACTOR;
    }
    for (int i = 0; i < LIMITS; i++) {
      limits[i] = in.upTo(highest[i], in.u32("the limits"), "a limit");
    }
    try {
      AlgorithmPolicy policy = AlgorithmPolicy.counting(algorithms, digests);
      return new JudgmentRules(
          completeness == EVERY ? policy.requiringEveryAlgorithm() : policy,
          ValidationLimits.of(limits));
    } catch (IllegalArgumentException e) {
      // Without them, what was secure would be insecure.
      throw in.malformed(String.valueOf(e.getMessage()));
    }
  }

  private static void writeNumbers(OctetWriter out, SortedSet<Integer> numbers) {
    out.u8(numbers.size());
    numbers.forEach(out::u8);
  }

  private static SortedSet<Integer> readNumbers(OctetReader in, String what)
      throws MalformedEvidenceException {
    SortedSet<Integer> numbers = new TreeSet<>();
    int count = in.u8(what);
    for (int i = 0; i < count; i++) {
      int number = in.u8(what);
      if (!numbers.isEmpty() && numbers.last() >= number) {
        throw in.malformed(what + " are not in order");
      }
      numbers.add(number);
    }
    return numbers;
  }
}
