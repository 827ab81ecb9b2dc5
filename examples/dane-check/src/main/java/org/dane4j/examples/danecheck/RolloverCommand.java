// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.rollover.Rollover;
import org.dane4j.rollover.RolloverGoal;
import org.dane4j.rollover.RolloverGoal.Caution;
import org.dane4j.rollover.RolloverScheme;
import org.dane4j.rollover.RolloverSituation;
import org.dane4j.rollover.RolloverSituation.ZonePace;
import org.dane4j.rollover.ServedKeys;
import org.dane4j.rollover.ServerKey;
import org.dane4j.rollover.TlsaForm;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.tlsa.TlsaOwnerName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says which step of a key rollover is safe now. */
@Command(
    name = "rollover",
    mixinStandardHelpOptions = true,
    description =
        "Looks at the TLSA records and the certificate of a mail host, and says what to do now, or"
            + " until when to wait, to replace its key without losing mail.")
final class RolloverCommand implements Callable<Integer> {

  @Parameters(paramLabel = "HOST", description = "the mail host")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String host;

  @Option(
      names = "--next",
      required = true,
      paramLabel = "FILE",
      description =
          "the next key: a full chain, certificate, signing request or key; again for one of another"
              + " kind that changes too")
  private List<Path> next = new ArrayList<>();

  @Option(
      names = "--state",
      paramLabel = "FILE",
      description = "keeps what was seen when; without it, all that is seen counts from now")
  private @Nullable Path stateFile;

  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      defaultValue = "next",
      description =
          "the records at the end: next (3 1 1), issuer (3 1 1 and 2 1 1), or forms such as"
              + " '3 1 1,3 1 2'. Default: next")
  private String scheme = "next";

  @Option(
      names = "--keep",
      paramLabel = "FILE",
      description = "another key whose records stay, if the server does not show it")
  private List<Path> kept = new ArrayList<>();

  @Option(
      names = "--cautious",
      description = "wait until the old signatures have expired, as they could be replayed")
  private boolean cautious;

  @Option(names = "--emergency", description = "the present key must not be used any longer")
  private boolean emergency;

  @Option(
      names = "--propagation",
      paramLabel = "MINUTES",
      defaultValue = "60",
      description =
          "how long a change may take from when every name server was seen to have it, to those that"
              + " are not seen, such as behind an anycast address. Default: 60")
  private int propagation;

  @Option(
      names = "--since",
      paramLabel = "INSTANT",
      description = "since when the records of now are at all name servers, if you know it")
  private @Nullable String since;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Mixin private KeyFiles keyFiles = new KeyFiles();

  @Mixin private ObserverOptions observer = new ObserverOptions();

  @Mixin private CommonOptions options = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** Makes the command. */
  RolloverCommand() {}

  @Override
  public Integer call() {
    Duration spread = spread();
    NextHop.Host nextHop = options.host("", host);
    TlsaOwnerName owner = new TlsaOwnerName(nextHop.port(), "tcp", host);
    RolloverGoal goal = goal();
    Instant known = known();
    StateFile remembered = stateFile == null ? null : StateFile.at(stateFile);
    RolloverLog log =
        remembered == null ? RolloverLog.empty(owner) : RolloverStateText.read(remembered, owner);
    try (DnssecResolver dns = options.newResolver().build()) {
      RolloverReport.Seen seen = look(dns, owner, goal);
      Instant now = seen.sighting().at();
      LiveServer live = seen.live();
      log = log.seeing(seen.sighting(), seen.spread(), live.keys(), spread);
      if (known != null) {
        log = log.since(known, spread);
      }
      ZonePace pace = new ZonePace(spread, seen.sighting().signatureLife());
      ServedKeys served = new ServedKeys(live.keys(), log.keys().first(), live.unseen());
      RolloverSituation situation =
          log.situation(served, pace, now).withUnheard(seen.spread().unheard());
      if (remembered != null) {
        // Only what a situation can be made of: each later run begins with it.
        remembered.write(RolloverStateText.text(log));
      }
      Rollover rollover = Rollover.of(situation, withOthers(goal, seen.kept()));
      return print(
          new RolloverReport(
              owner, emergency ? rollover.emergencyPlan(now) : rollover.plan(now), seen));
    }
  }

  private RolloverReport.Seen look(DnssecResolver dns, TlsaOwnerName owner, RolloverGoal goal) {
    TlsaSighting sighting = TlsaSighting.of(dns, owner, Instant.now());
    LiveServer live = LiveServer.of(options, dns, options.host("", host));
    checkBaseDomain(live, owner);
    TlsaSpread spread =
        TlsaSpread.of(
            observer.observe(dns, sighting.question(), options, spec),
            sighting.question(),
            sighting.rrset());
    List<ServerKey> given = new ArrayList<>(goal.kept());
    given.add(goal.next());
    // All of it counts from the end: a name server may have changed while others were asked.
    Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    return new RolloverReport.Seen(
        live, sighting.countedFrom(end), spread, live.keysOfOtherKinds(given));
  }

  private static RolloverGoal withOthers(RolloverGoal goal, List<ServerKey> others) {
    List<ServerKey> all = new ArrayList<>(goal.kept());
    all.addAll(others);
    return goal.keeping(all.toArray(ServerKey[]::new));
  }

  private Integer print(RolloverReport report) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? report.json() : report.text(Colors.of(spec)));
    out.flush();
    return report.exitStatus();
  }

  /** RFC 7672 §2.2.3: if the host is an alias, it may be another name's records that count. */
  private static void checkBaseDomain(LiveServer live, TlsaOwnerName owner) {
    live.host()
        .requirement()
        .dane()
        .map(dane -> dane.tlsa().owner())
        .filter(counting -> !counting.equals(owner))
        .ifPresent(
            counting -> {
              throw new BadInputException(
                  "%s is an alias, and the records at %s count: try 'dane-check rollover %s'"
                      .formatted(owner.baseDomain(), counting, counting.baseDomain()));
            });
  }

  private RolloverGoal goal() {
    List<ServerKey> others = new ArrayList<>();
    kept.forEach(file -> others.add(keyFiles.read("--keep", file)));
    List<ServerKey> nexts = next.stream().map(file -> keyFiles.read("--next", file)).toList();
    others.addAll(nexts.subList(1, nexts.size()));
    return RolloverGoal.of(nexts.get(0), scheme())
        .keeping(others.toArray(ServerKey[]::new))
        .withCaution(cautious ? Caution.SIGNATURES_EXPIRED : Caution.TWO_TTLS);
  }

  private RolloverScheme scheme() {
    try {
      return switch (scheme) {
        case "next" -> RolloverScheme.CURRENT_AND_NEXT;
        case "issuer" -> RolloverScheme.CURRENT_AND_ISSUER;
        default ->
            new RolloverScheme(Arrays.stream(scheme.split(",", -1)).map(TlsaForm::parse).toList());
      };
    } catch (IllegalArgumentException e) {
      throw new BadInputException("--scheme '" + scheme + "': " + e.getMessage());
    }
  }

  private Duration spread() {
    if (propagation < 0 || propagation > 100_000) {
      throw new BadInputException("--propagation " + propagation + ": give minutes, 0 or more");
    }
    return Duration.ofMinutes(propagation);
  }

  private @Nullable Instant known() {
    if (since == null) {
      return null;
    }
    return RolloverLog.Times.parse(since)
        .filter(instant -> !instant.isAfter(Instant.now()))
        .orElseThrow(
            () ->
                new BadInputException(
                    "--since '"
                        + since
                        + "': give a time in UTC that is over, such as 2026-01-31T12:00:00Z"));
  }
}
