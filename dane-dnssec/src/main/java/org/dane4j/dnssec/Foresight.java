// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Guesses the questions that the chain of trust to a name will need. */
final class Foresight {

  /** The labels of a name such as example.com, the root's among them. */
  private static final int DOMAIN_LABELS = 3;

  private Foresight() {}

  static Set<Question> of(Question question, TrustAnchors anchors, ZoneMemory memory, Instant at) {
    Set<Question> questions = new LinkedHashSet<>();
    Name name = question.name();
    Name anchor = anchors.closest(name, at);
    if (anchor == null) {
      return questions;
    }
    int lowest = Math.max(anchor.labels(), lowestZone(question));
    for (int labels = anchor.labels(); labels <= lowest; labels++) {
      Name zone = new Name(name, name.labels() - labels);
      ZoneMemory.Fact fact = memory.recall(zone);
      if (fact == null || !fact.holdsAt(at)) {
        if (!zone.equals(anchor)) {
          questions.add(new Question(zone, Type.DS));
        }
        questions.add(new Question(zone, Type.DNSKEY));
      } else if (fact.kind() == ZoneMemory.Fact.Kind.INSECURE) {
        break;
      }
    }
    questions.remove(question);
    return questions;
  }

  /**
   * Returns how many labels the name of the lowest zone probably has. The walk asks if there is a
   * lower one, and that takes one more round.
   */
  private static int lowestZone(Question question) {
    Name name = question.name();
    int lowest = name.labels();
    // Hardly any zone begins at _tcp or _25._tcp (RFC 8552).
    while (lowest > 1 && startsWithUnderscore(name, lowest)) {
      lowest--;
    }
    // Nor at a host, unless it has the name of a domain: directly below the root or what is there.
    return isOfHosts(question.type()) && lowest > DOMAIN_LABELS ? lowest - 1 : lowest;
  }

  private static boolean isOfHosts(int type) {
    return type == Type.A || type == Type.AAAA || type == Type.TLSA;
  }

  private static boolean startsWithUnderscore(Name name, int labels) {
    byte[] label = name.getLabel(name.labels() - labels);
    return label.length > 1 && label[1] == '_';
  }
}
