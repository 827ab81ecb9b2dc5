// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.util.List;
import org.dane4j.smtp.lookup.Destination;

/**
 * What would become of mail to a destination now.
 *
 * @param destination what the DNS says
 * @param attempts what came of turning to each host, in the order of preference
 * @param verdict the verdict on the whole
 */
public record CheckResult(Destination destination, List<Attempt> attempts, Verdict verdict) {

  /** Copies the list. */
  public CheckResult {
    attempts = List.copyOf(attempts);
  }
}
