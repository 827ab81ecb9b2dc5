// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import org.dane4j.dnssec.wire.MalformedMessageException;
import org.dane4j.dnssec.wire.MessageReader;
import org.dane4j.dnssec.wire.WireMessage;
import org.dane4j.tlsa.Octets;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;

/** What was seen when a question was asked. */
sealed interface Observation {

  /** A response that may be judged. */
  record Answered(WireMessage message, Octets wire) implements Observation {}

  /** Nothing that may be judged. */
  record Failed(FetchFailure failure, String detail) implements Observation {
    String text() {
      return detail.isEmpty() ? failure.text() : failure.text() + " (" + detail + ")";
    }
  }

  /** Reads a response; whatever is wrong with it is a failure, never an answer. */
  static Observation of(Question question, byte[] wire) {
    WireMessage message;
    try {
      message = MessageReader.read(wire);
    } catch (MalformedMessageException e) {
      return new Failed(FetchFailure.MALFORMED, String.valueOf(e.getMessage()));
    }
    if (message.truncated()) {
      // RFC 2181 §9: a truncated response is never judged.
      return new Failed(FetchFailure.TRUNCATED, "");
    }
    return switch (message.rcode()) {
      case Rcode.NOERROR, Rcode.NXDOMAIN -> matching(question, message, wire);
      default -> new Failed(FetchFailure.ERROR_RESPONSE, Rcode.string(message.rcode()));
    };
  }

  private static Observation matching(Question question, WireMessage message, byte[] wire) {
    Name asked = message.questionName();
    if (asked == null
        || !asked.equals(question.name())
        || message.questionType() != question.type()) {
      return new Failed(FetchFailure.MALFORMED, "it answers another question");
    }
    return new Answered(message, Octets.of(wire));
  }
}
