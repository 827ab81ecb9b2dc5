// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import java.util.concurrent.CompletionStage;
import org.dane4j.dnssec.Question;

/** Who is asked: a recursive name server behind some transport. Thread-safe. */
interface Upstream {

  /** Whether the name server may leave out what it takes for bogus by itself. */
  enum Checking {
    /** It is to pass on everything: CD is set (RFC 6840 §5.9). */
    DISABLED,
    /** It may. */
    ENABLED
  }

  /** Asks a question, with DO, and returns the octets of the response. */
  CompletionStage<byte[]> ask(Question question, Checking checking);
}
