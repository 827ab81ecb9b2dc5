// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import static org.dane4j.smtp.enable.Guards.blocked;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.dane4j.smtp.enable.MxMove.Shape;
import org.dane4j.smtp.enable.Task.Place;
import org.xbill.DNS.Name;

/**
 * The stages of switching DANE off. Each first takes away what obliges senders, and waits until
 * they have forgotten it, before it takes away what they were obliged to.
 */
final class BackStages {

  private static final Set<Shape> BOTH_OR_LATER =
      EnumSet.of(Shape.TO_BEHIND, Shape.EQUAL, Shape.TO_AHEAD, Shape.TO_ONLY);

  private static final String REMOVAL =
      "Take the new host out of the MX records. It has to take mail until that is known.";

  private final View view;
  private final Optional<MxMove> move;
  private final FormerTlsa former;

  BackStages(View view) {
    this.view = view;
    this.move = MxMove.of(view);
    this.former = new FormerTlsa(view);
  }

  /** Returns what comes next in a stage; empty if it is behind. */
  Optional<Step> missing(Stage stage) {
    return switch (stage) {
      case TLSA_REMOVED -> tlsaRemoved();
      case TLSA_FORGOTTEN -> tlsaForgotten();
      case OLD_HOST_ADDED -> move.flatMap(this::added);
      case OLD_HOST_VERIFIED -> move.flatMap(this::verified);
      case OLD_HOST_PREFERRED -> move.flatMap(this::preferred);
      case NEW_HOST_IDLE -> move.flatMap(it -> it.idle("new"));
      case NEW_HOST_REMOVED -> move.flatMap(it -> it.removed("new", REMOVAL));
      case DS_REMOVED -> ours().flatMap(it -> delegationRemoved());
      case DS_FORGOTTEN -> ours().flatMap(it -> delegationForgotten());
      case UNSIGNED -> ours().flatMap(it -> unsigned());
      case ROLLED_BACK ->
          Optional.of(
              new Step.Finished(
                  "Everything is as it was before these steps began." + former.remainder()));
      default -> throw new AssertionError(stage);
    };
  }

  /** Only DNSSEC that came with DANE goes with it. */
  private Optional<Origin> ours() {
    return view.state.origin().filter(origin -> origin.signing() == Signing.UNSIGNED);
  }

  private Optional<Step> tlsaRemoved() {
    List<Task> tasks = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    for (HostSight host : view.hosts) {
      Optional<Step> putBack = former.putBack(host);
      if (putBack.isPresent()) {
        return putBack;
      }
      if (former.stays(host)) {
        continue;
      }
      Observed tlsa = view.observed(host.tlsaQuestion());
      broken.addAll(tlsa.problems());
      if (tlsa.everywhere(answer -> !answer.isDenial())) {
        broken.addAll(host.brokenDenials());
        tasks.add(new TlsaTasks(view).remove(host, former.whyRemoved(host)));
      } else if (tlsa.anywhere(answer -> !answer.isDenial())) {
        return Optional.of(
            new Step.Wait(
                tlsa.others(ServedAnswer::isDenial) + ": has TLSA records, and others have not",
                Optional.empty()));
      }
    }
    if (!broken.isEmpty()) {
      broken.add(
          0,
          "without its TLSA records the host would be worse off: that they do not exist could not"
              + " be proven, and senders would wait");
      return Optional.of(
          new Step.Blocked(
              broken,
              List.of(
                  Task.of(
                      Place.SIGNER, "Repair the zone's proofs of absence (NSEC or NSEC3) first."),
                  new Guards(view)
                      .delegationRemoval(
                          "Or take the DS records out of the parent zone, and wait until they are"
                              + " forgotten, before anything else is changed."))));
    }
    return tasks.isEmpty() ? Optional.empty() : Optional.of(new Step.Act(tasks));
  }

  private Optional<Step> tlsaForgotten() {
    for (HostSight host : view.hosts) {
      Predicate<ServedAnswer> goes =
          answer ->
              answer.question().equals(host.tlsaQuestion())
                  && !answer.isDenial()
                  && !former.stays(host, answer);
      List<String> problems =
          view.memory.unwanted(goes).stream()
              .flatMap(held -> host.mismatches(held.answer()).stream())
              .distinct()
              .toList();
      if (!problems.isEmpty()) {
        List<String> reasons = new ArrayList<>(problems);
        reasons.add(
            0, "resolvers may still hold TLSA records, and senders that see them fail by them");
        return Optional.of(new Step.Blocked(reasons, List.of()));
      }
      Optional<Step> wait =
          view.memory.waitFor(
              "resolvers may hold the TLSA records of "
                  + host.name()
                  + ": keep its key and its TLS until then",
              goes);
      if (wait.isPresent()) {
        return wait;
      }
    }
    return Optional.empty();
  }

  private Optional<Step> added(MxMove it) {
    return it.publish(
        Shape.TO_BEHIND, BOTH_OR_LATER, "Add the old host behind the new one, with a short TTL.");
  }

  private Optional<Step> verified(MxMove it) {
    Optional<Step> notThere = added(it);
    if (notThere.isPresent()) {
      return notThere;
    }
    List<String> problems = new ArrayList<>();
    for (Name name : it.toHosts()) {
      Optional<HostSight> host = view.host(name);
      if (host.isEmpty()) {
        return Optional.of(
            new Step.Wait("the resolver still has MX records without " + name, Optional.empty()));
      }
      problems.addAll(host.get().withoutSmtp());
      for (ServedAnswer tlsa : view.observed(host.get().tlsaQuestion()).distinct()) {
        if (!tlsa.isDenial()) {
          problems.addAll(host.get().mismatches(tlsa));
        }
      }
    }
    return problems.isEmpty()
        ? Optional.empty()
        : Optional.of(new Step.Blocked(problems.stream().distinct().toList(), List.of()));
  }

  private Optional<Step> preferred(MxMove it) {
    return it.publish(
        Shape.TO_AHEAD,
        EnumSet.of(Shape.TO_AHEAD, Shape.TO_ONLY),
        "Prefer the old host, and keep the new one.");
  }

  private Optional<Step> delegationRemoved() {
    Observed ds = view.observed(view.dsQuestion());
    if (!ds.problems().isEmpty()) {
      return Optional.of(new Step.Blocked(ds.problems(), List.of()));
    }
    if (ds.everywhere(ServedAnswer::isDenial)) {
      return Optional.empty();
    }
    if (ds.anywhere(ServedAnswer::isDenial)) {
      return Optional.of(
          new Step.Wait(
              ds.others(ServedAnswer::isDenial) + ": still has the DS records", Optional.empty()));
    }
    return Optional.of(
        new Step.Act(
            List.of(
                new Guards(view)
                    .delegationRemoval(
                        "Take the DS records out of the parent zone, and keep the zone signed. Or"
                            + " stop here: DANE is off, and DNSSEC does no harm."))));
  }

  private Optional<Step> delegationForgotten() {
    return view.memory.waitFor(
        "resolvers may hold the DS records: keep the zone signed until then",
        answer -> answer.question().equals(view.dsQuestion()) && !answer.isDenial());
  }

  private Optional<Step> unsigned() {
    if (view.hasDelegation()) {
      return blocked("the parent has DS records again: keep the zone signed");
    }
    List<Observed> answers = view.inDomainZone();
    if (answers.stream().allMatch(it -> it.everywhere(ServedAnswer::isUnsigned))) {
      return Optional.empty();
    }
    if (answers.stream().anyMatch(it -> it.anywhere(ServedAnswer::isUnsigned))) {
      return Optional.of(
          new Step.Wait("not all name servers have the unsigned zone yet", Optional.empty()));
    }
    return Optional.of(
        new Step.Act(List.of(Task.of(Place.SIGNER, "The zone may be unsigned now."))));
  }
}
