// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dane4j.dnssec.Observation.Answered;
import org.dane4j.dnssec.Observation.Failed;
import org.dane4j.tlsa.Octets;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * Evidence in octets; {@code docs/evidence-format.md} describes the format.
 *
 * <p>Equal evidence has equal octets, because questions stand in the canonical order of their names
 * (RFC 4034 §6.1), and then of their types. There is one way to write everything, and the reader
 * takes no other.
 */
final class EvidenceFormat {

  private static final byte[] MAGIC = "dane4jEv".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;

  private static final int RESPONSE = 1;
  private static final int FAILURE = 2;

  private static final Comparator<Question> ORDER =
      Comparator.comparing(Question::name).thenComparingInt(Question::type);

  private EvidenceFormat() {}

  static byte[] write(Map<Question, Observation> observations) {
    if (observations.size() > Evidence.MAX_QUESTIONS) {
      throw new IllegalStateException(
          "evidence on more than %d questions cannot be saved: save that of one decision"
              .formatted(Evidence.MAX_QUESTIONS));
    }
    OctetWriter out = new OctetWriter().octets(MAGIC).u16(VERSION).u16(observations.size());
    Map<Question, Observation> ordered = new TreeMap<>(ORDER);
    ordered.putAll(observations);
    for (Map.Entry<Question, Observation> entry : ordered.entrySet()) {
      out.octets(entry.getKey().name().toWire()).u16(entry.getKey().type());
      write(out, entry.getValue());
      if (out.length() > Evidence.MAX_OCTETS) {
        throw new IllegalStateException(
            "evidence of more than %d octets cannot be saved".formatted(Evidence.MAX_OCTETS));
      }
    }
    return out.toByteArray();
  }

  private static void write(OctetWriter out, Observation observation) {
    Octets wire = wire(observation);
    if (wire != null) {
      out.u8(RESPONSE).u16(wire.length()).octets(wire.toByteArray());
    } else if (observation instanceof Failed failed) {
      byte[] kind = failed.failure().name().getBytes(StandardCharsets.US_ASCII);
      byte[] detail = failed.detail().getBytes(StandardCharsets.UTF_8);
      out.u8(FAILURE).u8(kind.length).octets(kind).u16(detail.length).octets(detail);
    }
  }

  private static @Nullable Octets wire(Observation observation) {
    if (observation instanceof Answered answered) {
      return answered.wire();
    }
    return observation instanceof Failed failed ? failed.wire() : null;
  }

  static Evidence read(byte[] octets) throws MalformedEvidenceException {
    if (octets.length > Evidence.MAX_OCTETS) {
      throw new MalformedEvidenceException(
          octets.length + " octets, and " + Evidence.MAX_OCTETS + " is the maximum", 0);
    }
    OctetReader in = new OctetReader(octets);
    in.header(MAGIC, VERSION, "dane4j evidence");
    int count = in.upTo(Evidence.MAX_QUESTIONS, in.u16("the count"), "the count of questions");
    Evidence.Builder evidence = Evidence.builder();
    Question previous = null;
    for (int i = 0; i < count; i++) {
      Question question = question(in);
      if (previous != null && ORDER.compare(previous, question) >= 0) {
        throw in.malformed(question + " stands behind " + previous + ", against the order");
      }
      previous = question;
      read(in, question, evidence);
    }
    in.end();
    return evidence.build();
  }

  private static Question question(OctetReader in) throws MalformedEvidenceException {
    Name name = in.name("the name of a question");
    int type = in.u16("the type of a question");
    try {
      return new Question(name, type);
    } catch (IllegalArgumentException e) {
      throw in.malformed("this is no question: " + e.getMessage());
    }
  }

  private static void read(OctetReader in, Question question, Evidence.Builder evidence)
      throws MalformedEvidenceException {
    int kind = in.u8("the kind of an observation");
    switch (kind) {
      case RESPONSE ->
          evidence.response(question, in.octets(in.u16("a response's length"), "a response"));
      case FAILURE -> {
        FetchFailure failure = failure(in);
        String detail = in.text(in.u16("a detail's length"), "a failure's detail");
        if (detail.length() > Failed.LONGEST_DETAIL) {
          throw in.malformed("a failure's detail is too long");
        }
        evidence.failure(question, failure, detail);
      }
      default -> throw in.malformed("observations of kind " + kind + " are not known");
    }
  }

  private static FetchFailure failure(OctetReader in) throws MalformedEvidenceException {
    String name = in.text(in.u8("the length of a failure's kind"), "a failure's kind");
    for (FetchFailure failure : List.of(FetchFailure.values())) {
      if (failure.name().equals(name)) {
        return failure;
      }
    }
    throw in.malformed("a failure of this kind is not known");
  }
}
