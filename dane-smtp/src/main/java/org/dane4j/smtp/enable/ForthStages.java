// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import static org.dane4j.smtp.enable.Guards.blocked;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.smtp.audit.AuditReport;
import org.dane4j.smtp.audit.Finding;
import org.dane4j.smtp.audit.Severity;
import org.dane4j.smtp.audit.Topic;
import org.dane4j.smtp.enable.MxMove.Shape;
import org.dane4j.smtp.enable.Task.Place;
import org.xbill.DNS.Name;

/** The stages of switching DANE on: what is missing until each is behind. */
final class ForthStages {

  private static final String REMOVAL = "Take the old host out of the MX records. Keep it running.";

  private final View view;
  private final Optional<MxMove> move;

  ForthStages(View view) {
    this.view = view;
    this.move = MxMove.of(view);
  }

  /** Returns what comes next in a stage; empty if it is behind. */
  Optional<Step> missing(Stage stage) {
    return switch (stage) {
      case REQUIREMENTS -> requirements();
      case TTL_LOWERED -> move.flatMap(it -> ttlLowered());
      case ZONE_SIGNED -> zoneSigned();
      case NEW_HOST_ADDED -> move.flatMap(this::added);
      case NEW_HOST_VERIFIED -> move.flatMap(this::verified);
      case NEW_HOST_PREFERRED -> move.flatMap(this::preferred);
      case OLD_HOST_IDLE -> move.flatMap(it -> it.idle("old"));
      case OLD_HOST_REMOVED -> move.flatMap(it -> it.removed("old", REMOVAL));
      case DNSSEC_VERIFIED -> dnssecVerified();
      case TLS_VERIFIED -> tlsVerified();
      case TLSA_PUBLISHED -> tlsaPublished();
      case TLSA_KNOWN -> tlsaKnown();
      case TTL_RAISED -> move.flatMap(it -> ttlRaised());
      case DONE ->
          Optional.of(
              new Step.Finished(
                  "DANE is on. Look again now and then, and before each change: a new key's TLSA"
                      + " record is published first, and the key used two TTLs later."));
      default -> throw new AssertionError(stage);
    };
  }

  /** Returns how the domain is in the beginning. */
  Origin origin() {
    ServedAnswer mx = view.mx().answers().get(0).answer();
    Signing signing = view.isMxSecure() ? Signing.SIGNED : Signing.UNSIGNED;
    return new Origin(MxMove.targets(mx), signing, List.of());
  }

  private Optional<Step> requirements() {
    Observed mx = view.mx();
    long sets = mx.distinct().stream().map(ServedAnswer::rdata).distinct().count();
    if (sets > 1) {
      return Optional.of(
          new Step.Wait(
              "the name servers do not say the same of the MX records; a change may be under way",
              Optional.empty()));
    }
    List<String> reasons = new ArrayList<>();
    for (HostSight host : view.hosts) {
      host.addressTrouble().ifPresent(reasons::add);
    }
    if (!reasons.isEmpty()) {
      return Optional.of(new Step.Blocked(reasons, List.of()));
    }
    return view.plan.target().newHost().flatMap(this::fitToMove);
  }

  private Optional<Step> fitToMove(Name newHost) {
    List<MxTarget> now = origin().mx();
    if (now.isEmpty()) {
      return blocked(
          "there are no MX records; publish one that names the host which takes the mail now");
    }
    List<MxTarget> others = now.stream().filter(target -> !target.host().equals(newHost)).toList();
    if (others.isEmpty() || others.size() == now.size()) {
      return Optional.empty();
    }
    String early =
        newHost
            + " is among the MX records already: this step comes later. If it was made on this"
            + " program's advice, give the state file of that time";
    int preference =
        now.stream()
            .filter(target -> target.host().equals(newHost))
            .mapToInt(MxTarget::preference)
            .min()
            .orElseThrow();
    if (others.stream().anyMatch(target -> target.preference() >= preference)) {
      // Mail may depend on the new host already.
      return blocked(early);
    }
    return blocked(early, MxMove.task(view, others, "Take it out of the MX records again."));
  }

  private Optional<Step> ttlLowered() {
    long longest = view.plan.ttls().whileChanging();
    Observed mx = view.mx();
    Predicate<ServedAnswer> tooLong = answer -> answer.ttl() > longest;
    if (mx.everywhere(tooLong)) {
      List<MxTarget> same = view.state.origin().orElseThrow().mx();
      return Optional.of(
          new Step.Act(
              List.of(
                  MxMove.task(
                      view, same, "Lower the TTL of the MX records, and change nothing else."))));
    }
    if (mx.anywhere(tooLong)) {
      return Optional.of(
          new Step.Wait(
              mx.others(answer -> answer.ttl() <= longest) + ": still has the longer TTL",
              Optional.empty()));
    }
    return view.memory.waitFor(
        "resolvers may hold the MX records with the longer TTL",
        answer -> answer.question().equals(view.mxQuestion()) && tooLong.test(answer));
  }

  private Optional<Step> zoneSigned() {
    if (view.isMxSecure() && view.hasDelegation()) {
      return Optional.empty();
    }
    List<Observed> answers = view.inDomainZone();
    List<String> silent = answers.stream().flatMap(it -> it.problems().stream()).toList();
    if (!silent.isEmpty()) {
      return Optional.of(new Step.Blocked(silent.stream().distinct().toList(), List.of()));
    }
    if (answers.stream().allMatch(it -> it.everywhere(ServedAnswer::isUnsigned))) {
      return Optional.of(
          new Step.Act(
              List.of(
                  Task.of(
                      Place.SIGNER,
                      "Sign the zone "
                          + view.zoneName()
                          + " and keep it signed. Do not give DS records to the parent yet."))));
    }
    if (answers.stream().anyMatch(it -> it.anywhere(ServedAnswer::isUnsigned))) {
      return Optional.of(
          new Step.Wait("not all name servers have the signed zone yet", Optional.empty()));
    }
    Optional<Step> wait =
        view.memory.waitFor(
            "resolvers may hold answers without signatures, which fail once the parent has DS"
                + " records; the longest TTL in the zone counts, also of names not seen here",
            answer -> answer.isUnsigned() && view.isInDomainZone(answer.question()));
    return wait.isPresent() ? wait : delegation();
  }

  private Optional<Step> delegation() {
    if (view.hasDelegation()) {
      return Optional.of(
          new Step.Wait(
              "the parent has DS records, and the resolver does not know it yet",
              Optional.empty()));
    }
    if (view.isParentInsecure()) {
      return blocked("the zone above " + view.zoneName() + " is not signed: no DS records count");
    }
    List<String> lines = view.dsLines();
    return lines.isEmpty()
        ? blocked("the zone has signatures, and no DNSKEY record with the SEP flag was seen")
        : Optional.of(
            new Step.Act(
                List.of(
                    new Task(
                        Place.PARENT,
                        "Compare these DS records with those of your signer, and give them to the parent"
                            + " zone, by way of the registrar.",
                        List.of(),
                        lines))));
  }

  private Optional<Step> added(MxMove it) {
    return it.publish(
        Shape.TO_BEHIND,
        EnumSet.of(Shape.TO_BEHIND),
        "Add the new host behind the old one, with the short TTL.");
  }

  private Optional<Step> verified(MxMove it) {
    Optional<Step> notThere = added(it);
    if (notThere.isPresent()) {
      return notThere;
    }
    Task undo = it.task(Shape.FROM_ONLY, "If that takes long, take the new host out again.");
    for (Name name : it.toHosts()) {
      Optional<HostSight> host = view.host(name);
      if (host.isEmpty()) {
        return Optional.of(
            new Step.Wait("the resolver still has MX records without " + name, Optional.empty()));
      }
      List<String> problems = new ArrayList<>(host.get().insecurity());
      problems.addAll(host.get().withoutTls());
      if (!problems.isEmpty()) {
        return Optional.of(new Step.Blocked(problems, List.of(undo)));
      }
    }
    return Optional.empty();
  }

  private Optional<Step> preferred(MxMove it) {
    return it.publish(
        Shape.TO_AHEAD, EnumSet.of(Shape.TO_AHEAD), "Prefer the new host, and keep the old one.");
  }

  private Optional<Step> dnssecVerified() {
    Optional<Step> unknown = unknownHosts();
    if (unknown.isPresent()) {
      return unknown;
    }
    List<String> problems = new ArrayList<>();
    view.mxVerdict()
        .filter(verdict -> !(verdict instanceof Secure))
        .ifPresent(verdict -> problems.add(verdict.explanation()));
    for (HostSight host : view.hosts) {
      problems.addAll(host.insecurity());
      problems.addAll(host.brokenDenials());
    }
    failures(Topic.DNSSEC).forEach(problems::add);
    return problems.isEmpty()
        ? Optional.empty()
        : Optional.of(new Step.Blocked(problems.stream().distinct().toList(), List.of()));
  }

  /** What name servers already name is a host as well, though the resolver holds older records. */
  private Optional<Step> unknownHosts() {
    List<Name> unknown =
        view.mx().distinct().stream()
            .flatMap(answer -> MxMove.targets(answer).stream())
            .map(MxTarget::host)
            .filter(name -> view.host(name).isEmpty())
            .distinct()
            .sorted()
            .toList();
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Step.Wait(
                "MX records name " + unknown + ", which were not looked at yet", Optional.empty()));
  }

  private List<String> failures(Topic topic) {
    return AuditReport.of(view.facts).only(topic).findings().stream()
        .filter(finding -> finding.severity() == Severity.FAIL)
        .map(Finding::toString)
        .toList();
  }

  /** RFC 7672 §2.2: TLSA records commit each address to TLS, so that it has to work before. */
  private Optional<Step> tlsVerified() {
    Set<String> problems = new LinkedHashSet<>();
    boolean unseen = false;
    for (HostSight host : view.hosts) {
      problems.addAll(host.withoutTls());
      problems.addAll(host.unseenKeys());
      unseen |= !host.unseen().isEmpty();
    }
    if (unseen) {
      problems.add("for what was not seen: look from a machine that can reach it");
    }
    return problems.isEmpty()
        ? Optional.empty()
        : Optional.of(new Step.Blocked(List.copyOf(problems), List.of()));
  }

  private Optional<Step> tlsaPublished() {
    List<Task> tasks = new ArrayList<>();
    for (HostSight host : view.hosts) {
      Observed tlsa = view.observed(host.tlsaQuestion());
      if (tlsa.answers().isEmpty() || !tlsa.problems().isEmpty()) {
        List<String> problems = new ArrayList<>(tlsa.problems());
        problems.add("not all name servers were asked for the TLSA records of " + host.name());
        problems.add(Guards.ASK_ELSEWHERE);
        return Optional.of(new Step.Blocked(problems, List.of()));
      }
      if (tlsa.everywhere(ServedAnswer::isDenial)) {
        tasks.add(new TlsaTasks(view).publish(host));
      } else if (tlsa.anywhere(ServedAnswer::isDenial)) {
        return Optional.of(
            new Step.Wait(
                tlsa.others(answer -> !answer.isDenial()) + ": has not got the TLSA records yet",
                Optional.empty()));
      }
    }
    return tasks.isEmpty() ? Optional.empty() : Optional.of(new Step.Act(tasks));
  }

  private Optional<Step> tlsaKnown() {
    for (HostSight host : view.hosts) {
      Optional<Step> wait =
          view.memory.waitFor(
              "resolvers may hold that "
                  + host.name()
                  + " has no TLSA records, or has others: senders that insist on DANE would wait",
              answer ->
                  answer.question().equals(host.tlsaQuestion())
                      && (answer.isDenial() || !host.mismatches(answer).isEmpty()));
      if (wait.isPresent()) {
        return wait;
      }
      if (!host.hasSecureTlsa()) {
        return Optional.of(
            new Step.Wait(
                "the resolver does not know the TLSA records of " + host.name() + " yet",
                Optional.empty()));
      }
    }
    Optional<Step> delegation =
        view.memory.waitFor(
            "resolvers may hold that the parent has no DS records",
            answer -> answer.question().equals(view.dsQuestion()) && answer.isDenial());
    List<String> failures = failures(Topic.DANE);
    return delegation.isPresent() || failures.isEmpty()
        ? delegation
        : Optional.of(new Step.Blocked(failures, List.of()));
  }

  private Optional<Step> ttlRaised() {
    long wanted = view.plan.ttls().atRest();
    Observed mx = view.mx();
    if (mx.everywhere(answer -> answer.ttl() >= wanted)) {
      return Optional.empty();
    }
    if (mx.anywhere(answer -> answer.ttl() >= wanted)) {
      return Optional.of(
          new Step.Wait(
              mx.others(answer -> answer.ttl() >= wanted) + ": still has the short TTL",
              Optional.empty()));
    }
    List<String> lines =
        mx.answers().get(0).answer().rdata().stream()
            .map(
                rdata ->
                    ServerAnswers.line(view.plan.domain(), wanted, view.mxQuestion().type(), rdata))
            .toList();
    return Optional.of(
        new Step.Act(
            List.of(
                new Task(
                    Place.ZONE,
                    "Raise the TTL of the MX records. If the MTA-STS policy was set to testing,"
                        + " enforce it again, and change its id.",
                    List.of(),
                    lines))));
  }
}
