// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.SmtpClient;
import org.dane4j.smtp.audit.AuditReport;
import org.dane4j.smtp.audit.AuditSettings;
import org.dane4j.smtp.audit.AuditVerdict;
import org.dane4j.smtp.audit.DomainFacts;
import org.dane4j.smtp.audit.Topic;
import org.dane4j.smtp.audit.observe.DomainObserver;
import org.dane4j.smtp.audit.observe.ObservationProgress;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.smtp.report.AuditTree;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at the inbound side of a domain from all sides, and says what is wrong with it. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description =
        "Looks at a mail domain's zones, name servers, TLSA records and mail servers, and says what is wrong.",
    footer = {
      "",
      "Exit status: 0 senders that keep to the rules can deliver, protected or not; 1 to some host they cannot, or it could not be found out; 2 bad usage; 3 a defect."
    })
final class AuditCommand implements Callable<Integer> {

  private static final int MAX_DAYS = 3650;

  @Parameters(paramLabel = "DOMAIN", description = "a mail domain in A-labels")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String domain;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Option(
      names = "--only",
      paramLabel = "TOPIC",
      description = "report on one topic: ${COMPLETION-CANDIDATES}")
  private @Nullable Topic only;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "warn of certificates that expire within so many days. Default: 14")
  private @Nullable Integer days;

  @Option(
      names = "--allow-private",
      description = "turn also to addresses that nobody has on the internet")
  private boolean allowPrivate;

  /** For servers that are made for tests. */
  @Option(names = "--name-server-port", hidden = true, defaultValue = "53")
  private int nameServerPort;

  @Mixin private CommonOptions options = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** Makes the command. */
  AuditCommand() {}

  @Override
  public Integer call() {
    if (!(options.nextHop(domain) instanceof NextHop.Domain hop)) {
      throw new BadInputException("'" + domain + "' is no mail domain: DANE is for domains");
    }
    if (options.isMandatory()) {
      throw new BadInputException("--mandatory: an audit says what each kind of sender does");
    }
    AuditSettings settings = settings();
    AuditReport whole = AuditReport.of(observe(hop), settings);
    AuditReport report = only == null ? whole : whole.only(only);
    print(report);
    AuditVerdict verdict = report.verdict();
    return verdict == AuditVerdict.FAIL || verdict == AuditVerdict.UNDETERMINED
        ? DaneCheck.NOT_DELIVERED
        : DaneCheck.DELIVERED;
  }

  private AuditSettings settings() {
    Integer given = days;
    if (given == null) {
      return AuditSettings.DEFAULT;
    }
    if (given < 0 || given > MAX_DAYS) {
      throw new BadInputException("--days " + given + ": give days, from 0 to " + MAX_DAYS);
    }
    return AuditSettings.DEFAULT.withCertificateLife(Duration.ofDays(given));
  }

  private DomainFacts observe(NextHop.Domain hop) {
    try (DnssecResolver dns = options.newResolver().build();
        SmtpClient client =
            options.newClient(dns).totalTime(options.stepTime().multipliedBy(2)).build()) {
      DomainObserver.Builder observer =
          DomainObserver.builder(dns, client)
              .nameServersAt(it -> new InetSocketAddress(it.getAddress(), nameServerPort));
      if (allowPrivate) {
        observer.allowReservedAddresses();
      }
      return observer.build().observe(hop, progress());
    }
  }

  /** A line that changes, if there is a terminal to show it. */
  private ObservationProgress progress() {
    if (!spec.commandLine().getColorScheme().ansi().enabled()) {
      return ObservationProgress.unheard();
    }
    PrintWriter err = spec.commandLine().getErr();
    return (step, ended, begun) -> {
      String line = ended == begun ? "" : ended + "/" + begun + "  " + step;
      err.print("\r\u001b[K" + line);
      err.flush();
    };
  }

  private void print(AuditReport report) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? AuditJson.of(report) : AuditTree.of(report).render(Colors.of(spec)));
    out.flush();
  }
}
