// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.nio.charset.StandardCharsets;
import org.dane4j.dnssec.wire.MalformedMessageException;
import org.dane4j.dnssec.wire.MessageReader;
import org.dane4j.dnssec.wire.WireMessage;
import org.dane4j.tlsa.Octets;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

/** What was seen when a question was asked. */
sealed interface Observation {

  /** A response that may be judged. */
  record Answered(WireMessage message, Octets wire) implements Observation {}

  /**
   * Nothing that may be judged.
   *
   * @param failure what is wrong
   * @param detail what else is known; cut to {@value #LONGEST_DETAIL} characters
   * @param wire the octets that came; null if none did
   */
  record Failed(FetchFailure failure, String detail, @Nullable Octets wire) implements Observation {

    static final int LONGEST_DETAIL = 500;

    public Failed {
      String cut = detail.substring(0, Math.min(detail.length(), LONGEST_DETAIL));
      // What UTF-8 cannot express is replaced, so that evidence reads back as it was saved.
      detail = new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    Failed(FetchFailure failure, String detail) {
      this(failure, detail, null);
    }

    String text() {
      return detail.isEmpty() ? failure.text() : failure.text() + " (" + detail + ")";
    }
  }

  /** RFC 1035 §4.2.2: the length of a message has two octets. */
  int LONGEST_MESSAGE = 0xffff;

  /** Reads a response; whatever is wrong with it is a failure, never an answer. */
  static Observation of(Question question, byte[] wire) {
    if (wire.length > LONGEST_MESSAGE) {
      return new Failed(FetchFailure.MALFORMED, "longer than a DNS message can be");
    }
    Octets octets = Octets.of(wire);
    WireMessage message;
    try {
      message = MessageReader.read(wire);
    } catch (MalformedMessageException e) {
      return new Failed(FetchFailure.MALFORMED, String.valueOf(e.getMessage()), octets);
    }
    if (message.truncated()) {
      // RFC 2181 §9: a truncated response is never judged.
      return new Failed(FetchFailure.TRUNCATED, "", octets);
    }
    return switch (message.rcode()) {
      case Rcode.NOERROR, Rcode.NXDOMAIN -> matching(question, message, octets);
      default -> new Failed(FetchFailure.ERROR_RESPONSE, Rcode.string(message.rcode()), octets);
    };
  }

  private static Observation matching(Question question, WireMessage message, Octets wire) {
    Name asked = message.questionName();
    if (asked == null
        || !asked.equals(question.name())
        || message.questionType() != question.type()) {
      return new Failed(FetchFailure.MALFORMED, "it answers another question", wire);
    }
    return new Answered(message, wire);
  }
}
