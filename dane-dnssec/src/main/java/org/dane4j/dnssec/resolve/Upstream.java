// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import java.util.concurrent.CompletionStage;
import org.dane4j.dnssec.Question;

/** Somebody who answers questions: asked once for each call, without retry. */
interface Upstream {

  /** Asks a question; completes with the octets of a response, or exceptionally. */
  CompletionStage<byte[]> ask(Question question);
}
