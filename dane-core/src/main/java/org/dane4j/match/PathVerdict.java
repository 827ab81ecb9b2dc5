// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.List;
import java.util.Optional;
import org.dane4j.internal.MalformedDerException;

/**
 * Whether a path to a trust anchor authenticates a server. What fails for good comes before what
 * fails at this instant, and the name comes last: so a wrong name means that all else is right.
 */
final class PathVerdict implements PathSearch.PathCheck {

  private final PathRules rules;
  private final NameConstraintRules nameConstraints;
  private final Optional<MatchedName> name;
  private final NameMismatch nameMismatch;

  PathVerdict(PathNode leaf, Server server, StrengthPolicy strength, SearchBudget budget)
      throws MalformedDerException {
    List<String> presented = NameMatcher.presentedIdentifiers(leaf.fields());
    this.rules = new PathRules(strength, server.at());
    this.nameConstraints = new NameConstraintRules(budget);
    this.name = NameMatcher.match(presented, server.identifiers());
    this.nameMismatch = new NameMismatch(server.identifiers(), presented, leaf.certificate());
  }

  /** The name that is right, without which no path holds. */
  Optional<MatchedName> name() {
    return name;
  }

  @Override
  public Optional<Mismatch> failure(List<PathNode> path) throws SearchBudget.SpentException {
    Optional<Mismatch> failure = rules.failure(path);
    if (failure.isEmpty()) {
      failure = nameConstraints.failure(path, name.map(MatchedName::reference));
    }
    if (failure.isEmpty()) {
      failure = rules.validityFailure(path);
    }
    // RFC 7672 §3.2.2: with DANE-TA the client MUST perform name checks.
    return failure.isEmpty() && name.isEmpty() ? Optional.of(nameMismatch) : failure;
  }
}
