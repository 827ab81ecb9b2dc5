// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.util.List;

/**
 * Where a rollover leads to.
 *
 * @param next the key that the server shall present
 * @param scheme the records that shall stand there then
 * @param kept other keys whose records shall stay: of a server that has an RSA and an ECDSA
 *     certificate, or of the key after the next
 * @param caution how long to wait before the next key is deployed
 * @since 0.1
 */
public record RolloverGoal(
    ServerKey next, RolloverScheme scheme, List<ServerKey> kept, Caution caution) {

  /** How long to wait until nobody believes the old records any more. */
  public enum Caution {
    /** Two TTLs after the last name server serves the new records (RFC 7671 §8.1). */
    TWO_TTLS,
    /**
     * Also until all signatures over the old records have expired. Before that, somebody on the way
     * can replay them, and hold up mail.
     */
    SIGNATURES_EXPIRED
  }

  /**
   * Copies the list.
   *
   * @param next the key that the server shall present
   * @param scheme the records that shall stand there then
   * @param kept other keys whose records shall stay
   * @param caution how long to wait
   */
  public RolloverGoal {
    kept = List.copyOf(kept);
  }

  /**
   * Returns a goal with no other keys, and two TTLs to wait.
   *
   * @param next the key that the server shall present; the current one, if it is only the records
   *     that change
   * @param scheme the records that shall stand there then
   * @return the goal
   */
  public static RolloverGoal of(ServerKey next, RolloverScheme scheme) {
    return new RolloverGoal(next, scheme, List.of(), Caution.TWO_TTLS);
  }

  /**
   * Returns the goal with other keys whose records stay.
   *
   * @param keys the keys
   * @return a copy
   */
  public RolloverGoal keeping(ServerKey... keys) {
    return new RolloverGoal(next, scheme, List.of(keys), caution);
  }

  /**
   * Returns the goal with another time to wait.
   *
   * @param other how long to wait
   * @return a copy
   */
  public RolloverGoal withCaution(Caution other) {
    return new RolloverGoal(next, scheme, kept, other);
  }
}
