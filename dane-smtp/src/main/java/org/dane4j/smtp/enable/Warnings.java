// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dane4j.dnssec.Answer;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy;
import org.dane4j.smtp.internal.Answers;

/** What to keep in mind beside the next step. */
final class Warnings {

  private final View view;

  Warnings(View view) {
    this.view = view;
  }

  List<String> list() {
    List<String> warnings = new ArrayList<>();
    Stage stage = view.state.stage();
    Optional<MxMove> move = MxMove.of(view);
    boolean moving = move.isPresent() && stage.isBefore(Stage.DNSSEC_VERIFIED);
    if (moving) {
      String old = move.get().fromHosts().toString();
      for (String user : view.plan.usesOldHost()) {
        warnings.add(
            user
                + " sends mail to "
                + old
                + " by that name: let it use the new host before the old one is switched off.");
      }
    }
    if (view.plan.target() instanceof Target.Provider
        && stage == Stage.TTL_LOWERED
        && view.state.origin().filter(origin -> origin.mx().size() > 1).isPresent()) {
      warnings.add(
          "The domain has several MX records; providers expect that they are its only host.");
    }
    if (stage.direction() == Stage.Direction.BACK) {
      warnings.addAll(new FormerTlsa(view).warnings());
    }
    if (stage == Stage.TLSA_REMOVED || stage == Stage.TLSA_FORGOTTEN) {
      warnings.add(
          "What was put into the zone a moment ago and is on no name server yet cannot be seen:"
              + " take that back too, and look again when the name servers have it.");
    }
    view.facts
        .policies()
        .mtaStsPolicy()
        .filter(MtaStsPolicy.Failed.class::isInstance)
        .ifPresent(
            policy ->
                warnings.add(
                    "The MTA-STS policy could not be fetched, so that whether it names the hosts is"
                        + " not known: "
                        + ((MtaStsPolicy.Failed) policy).why()));
    if (stage == Stage.DONE
        && view.facts.policies().mtaStsPolicy().orElse(null) instanceof MtaStsPolicy.Fetched policy
        && policy.mode().equalsIgnoreCase("testing")) {
      warnings.add(
          "The MTA-STS policy is in mode testing: set it to enforce again, and change the id in the"
              + " _mta-sts record.");
    }
    if (stage == Stage.DONE
        && !Answers.of(view.facts.policies().tlsReporting())
            .filter(Answer.Positive.class::isInstance)
            .isPresent()) {
      warnings.add("There is no TLSRPT record: with one, senders tell what fails (RFC 8460 §3).");
    }
    return warnings;
  }
}
