// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.dane4j.dnssec.Answer;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.smtp.internal.Answers;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/** Where zones begin, by the verdicts on SOA and DS at every name from the root down. */
final class ZoneCuts {

  private ZoneCuts() {}

  /** Returns all names of some questions, and the names above them; the root is first. */
  static Set<Name> withAncestors(Collection<Question> questions) {
    Set<Name> names = new TreeSet<>();
    for (Question question : questions) {
      for (int cut = 0; cut < question.name().labels(); cut++) {
        names.add(new Name(question.name(), cut));
      }
    }
    return names;
  }

  /** Returns as many questions, from the first on, as have no more names above them. */
  static List<Question> within(List<Question> questions, int mostNames) {
    List<Question> some = new ArrayList<>();
    Set<Name> names = new TreeSet<>();
    for (Question question : questions) {
      names.addAll(withAncestors(List.of(question)));
      if (names.size() > mostNames) {
        break;
      }
      some.add(question);
    }
    return some;
  }

  /** Returns those names at which zones begin, each behind the zones above it. */
  static List<Name> find(Set<Name> names, Map<Question, ValidationResult> verdicts) {
    return names.stream().filter(name -> isZone(name, verdicts)).toList();
  }

  private static boolean isZone(Name name, Map<Question, ValidationResult> verdicts) {
    if (name.equals(Name.root)) {
      return true;
    }
    ValidationResult soa = verdicts.get(new Question(name, Type.SOA));
    ValidationResult ds = verdicts.get(new Question(name, Type.DS));
    if (isAt(name, soa) || isAt(name, ds)) {
      return true;
    }
    if (soa instanceof Insecure insecure && insecure.zone().equals(name)) {
      return true;
    }
    // Where the zone above answers and what is asked at the name is not answered, others are to
    // answer it: this is a zone, and broken.
    Optional<Answer> delegation = ds == null ? Optional.empty() : Answers.of(ds);
    return soa != null
        && Answers.of(soa).isEmpty()
        && delegation.filter(answer -> !(answer instanceof Answer.NxDomain)).isPresent();
  }

  private static boolean isAt(Name name, @Nullable ValidationResult verdict) {
    return verdict != null
        && Answers.data(verdict).filter(rrset -> rrset.name().equals(name)).isPresent()
        && verdict.question().name().equals(name);
  }

  /** Returns the lowest zone that a name is in. */
  static Name enclosing(Name name, List<Name> zones) {
    Name closest = Name.root;
    for (Name zone : zones) {
      if (name.subdomain(zone) && zone.labels() > closest.labels()) {
        closest = zone;
      }
    }
    return closest;
  }
}
