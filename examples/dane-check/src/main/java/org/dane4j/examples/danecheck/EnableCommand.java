// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.dane4j.smtp.audit.DomainFacts;
import org.dane4j.smtp.enable.Enablement;
import org.dane4j.smtp.enable.EnablementAdvice;
import org.dane4j.smtp.enable.EnablementPlan;
import org.dane4j.smtp.enable.EnablementState;
import org.dane4j.smtp.enable.Step;
import org.dane4j.smtp.enable.Target;
import org.dane4j.smtp.lookup.NextHop;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says how far a domain is on the way to DANE, and what the next step is. */
@Command(
    name = "enable",
    mixinStandardHelpOptions = true,
    description =
        "Switches DANE on for a domain step by step: says what to do, what to wait for, and what is"
            + " wrong. Changes nothing but its own file.",
    footer = {
      "",
      "Exit status: 0 there is a next step, a time to wait for, or nothing left to do; 1 something"
          + " has to be put right first; 2 bad usage; 3 a defect."
    })
final class EnableCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DOMAIN", description = "a mail domain in A-labels")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String domain;

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description = "where to remember how far it is. Default: DOMAIN.dane")
  private @Nullable Path file;

  @Option(names = "--own", description = "the domain's mail hosts stay (the default)")
  private boolean own;

  @Option(
      names = "--own-mx",
      paramLabel = "NAME",
      description = "mail moves to this host, whose records are yours")
  private @Nullable String ownMx;

  @Option(
      names = "--provider-mx",
      paramLabel = "NAME",
      description = "mail moves to this host of a provider, who publishes its TLSA records")
  private @Nullable String providerMx;

  @Option(
      names = "--uses-old-host",
      paramLabel = "WHO",
      split = ",",
      description =
          "who else sends mail to the old host by its name: gateways, connectors, devices")
  private @Nullable List<String> usesOldHost;

  @Option(
      names = "--low-ttl",
      paramLabel = "SECONDS",
      description = "the longest TTL of MX records while they are changed. Default: 300")
  private @Nullable Long lowTtl;

  @Option(
      names = "--ttl",
      paramLabel = "SECONDS",
      description = "the TTL to publish with when all is done. Default: 3600")
  private @Nullable Long ttl;

  @Option(names = "--rollback", description = "turn around: from now on, lead back")
  private boolean rollback;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Mixin private ObserverOptions observer = new ObserverOptions();

  @Mixin private CommonOptions options = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** Makes the command. */
  EnableCommand() {}

  @Override
  public Integer call() {
    NextHop.Domain hop = ObserverOptions.domain(options, domain);
    if (options.isMandatory()) {
      throw new BadInputException("--mandatory: it is for senders, and means nothing here");
    }
    EnablementFile remembered = EnablementFile.at(file == null ? standard(hop) : file);
    EnablementState state = state(hop, remembered);
    // Written at once, so that a file that cannot be is found out before anything is advised.
    remembered.write(state);
    DomainFacts facts = observer.observe(hop, options, spec);
    EnablementAdvice advice =
        Enablement.advise(state, facts, Instant.now().truncatedTo(ChronoUnit.SECONDS));
    remembered.write(advice.state());
    spec.commandLine()
        .getOut()
        .print(json ? EnableReport.json(advice) : PlainText.of(EnableReport.text(advice)));
    spec.commandLine().getOut().flush();
    return advice.step() instanceof Step.Blocked ? DaneCheck.NOT_DELIVERED : DaneCheck.DELIVERED;
  }

  /** A name in the folder of the moment, whatever the domain's has in it. */
  private static Path standard(NextHop.Domain hop) {
    String name = hop.domain().toString(true);
    if (!name.matches("[A-Za-z0-9_-][A-Za-z0-9_.-]*")) {
      throw new BadInputException("--state: give a file, as '" + name + "' makes no name for one");
    }
    return Path.of(name + ".dane");
  }

  private EnablementState state(NextHop.Domain hop, EnablementFile remembered) {
    EnablementState state =
        remembered
            .state(hop.domain())
            .map(known -> again(known, hop, remembered))
            .orElseGet(() -> EnablementState.start(plan(hop)));
    if (state.plan().port() != hop.port()) {
      throw new BadInputException(
          "--port " + hop.port() + ": " + remembered + " is for port " + state.plan().port());
    }
    if (!rollback) {
      return state;
    }
    try {
      return state.rollback();
    } catch (IllegalStateException e) {
      throw new BadInputException("--rollback: " + e.getMessage());
    }
  }

  /** What was planned stays; only who uses the old host may become known later. */
  private EnablementState again(
      EnablementState known, NextHop.Domain hop, EnablementFile remembered) {
    EnablementPlan before = known.plan();
    EnablementPlan given = plan(hop);
    boolean saysWhere = own || ownMx != null || providerMx != null;
    if (saysWhere && !before.target().equals(given.target())) {
      throw new BadInputException(
          remembered
              + " is for another plan ("
              + EnableReport.words(before.target())
              + "): go on with that, or roll it back and begin with a new file");
    }
    boolean otherTtls =
        (lowTtl != null && lowTtl != before.ttls().whileChanging())
            || (ttl != null && ttl != before.ttls().atRest());
    if (otherTtls) {
      throw new BadInputException(
          "--low-ttl, --ttl: "
              + remembered
              + " is for "
              + before.ttls().whileChanging()
              + " and "
              + before.ttls().atRest()
              + " seconds: go on with those");
    }
    return new EnablementState(
        new EnablementPlan(
            before.domain(),
            before.port(),
            before.target(),
            usesOldHost == null ? before.usesOldHost() : given.usesOldHost(),
            before.ttls()),
        known.stage(),
        known.origin(),
        known.lastLook(),
        known.held());
  }

  private EnablementPlan plan(NextHop.Domain hop) {
    EnablementPlan.Ttls standard = EnablementPlan.Ttls.DEFAULT;
    try {
      return new EnablementPlan(
          hop.domain(),
          hop.port(),
          target(),
          usesOldHost == null ? List.of() : usesOldHost,
          new EnablementPlan.Ttls(
              lowTtl == null ? standard.whileChanging() : lowTtl,
              ttl == null ? standard.atRest() : ttl));
    } catch (IllegalArgumentException e) {
      throw new BadInputException(String.valueOf(e.getMessage()));
    }
  }

  private Target target() {
    if (Stream.of(own ? "" : null, ownMx, providerMx).filter(it -> it != null).count() > 1) {
      throw new BadInputException("give one of --own, --own-mx and --provider-mx");
    }
    if (ownMx != null) {
      return new Target.OwnMove(host(ownMx));
    }
    return providerMx != null ? new Target.Provider(host(providerMx)) : new Target.Own();
  }

  private static Name host(String text) {
    NextHop.Host host = (NextHop.Host) NextHop.host(text, NextHop.SMTP_PORT);
    return host.name();
  }
}
