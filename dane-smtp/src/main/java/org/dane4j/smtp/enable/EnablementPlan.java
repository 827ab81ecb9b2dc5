// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.util.List;
import org.xbill.DNS.Name;

/**
 * What is to be switched on, and how.
 *
 * @param domain the mail domain
 * @param port the port of its mail hosts
 * @param target which hosts it has in the end
 * @param usesOldHost who else sends mail to the old host by its name: gateways, connectors,
 *     smarthosts; in the admin's own words
 * @param ttls the TTLs to publish with
 */
public record EnablementPlan(
    Name domain, int port, Target target, List<String> usesOldHost, Ttls ttls) {

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if the domain is not absolute, the port is none, or who uses
   *     the old host is not one line of text
   */
  public EnablementPlan {
    if (!domain.isAbsolute() || port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "a plan is for an absolute name and a port from 1 to 65535, not " + domain + ":" + port);
    }
    domain = MxTarget.lowerCase(domain);
    usesOldHost = List.copyOf(usesOldHost);
    for (String user : usesOldHost) {
      if (!user.equals(user.strip()) || !user.matches("[^\\p{Cc}\\p{Cf}\\u2028\\u2029]+")) {
        throw new IllegalArgumentException(
            "who uses the old host is one line of text, without spaces around it: '" + user + "'");
      }
    }
  }

  /**
   * The TTLs of what is published.
   *
   * @param whileChanging the longest TTL of the MX records while they are changed, in seconds
   * @param atRest the TTL of MX and TLSA records when all is done, in seconds
   */
  public record Ttls(long whileChanging, long atRest) {

    /** Five minutes, and an hour. */
    public static final Ttls DEFAULT = new Ttls(300, 3600);

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if one is less than 1 or more than a day, or the one at rest
     *     is the shorter one
     */
    public Ttls {
      if (whileChanging < 1 || atRest < whileChanging || atRest > 86_400) {
        throw new IllegalArgumentException(
            "the TTL while changing is at least 1, the one at rest not less than it and at most a"
                + " day; not "
                + whileChanging
                + " and "
                + atRest);
      }
    }
  }
}
