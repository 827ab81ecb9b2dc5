// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.hostile.Deed.Chance;
import org.xbill.DNS.Type;

/**
 * One deed, and the responses that it is done to.
 *
 * @param target which responses
 * @param deed what is done
 * @param a chooses a detail
 * @param b chooses another
 */
record Act(Target target, Deed deed, int a, int b) {

  /** Which responses an attacker gets hold of. */
  enum Target {
    /** The one to the question itself. */
    ANSWER,
    DS,
    KEYS,
    /** All but the one to the question itself. */
    CHAIN,
    ALL;

    boolean includes(Question asked, Question goal) {
      return switch (this) {
        case ANSWER -> asked.equals(goal);
        case DS -> asked.type() == Type.DS;
        case KEYS -> asked.type() == Type.DNSKEY;
        case CHAIN -> !asked.equals(goal);
        case ALL -> true;
      };
    }
  }

  byte[] on(byte[] response, Scene scene, Question asked, Question goal) {
    return target.includes(asked, goal)
        ? deed.on(response, new Chance(scene, asked, goal, a, b))
        : response;
  }

  @Override
  public String toString() {
    return deed + "(" + a + ", " + b + ") on " + target;
  }
}
