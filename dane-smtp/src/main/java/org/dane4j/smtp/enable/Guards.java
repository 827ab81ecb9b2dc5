// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.dane4j.smtp.audit.PolicyFacts;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy.Failed;
import org.dane4j.smtp.audit.PolicyFacts.MtaStsPolicy.Fetched;
import org.dane4j.smtp.enable.MxMove.Shape;
import org.dane4j.smtp.enable.Task.Place;
import org.dane4j.smtp.internal.Answers;
import org.dane4j.smtp.internal.MtaStsPattern;
import org.dane4j.smtp.lookup.Destination;
import org.xbill.DNS.Name;

/**
 * What must not be, whatever the stage: what is broken, and what was done before its time. Nothing
 * goes on before it is put right.
 */
final class Guards {

  /** What to do about name servers of which nothing is known. */
  static final String ASK_ELSEWHERE =
      "look from a machine that may ask name servers directly, or take the server out of the NS"
          + " records";

  private final View view;

  Guards(View view) {
    this.view = view;
  }

  Optional<Step> check() {
    return first(
        this::earlyDelegation,
        this::brokenDnssec,
        this::noMail,
        this::silentServers,
        this::earlyMx,
        this::wrongTlsa,
        this::mtaSts);
  }

  private interface Guard {
    Optional<Step> check();
  }

  private static Optional<Step> first(Guard... guards) {
    for (Guard guard : guards) {
      Optional<Step> step = guard.check();
      if (step.isPresent()) {
        return step;
      }
    }
    return Optional.empty();
  }

  static Optional<Step> blocked(String reason, Task... remedy) {
    return Optional.of(new Step.Blocked(List.of(reason), List.of(remedy)));
  }

  private boolean isBack() {
    return view.state.stage().direction() == Stage.Direction.BACK;
  }

  /** RFC 7672 §2.1.2: with bogus MX records, all mail from validating senders waits. */
  private Optional<Step> brokenDnssec() {
    if (!view.isMxBogus()) {
      return Optional.empty();
    }
    String reason = view.mxVerdict().orElseThrow().explanation();
    if (!view.hasDelegation()) {
      return blocked(reason, Task.of(Place.SIGNER, "Repair the DNSSEC of the zone above."));
    }
    return blocked(
        "mail from senders that validate waits: " + reason,
        Task.of(Place.SIGNER, "If it can be done at once, repair the signatures of the zone."),
        delegationRemoval(
            "Otherwise take the DS records out of the parent zone: senders that have forgotten them"
                + " take the zone for unsigned, and deliver as before."));
  }

  Task delegationRemoval(String text) {
    return new Task(Place.PARENT, text, view.observed(view.dsQuestion()).lines(), List.of());
  }

  private Optional<Step> noMail() {
    Destination destination = view.facts.destination();
    if (destination instanceof Destination.Hosts) {
      return Optional.empty();
    }
    if (destination instanceof Destination.Undetermined undetermined) {
      return blocked("where mail goes cannot be found out: " + undetermined.explanation());
    }
    return blocked(
        destination instanceof Destination.NullMx
            ? view.plan.domain() + " takes no mail (RFC 7505)"
            : view.plan.domain() + " does not exist");
  }

  private Optional<Step> silentServers() {
    Observed mx = view.mx();
    if (mx.answers().isEmpty() && mx.problems().isEmpty()) {
      return blocked("the name servers of " + view.zoneName() + " were not asked");
    }
    if (mx.problems().isEmpty()) {
      return Optional.empty();
    }
    List<String> reasons = new ArrayList<>(mx.problems());
    reasons.add(ASK_ELSEWHERE);
    return Optional.of(new Step.Blocked(reasons, List.of()));
  }

  /** RFC 4035 §5.2: below DS records, an answer without signatures is bogus, cached or not. */
  private Optional<Step> earlyDelegation() {
    boolean unsignedServed =
        view.inDomainZone().stream().anyMatch(it -> it.anywhere(ServedAnswer::isUnsigned));
    if (unsignedServed) {
      return view.mayHoldDelegation() ? missingSignatures() : Optional.empty();
    }
    if (isBack() || !view.hasDelegation() || view.unsignedHeld().isEmpty()) {
      return Optional.empty();
    }
    return blocked(
        "the DS records came too early: some resolvers still hold answers without signatures, and"
            + " cannot validate them"
            + view.until(view.unsignedHeld()),
        delegationRemoval(
            "Take the DS records out of the parent zone again, unless that takes longer."));
  }

  private Optional<Step> missingSignatures() {
    Task sign =
        Task.of(
            Place.SIGNER,
            "If it can be done at once, sign the zone on all name servers, with the keys of the DS"
                + " records.");
    if (view.hasDelegation()) {
      return blocked(
          "the parent has DS records, and the zone is not signed on each name server: mail from"
              + " senders that validate waits",
          sign,
          delegationRemoval("Otherwise take the DS records out of the parent zone."));
    }
    String why =
        "the zone is not signed, and resolvers may still hold its DS records: mail from senders"
            + " that validate waits";
    boolean wasEverSigned = isBack() || Stage.ZONE_SIGNED.isBefore(view.state.stage());
    return wasEverSigned
        ? blocked(why, sign)
        : view.memory.waitFor(
            why, answer -> answer.question().equals(view.dsQuestion()) && !answer.isDenial());
  }

  private Optional<Step> earlyMx() {
    Optional<MxMove> move = MxMove.of(view);
    if (move.isEmpty()) {
      return Optional.empty();
    }
    return isBack() ? earlyMxBack(move.get()) : earlyMxForth(move.get());
  }

  private Optional<Step> earlyMxForth(MxMove move) {
    Stage stage = view.state.stage();
    Set<Shape> allowed = allowed(stage);
    if (view.mx().everywhere(answer -> allowed.contains(move.shape(answer)))) {
      return Optional.empty();
    }
    Shape wanted = allowed.iterator().next();
    String reason =
        "the MX records are not what they should be before it is true that "
            + stage.goal()
            + ": a step was made too early, or taken back; on "
            + view.mx().others(answer -> allowed.contains(move.shape(answer)));
    return blocked(reason, move.task(wanted, "Make the MX records these again."));
  }

  /** The first of the shapes is the one to go back to. */
  private static Set<Shape> allowed(Stage stage) {
    return switch (stage) {
      case REQUIREMENTS, TTL_LOWERED, ZONE_SIGNED -> EnumSet.of(Shape.FROM_ONLY);
      case NEW_HOST_ADDED, NEW_HOST_VERIFIED -> EnumSet.of(Shape.FROM_ONLY, Shape.TO_BEHIND);
      case NEW_HOST_PREFERRED -> EnumSet.of(Shape.TO_BEHIND, Shape.EQUAL, Shape.TO_AHEAD);
      case OLD_HOST_IDLE -> EnumSet.of(Shape.TO_AHEAD);
      case OLD_HOST_REMOVED -> EnumSet.of(Shape.TO_AHEAD, Shape.TO_ONLY);
      // Who is done may add hosts; each of them has to be as it should.
      case DONE -> EnumSet.of(Shape.TO_ONLY, Shape.OTHER);
      default -> EnumSet.of(Shape.TO_ONLY);
    };
  }

  private Optional<Step> earlyMxBack(MxMove move) {
    boolean removalAllowed = !view.state.stage().isBefore(Stage.NEW_HOST_REMOVED);
    if (removalAllowed || !move.anywhere(Shape.TO_ONLY)) {
      return Optional.empty();
    }
    if (!move.mayBeHeld(Shape.FROM_ONLY, Shape.TO_BEHIND, Shape.EQUAL)) {
      return Optional.empty();
    }
    return blocked(
        "the new host was taken away too early: some resolvers still prefer it",
        move.task(Shape.TO_AHEAD, "Put it back behind the old host."));
  }

  /** RFC 7672 §2.2: TLSA records oblige all senders to TLS, and to nothing less than a match. */
  private Optional<Step> wrongTlsa() {
    if (isBack()) {
      return Optional.empty();
    }
    Set<Name> leaving =
        MxMove.of(view)
            .filter(move -> view.state.stage().isBefore(Stage.DNSSEC_VERIFIED))
            .map(MxMove::fromHosts)
            .orElse(Set.of());
    for (HostSight host : view.hosts) {
      Optional<Step> wrong = leaving.contains(host.name()) ? Optional.empty() : wrongTlsa(host);
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private Optional<Step> wrongTlsa(HostSight host) {
    List<ServedAnswer> published =
        view.observed(host.tlsaQuestion()).distinct().stream()
            .filter(answer -> !answer.isDenial())
            .toList();
    if (published.isEmpty()) {
      return Optional.empty();
    }
    List<String> problems = new ArrayList<>(host.refusals());
    published.forEach(answer -> problems.addAll(host.otherKeys(answer)));
    if (!problems.isEmpty()) {
      return Optional.of(
          new Step.Blocked(
              each("TLSA records are published, and senders fail by them: ", problems),
              List.of(new TlsaTasks(view).replace(host))));
    }
    // Perhaps it is only from here: that is no reason to take anything away.
    List<String> unseen =
        host.unseen().isEmpty() && host.chains().isEmpty()
            ? List.of(host.name() + ": its certificates were not seen")
            : host.unseen();
    return unseen.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Step.Blocked(
                each("TLSA records are published, and whether they match is not known: ", unseen),
                List.of()));
  }

  private static List<String> each(String beginning, List<String> problems) {
    return problems.stream().distinct().map(problem -> beginning + problem).toList();
  }

  private Optional<String> unknownPolicy() {
    PolicyFacts policies = view.facts.policies();
    if (Answers.of(policies.mtaStsRecord()).isEmpty()) {
      return Optional.of(policies.mtaStsRecord().explanation());
    }
    return policies.mtaStsPolicy().orElse(null) instanceof Failed failed
        ? Optional.of(failed.why())
        : Optional.empty();
  }

  /** RFC 8461 §4.1: a policy that is enforced has to name the hosts that mail moves to. */
  private Optional<Step> mtaSts() {
    Optional<MxMove> move = MxMove.of(view);
    if (move.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> unknown = unknownPolicy();
    if (unknown.isPresent()) {
      // Senders keep a policy that they have, whether or not it can be fetched now.
      return blocked(
          "whether the MTA-STS policy names the hosts that mail moves to is not known: "
              + unknown.get(),
          Task.of(
              Place.ZONE,
              "Serve the policy again. If there is to be none, serve one with the mode none, and"
                  + " remove the _mta-sts record when the longest max_age is over."));
    }
    if (!(view.facts.policies().mtaStsPolicy().orElse(null) instanceof Fetched policy)
        || !policy.mode().toLowerCase(Locale.ROOT).equals("enforce")) {
      return Optional.empty();
    }
    // Those that the MX records name now as well: senders go there until the last cache forgets.
    Set<Name> hosts = new TreeSet<>(move.get().toHosts());
    for (ServedAnswer answer : view.mx().distinct()) {
      MxMove.targets(answer).forEach(target -> hosts.add(target.host()));
    }
    List<Name> missing =
        hosts.stream()
            .filter(
                host ->
                    policy.mx().stream()
                        .noneMatch(it -> MtaStsPattern.matches(it, host.toString(true))))
            .sorted()
            .toList();
    return missing.isEmpty()
        ? Optional.empty()
        : blocked(
            "the MTA-STS policy is enforced and does not name "
                + missing
                + ": senders that use it would not deliver there",
            Task.of(
                Place.ZONE,
                "Add a line 'mx: "
                    + missing.get(0).toString(true)
                    + "' to the MTA-STS policy and keep those of all hosts that MX records name, or set its mode to testing; then change the id in"
                    + " the _mta-sts record. A pattern's asterisk stands for one label only."));
  }
}
