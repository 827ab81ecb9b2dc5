// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.CheckResult;
import org.dane4j.smtp.Verdict;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.smtp.report.CheckReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds out what would become of mail to a domain now, and sends none. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description =
        "Looks up a mail domain, turns to its servers as far as TLS, and says what would become of mail.")
final class CheckCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DOMAIN", description = "a mail domain in A-labels, or [IP]")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String domain;

  @Mixin private CommonOptions options = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** Makes the command. */
  CheckCommand() {}

  @Override
  public Integer call() {
    NextHop nextHop = options.nextHop(domain);
    PrintWriter out = spec.commandLine().getOut();
    try (DnssecResolver dns = options.newResolver()) {
      CheckResult result = options.newClient(dns).check(nextHop);
      out.print(
          options.json()
              ? JsonReport.of(domain, result)
              : CheckReport.of(result).render(Colors.of(spec)));
      out.flush();
      return exitStatus(result.verdict());
    }
  }

  private static int exitStatus(Verdict verdict) {
    return switch (verdict) {
      case DANE_VERIFIED, DANE_UNUSABLE_ENCRYPT, OPPORTUNISTIC -> DaneCheck.DELIVERED;
      case DANE_MISMATCH, DEFER, NULL_MX, NO_SUCH_DOMAIN -> DaneCheck.NOT_DELIVERED;
    };
  }
}
