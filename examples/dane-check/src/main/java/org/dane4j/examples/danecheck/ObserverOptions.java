// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.SmtpClient;
import org.dane4j.smtp.audit.DomainFacts;
import org.dane4j.smtp.audit.ZoneFacts;
import org.dane4j.smtp.audit.observe.DomainObserver;
import org.dane4j.smtp.audit.observe.ObservationProgress;
import org.dane4j.smtp.lookup.NextHop;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a domain is observed, for the commands that do. */
final class ObserverOptions {

  @Option(
      names = "--allow-private",
      description = "turn also to addresses that nobody has on the internet")
  private boolean allowPrivate;

  /** For servers that are made for tests. */
  @Option(names = "--name-server-port", hidden = true, defaultValue = "53")
  private int nameServerPort;

  /** Makes the options, with their defaults. */
  ObserverOptions() {}

  /** Reads the mail domain; the facts are those of its inbound side. */
  static NextHop.Domain domain(CommonOptions options, String domain) {
    if (options.isForSubmission()) {
      throw new BadInputException("--submission: this is about the hosts of MX records");
    }
    if (!(options.nextHop(domain) instanceof NextHop.Domain hop)) {
      throw new BadInputException("'" + domain + "' is no mail domain: DANE is for domains");
    }
    return hop;
  }

  DomainFacts observe(NextHop.Domain hop, CommonOptions options, CommandSpec spec) {
    try (DnssecResolver dns = options.newResolver().build()) {
      return observing(dns, options, observer -> observer.observe(hop, progress(spec)));
    }
  }

  /** Asks the name servers of the zone that a name is in, and of the zones above. */
  List<ZoneFacts> observe(
      DnssecResolver dns, Question question, CommonOptions options, CommandSpec spec) {
    return observing(
        dns, options, observer -> observer.observeZones(List.of(question), progress(spec)));
  }

  private <T> T observing(
      DnssecResolver dns, CommonOptions options, Function<DomainObserver, T> work) {
    try (SmtpClient client =
        options.newClient(dns).totalTime(options.stepTime().multipliedBy(2)).build()) {
      DomainObserver.Builder observer =
          DomainObserver.builder(dns, client)
              .nameServersAt(it -> new InetSocketAddress(it.getAddress(), nameServerPort));
      if (allowPrivate) {
        observer.allowReservedAddresses();
      }
      return work.apply(observer.build());
    }
  }

  /** A line that changes, if there is a terminal to show it. */
  private static ObservationProgress progress(CommandSpec spec) {
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
}
