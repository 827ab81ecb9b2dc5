// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.util.List;

/**
 * What became of a mail.
 *
 * @param recipients a result for each recipient of the envelope, in its order
 * @param attempts the hosts that were turned to, in that order, for all domains
 */
public record DeliveryResult(List<RecipientResult> recipients, List<Attempt> attempts) {

  /** Copies the lists. */
  public DeliveryResult {
    recipients = List.copyOf(recipients);
    attempts = List.copyOf(attempts);
  }

  /**
   * Returns whether servers have taken the mail for every recipient.
   *
   * @return whether all outcomes are {@link Outcome.Delivered}
   */
  public boolean isDeliveredToAll() {
    return recipients.stream().allMatch(result -> result.outcome() instanceof Outcome.Delivered);
  }
}
