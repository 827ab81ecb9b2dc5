// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import java.util.ArrayList;
import java.util.List;
import org.dane4j.dnssec.Question;

/**
 * A question about a tree, and what an attacker does to the responses.
 *
 * @param name chooses the name
 * @param type chooses the type
 * @param acts what is done, in this order
 */
record Attack(int name, int type, List<Act> acts) {

  Attack {
    acts = List.copyOf(acts);
  }

  /** Returns this attack with one more act behind the others. */
  Attack and(Act act) {
    List<Act> more = new ArrayList<>(acts);
    more.add(act);
    return new Attack(name, type, more);
  }

  Question question(Model model) {
    return model.question(name, type);
  }

  /** Returns what the victim gets in place of a response; no octets if it gets nothing. */
  byte[] on(byte[] response, Scene scene, Question asked) {
    byte[] octets = response;
    for (Act act : acts) {
      octets = act.on(octets, scene, asked, question(scene.model()));
    }
    return octets;
  }

  @Override
  public String toString() {
    return name + "/" + type + " " + acts;
  }
}
