// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.dane4j.smtp.audit.AuditReport;
import org.dane4j.smtp.audit.AuditSettings;
import org.dane4j.smtp.audit.AuditVerdict;
import org.dane4j.smtp.audit.Topic;
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

  @Mixin private ObserverOptions observer = new ObserverOptions();

  @Mixin private CommonOptions options = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** Makes the command. */
  AuditCommand() {}

  @Override
  public Integer call() {
    NextHop.Domain hop = ObserverOptions.domain(options, domain);
    if (options.isMandatory()) {
      throw new BadInputException("--mandatory: an audit says what each kind of sender does");
    }
    AuditSettings settings = settings();
    AuditReport whole = AuditReport.of(observer.observe(hop, options, spec), settings);
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

  private void print(AuditReport report) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? AuditJson.of(report) : AuditTree.of(report).render(Colors.of(spec)));
    out.flush();
  }
}
