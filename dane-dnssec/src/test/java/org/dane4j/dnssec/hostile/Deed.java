// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import org.dane4j.dnssec.Question;

/** Something that an attacker on the path can do to a response. Two numbers choose the details. */
interface Deed {

  /**
   * What is at hand when a response passes by.
   *
   * @param scene the tree
   * @param asked the question that is answered
   * @param goal the question that the victim wants to know about
   * @param a chooses a detail, not negative
   * @param b chooses another one, not negative
   */
  record Chance(Scene scene, Question asked, Question goal, int a, int b) {}

  /** Returns the octets that the victim gets; none if it gets nothing. */
  byte[] on(byte[] response, Chance chance);
}
