// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.dane4j.dnssec.EvidenceBundle;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.smtp.CheckEvidence;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Judges the saved evidence of a check again, without the network. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = "Judges again what 'check --save-evidence' saved. Asks nobody.")
final class ReplayCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "what 'check --save-evidence' wrote")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path file;

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description =
          "the time to judge at, such as 2030-01-31T12:00:00Z. Default: that of the check")
  private @Nullable String at;

  @Option(
      names = "--trust-anchors",
      paramLabel = "FILE",
      description = "DS or DNSKEY records in zone-file form. Default: those of the check")
  private @Nullable Path trustAnchors;

  @Mixin private CheckOutput output = new CheckOutput();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** Makes the command. */
  ReplayCommand() {}

  @Override
  public Integer call() {
    Instant given = instant();
    CheckEvidence evidence = EvidenceFile.read(file);
    if (trustAnchors != null) {
      evidence = evidence.withAnchors(AnchorFile.read(trustAnchors));
    } else {
      sayWhoChose(evidence.dns());
    }
    Instant instant = given == null ? evidence.dns().at() : given;
    return output.print(spec, evidence.replay(instant));
  }

  /** Whoever made the file chose what it is judged by, and with that what is secure. */
  private void sayWhoChose(EvidenceBundle file) {
    List<String> chosen = new ArrayList<>();
    if (!file.anchors().toText().equals(TrustAnchors.iana().toText())) {
      chosen.add("by the trust anchors in the file, which are not IANA's");
    }
    if (!file.isJudgedByDefaults()) {
      chosen.add("by exceptions, algorithms or limits in the file, which are not the usual ones");
    }
    if (!chosen.isEmpty()) {
      spec.commandLine().getErr().println("dane-check: judged " + String.join(", and ", chosen));
    }
  }

  private @Nullable Instant instant() {
    String text = at;
    if (text == null) {
      return null;
    }
    try {
      Instant instant = Instant.parse(text);
      if (!instant.isBefore(EvidenceBundle.EARLIEST) && !instant.isAfter(EvidenceBundle.LATEST)) {
        return instant;
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw new BadInputException(
        "--at '"
            + text
            + "': give a time in UTC such as 2030-01-31T12:00:00Z, from 1970 to "
            + EvidenceBundle.LATEST);
  }
}
