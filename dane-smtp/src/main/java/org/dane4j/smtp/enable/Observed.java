// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.dane4j.dnssec.Question;

/**
 * What all name servers say to one question.
 *
 * @param question the question
 * @param answers the answers, at least one for each server that gave any
 * @param problems the servers of which nothing is known, and why
 */
record Observed(Question question, List<ByServer> answers, List<String> problems) {

  Observed {
    answers = List.copyOf(answers);
    problems = List.copyOf(problems);
  }

  /** What a server said. */
  record ByServer(String server, ServedAnswer answer) {}

  Set<ServedAnswer> distinct() {
    return answers.stream()
        .map(ByServer::answer)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Whether each server answered, and each as wanted. */
  boolean everywhere(Predicate<ServedAnswer> wanted) {
    return problems.isEmpty() && !answers.isEmpty() && distinct().stream().allMatch(wanted);
  }

  boolean anywhere(Predicate<ServedAnswer> wanted) {
    return distinct().stream().anyMatch(wanted);
  }

  /** Returns the records as lines of a zone file; none for denials. */
  List<String> lines() {
    return distinct().stream()
        .flatMap(
            answer ->
                answer.rdata().stream()
                    .map(
                        rdata ->
                            ServerAnswers.line(
                                question.name(), answer.ttl(), question.type(), rdata)))
        .distinct()
        .toList();
  }

  /** Names the servers that do not answer as wanted. */
  String others(Predicate<ServedAnswer> wanted) {
    return answers.stream()
        .filter(by -> !wanted.test(by.answer()))
        .map(ByServer::server)
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
