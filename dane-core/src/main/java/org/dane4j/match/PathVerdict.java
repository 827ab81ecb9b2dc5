// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.List;
import java.util.Optional;

/**
 * Whether a path to a trust anchor authenticates a server. What fails for good comes before what
 * fails at this instant, and the name comes last: so a wrong name means that all else is right.
 */
final class PathVerdict implements PathSearch.PathCheck {

  private final PathRules rules;
  private final NameConstraintRules nameConstraints;
  private final PeerName name;

  PathVerdict(PathRules rules, PeerName name, SearchBudget budget) {
    this.rules = rules;
    this.nameConstraints = new NameConstraintRules(budget);
    this.name = name;
  }

  @Override
  public Optional<Mismatch> failure(List<PathNode> path, PathSearch.Last last)
      throws SearchBudget.SpentException {
    Optional<Mismatch> failure = rules.failure(path);
    if (failure.isEmpty()) {
      failure = nameConstraints.failure(path, name.matched().map(MatchedName::reference));
    }
    if (failure.isEmpty()) {
      failure = rules.validityFailure(path, last);
    }
    // RFC 7672 §3.2.2, RFC 7671 §5.2, §5.3: with all usages but DANE-EE names are checked.
    return failure.isEmpty()
        ? name.failure(path.stream().map(PathNode::certificate).toList())
        : failure;
  }
}
