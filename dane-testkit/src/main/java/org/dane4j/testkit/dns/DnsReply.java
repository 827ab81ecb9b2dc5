// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.xbill.DNS.Message;

/**
 * What comes back for a query: a message or nothing, at once or after a while.
 *
 * @param message the response; nothing for a query that is lost
 * @param delay how long the response takes
 * @param onDelivery what is run when the response reaches the client
 */
public record DnsReply(Optional<Message> message, Duration delay, Runnable onDelivery) {

  /**
   * Returns a reply that arrives at once.
   *
   * @param message the response
   * @return the reply
   */
  public static DnsReply of(Message message) {
    return new DnsReply(Optional.of(message), Duration.ZERO, () -> {});
  }

  /**
   * Returns the reply of somebody who says nothing.
   *
   * @return no response
   */
  public static DnsReply silence() {
    return new DnsReply(Optional.empty(), Duration.ZERO, () -> {});
  }

  /**
   * Returns this reply, that much later.
   *
   * @param more the time to add to the delay
   * @return the later reply
   */
  public DnsReply after(Duration more) {
    return new DnsReply(message, delay.plus(more), onDelivery);
  }

  /**
   * Returns this reply with another message; silence stays silence.
   *
   * @param change from a copy of the message to the one to send instead
   * @return the changed reply
   */
  public DnsReply with(UnaryOperator<Message> change) {
    return new DnsReply(message.map(it -> change.apply(it.clone())), delay, onDelivery);
  }

  /**
   * Returns this reply, with something more to do when it is delivered.
   *
   * @param action what to do, quickly
   * @return the reply
   */
  public DnsReply whenDelivered(Runnable action) {
    return new DnsReply(
        message,
        delay,
        () -> {
          onDelivery.run();
          action.run();
        });
  }
}
