// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.enable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dane4j.dnssec.Question;

/**
 * TLSA records that stood at a host's name before these steps began. A host that has some is never
 * asked to publish others, so that those are its operator's own: a rollback leaves them, and puts
 * them back if they are gone, unless senders would fail by them.
 */
final class FormerTlsa {

  private final View view;

  FormerTlsa(View view) {
    this.view = view;
  }

  /** Returns the state with the records of hosts that are seen for the first time. */
  EnablementState remembered() {
    EnablementState state = view.state;
    // From then on, there may be records that these steps have asked for.
    return state
        .origin()
        .filter(origin -> state.stage().isBefore(Stage.TLSA_PUBLISHED))
        .map(origin -> state.from(with(origin)))
        .orElse(state);
  }

  private Origin with(Origin origin) {
    List<ServedAnswer> tlsa = new ArrayList<>(origin.tlsa());
    for (HostSight host : view.hosts) {
      if (origin.tlsa(host.tlsaQuestion()).isEmpty()) {
        found(host).ifPresent(tlsa::add);
      }
    }
    return new Origin(origin.mx(), origin.signing(), tlsa);
  }

  /** Returns what all servers say; that there is nothing is only known if each says so. */
  private Optional<ServedAnswer> found(HostSight host) {
    Observed tlsa = view.observed(host.tlsaQuestion());
    boolean alike = tlsa.distinct().stream().map(ServedAnswer::rdata).distinct().count() == 1;
    return alike && (tlsa.anywhere(answer -> !answer.isDenial()) || tlsa.problems().isEmpty())
        ? tlsa.distinct().stream().findFirst()
        : Optional.empty();
  }

  private Optional<ServedAnswer> before(HostSight host) {
    return remembered(host.tlsaQuestion()).filter(answer -> !answer.isDenial());
  }

  private Optional<ServedAnswer> remembered(Question question) {
    return view.state.origin().flatMap(origin -> origin.tlsa(question));
  }

  /** Returns what to do so that the records stand there again; empty if nothing. */
  Optional<Step> putBack(HostSight host) {
    Observed now = view.observed(host.tlsaQuestion());
    Optional<ServedAnswer> before = before(host).filter(it -> whyNot(host, it).isEmpty());
    boolean wanted = now.everywhere(ServedAnswer::isDenial) || isFailing(host);
    // What a provider has taken away is not for others to put back.
    if (before.isEmpty() || !wanted || new TlsaTasks(view).isProviders(host)) {
      return Optional.empty();
    }
    List<String> lines =
        new Observed(
                host.tlsaQuestion(),
                List.of(new Observed.ByServer("before", before.get())),
                List.of())
            .lines();
    return Optional.of(new Step.Act(List.of(new TlsaTasks(view).putBack(host, lines))));
  }

  /** Whether there were records, and those of now stay. */
  boolean stays(HostSight host) {
    Observed now = view.observed(host.tlsaQuestion());
    return before(host).isPresent()
        && !now.answers().isEmpty()
        && now.distinct().stream().noneMatch(ServedAnswer::isDenial)
        && !isFailing(host);
  }

  /** Whether an answer that resolvers hold is what stays. */
  boolean stays(HostSight host, ServedAnswer held) {
    return stays(host)
        && view.observed(host.tlsaQuestion())
            .anywhere(answer -> answer.rdata().equals(held.rdata()));
  }

  /** Whether senders are known to fail by the records of now. */
  private boolean isFailing(HostSight host) {
    return view.observed(host.tlsaQuestion()).distinct().stream()
        .filter(answer -> !answer.isDenial())
        .anyMatch(answer -> !host.refusals().isEmpty() || !host.otherKeys(answer).isEmpty());
  }

  /** Returns why records are not to be published; empty if all was seen to match. */
  private static List<String> whyNot(HostSight host, ServedAnswer records) {
    Set<String> problems = new LinkedHashSet<>(host.mismatches(records));
    problems.addAll(host.unseen());
    boolean alias = records.rdata().stream().anyMatch(it -> it.startsWith(ServerAnswers.ALIAS));
    if (alias && !host.hasSecureTlsa()) {
      problems.add(host.name() + ": the records that the alias led to were not seen");
    }
    return List.copyOf(problems);
  }

  /** Returns what to say where records are taken away; nothing if there were none before. */
  String whyRemoved(HostSight host) {
    if (remembered(host.tlsaQuestion()).isEmpty()) {
      return " Whether some of them stood there before these steps began is not remembered: if so,"
          + " publish those again at the end, as long as they match.";
    }
    return before(host)
        .map(
            it ->
                " What stood there before is not put back: "
                    + String.join("; ", whyNot(host, it))
                    + ".")
        .orElse("");
  }

  /** Returns what to keep in mind on the way back. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (HostSight host : view.hosts) {
      Optional<ServedAnswer> before = before(host);
      if (stays(host)) {
        warnings.add(
            "The TLSA records of "
                + host.name()
                + " stood there before these steps began, and stay: senders are bound by them. Keep"
                + " its key and its TLS; a new key's record is published first.");
      } else if (before.isPresent()
          && view.observed(host.tlsaQuestion()).everywhere(ServedAnswer::isDenial)
          && !whyNot(host, before.get()).isEmpty()) {
        warnings.add(
            "The TLSA records that stood at "
                + host.name()
                + " before these steps began are not put back: "
                + String.join("; ", whyNot(host, before.get())));
      }
    }
    return warnings;
  }

  /** Returns what to add at the end, with a space before it; nothing if no records stay. */
  String remainder() {
    String names =
        view.hosts.stream()
            .filter(this::stays)
            .map(host -> host.name().toString())
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? ""
        : " That includes the TLSA records of " + names + ", by which senders are bound.";
  }
}
