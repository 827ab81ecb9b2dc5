// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import java.time.Duration;

/**
 * What an observation may take.
 *
 * @param totalTime how long all of it may take
 * @param queryTimeout how long a name server may take for one answer; a datagram that is not
 *     answered is sent once more
 * @param addressesPerHost how many addresses of a mail host are connected to
 * @param serversPerZone how many addresses of a zone's name servers are asked
 */
public record ObservationLimits(
    Duration totalTime, Duration queryTimeout, int addressesPerHost, int serversPerZone) {

  private static final ObservationLimits DEFAULTS =
      new ObservationLimits(Duration.ofMinutes(2), Duration.ofSeconds(3), 20, 64);

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException if one is not more than zero
   */
  public ObservationLimits {
    if (totalTime.isNegative()
        || totalTime.isZero()
        || queryTimeout.isNegative()
        || queryTimeout.isZero()
        || addressesPerHost < 1
        || serversPerZone < 1) {
      throw new IllegalArgumentException("a limit is more than zero");
    }
  }

  /**
   * Returns limits for domains as they are: thirteen name servers, as the root zone has, come to 26
   * addresses, a few operators have more, and hardly a mail host has 20. Were all 64 silent, they
   * would take up half a minute of the time.
   *
   * @return 2 minutes, 3 seconds, 20 addresses, 64 servers
   */
  public static ObservationLimits defaults() {
    return DEFAULTS;
  }

  /**
   * Returns these limits with another total time.
   *
   * @param time how long all may take
   * @return the new limits
   */
  public ObservationLimits withTotalTime(Duration time) {
    return new ObservationLimits(time, queryTimeout, addressesPerHost, serversPerZone);
  }

  /**
   * Returns these limits with another time for a name server.
   *
   * @param timeout how long it may take for one answer
   * @return the new limits
   */
  public ObservationLimits withQueryTimeout(Duration timeout) {
    return new ObservationLimits(totalTime, timeout, addressesPerHost, serversPerZone);
  }
}
