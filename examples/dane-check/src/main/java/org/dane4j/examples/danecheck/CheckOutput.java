// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.io.PrintWriter;
import org.dane4j.smtp.CheckResult;
import org.dane4j.smtp.Verdict;
import org.dane4j.smtp.report.CheckReport;
import org.dane4j.smtp.report.TextTree;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How the result of a check is printed, be it new or replayed. */
final class CheckOutput {

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Option(
      names = "--explain",
      description = "show the chain of trust under each lookup, down from the trust anchor")
  private boolean explain;

  /** Makes the options, with their defaults. */
  CheckOutput() {}

  /** Prints a result, and returns the exit status that goes with it. */
  int print(CommandSpec spec, String domain, CheckResult result) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(JsonReport.of(domain, result));
    } else {
      TextTree tree = explain ? CheckReport.explained(result) : CheckReport.of(result);
      out.print(tree.render(Colors.of(spec)));
    }
    out.flush();
    return exitStatus(result.verdict());
  }

  private static int exitStatus(Verdict verdict) {
    return switch (verdict) {
      case DANE_VERIFIED, DANE_UNUSABLE_ENCRYPT, OPPORTUNISTIC -> DaneCheck.DELIVERED;
      case DANE_MISMATCH, DEFER, NULL_MX, NO_SUCH_DOMAIN -> DaneCheck.NOT_DELIVERED;
    };
  }
}
