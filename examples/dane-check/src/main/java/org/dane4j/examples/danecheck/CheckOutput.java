// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.io.PrintWriter;
import java.net.Inet6Address;
import org.dane4j.smtp.CheckResult;
import org.dane4j.smtp.Verdict;
import org.dane4j.smtp.lookup.NextHop;
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
      description =
          "show the chain of trust under each lookup, from the trust anchor down (not in JSON)")
  private boolean explain;

  /** Makes the options, with their defaults. */
  CheckOutput() {}

  /** Prints a result, and returns the exit status that goes with it. */
  int print(CommandSpec spec, CheckResult result) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(JsonReport.of(name(result.destination().nextHop()), result));
    } else {
      TextTree tree = explain ? CheckReport.explained(result) : CheckReport.of(result);
      out.print(tree.render(Colors.of(spec)));
    }
    out.flush();
    return exitStatus(result.verdict());
  }

  /** The next hop as it is given on the command line, without its port. */
  private static String name(NextHop nextHop) {
    if (nextHop instanceof NextHop.Domain domain) {
      return domain.domain().toString(true);
    }
    if (nextHop instanceof NextHop.Literal literal) {
      String address = literal.address().getHostAddress();
      return literal.address() instanceof Inet6Address
          ? "[IPv6:" + address + "]"
          : "[" + address + "]";
    }
    return nextHop.toString();
  }

  private static int exitStatus(Verdict verdict) {
    return switch (verdict) {
      case DANE_VERIFIED, DANE_HOST_VERIFIED, DANE_UNUSABLE_ENCRYPT, OPPORTUNISTIC ->
          DaneCheck.DELIVERED;
      case DANE_MISMATCH, DEFER, NULL_MX, NO_SUCH_DOMAIN -> DaneCheck.NOT_DELIVERED;
    };
  }
}
