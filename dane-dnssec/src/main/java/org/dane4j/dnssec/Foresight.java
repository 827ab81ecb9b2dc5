// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Guesses the questions that the chain of trust to a name will need. */
final class Foresight {

  private Foresight() {}

  static Set<Question> of(Question question, TrustAnchors anchors, ZoneMemory memory, Instant at) {
    Set<Question> questions = new LinkedHashSet<>();
    Name name = question.name();
    Name anchor = anchors.closest(name, at);
    if (anchor == null) {
      return questions;
    }
    // Hardly any zone begins at _tcp or _25._tcp (RFC 8552): the walk asks if one does.
    int lowest = name.labels();
    while (lowest > anchor.labels() && startsWithUnderscore(name, lowest)) {
      lowest--;
    }
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

  private static boolean startsWithUnderscore(Name name, int labels) {
    byte[] label = name.getLabel(name.labels() - labels);
    return label.length > 1 && label[1] == '_';
  }
}
