// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.util.List;
import java.util.Optional;
import org.dane4j.match.MatchResult;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.tlsa.Octets;
import org.jspecify.annotations.Nullable;

/** A step of the dialogue with a server failed; the session is of no more use. */
final class StepFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Failed failed;

  private StepFailedException(Failed failed, @Nullable Throwable cause) {
    super(failed.explanation(), cause);
    this.failed = failed;
  }

  static StepFailedException of(Cause cause, String explanation) {
    return new StepFailedException(
        new Failed(cause, explanation, Optional.empty(), Optional.empty()), null);
  }

  static StepFailedException of(Cause cause, String explanation, SmtpReply reply) {
    String text = explanation + ": " + reply;
    return new StepFailedException(
        new Failed(cause, text, Optional.of(reply), Optional.empty()), null);
  }

  static StepFailedException of(Cause cause, String explanation, Throwable problem) {
    String text = explanation + ": " + problem.getMessage();
    return new StepFailedException(
        new Failed(cause, text, Optional.empty(), Optional.empty()), problem);
  }

  static StepFailedException mismatch(MatchResult match, List<Octets> certificates) {
    Failed failed =
        new Failed(
            Cause.DANE_MISMATCH,
            match.explanation(),
            Optional.empty(),
            Optional.of(match),
            certificates);
    return new StepFailedException(failed, null);
  }

  Failed failed() {
    return failed;
  }
}
