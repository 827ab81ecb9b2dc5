// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.dane4j.dnssec.EvidenceBundle;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.dnssec.resolve.EvidenceRecorder;
import org.dane4j.smtp.CheckEvidence;
import org.dane4j.smtp.CheckResult;
import org.dane4j.smtp.lookup.NextHop;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

  @Option(
      names = "--save-evidence",
      paramLabel = "FILE",
      description = "keep all that the result rests on, for 'replay'")
  private @Nullable Path evidenceFile;

  @Mixin private CheckOutput output = new CheckOutput();

  @Mixin private CommonOptions options = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** Makes the command. */
  CheckCommand() {}

  @Override
  public Integer call() {
    NextHop nextHop = options.nextHop(domain);
    Path file = evidenceFile;
    CheckResult result = file == null ? check(nextHop) : checkAndSave(nextHop, file);
    return output.print(spec, result);
  }

  private CheckResult check(NextHop nextHop) {
    try (DnssecResolver dns = options.newResolver().build()) {
      return options.newClient(dns).build().check(nextHop);
    }
  }

  /** One instant for everything, so that a replay comes to the same. */
  private CheckResult checkAndSave(NextHop nextHop, Path file) {
    Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    InstantSource clock = InstantSource.fixed(at);
    EvidenceRecorder recorder = new EvidenceRecorder();
    EvidenceFile.checkWritable(file);
    try (DnssecResolver dns = options.newResolver().clock(clock).recordingTo(recorder).build()) {
      CheckResult result = options.newClient(dns).clock(clock).build().check(nextHop);
      EvidenceBundle bundle =
          new EvidenceBundle(at, options.anchors(), recorder.evidence(), new TreeMap<>());
      EvidenceFile.write(file, CheckEvidence.of(result, options.policy(), bundle));
      return result;
    }
  }
}
