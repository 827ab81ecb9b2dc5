// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.DeliveryResult;
import org.dane4j.smtp.Envelope;
import org.dane4j.smtp.MailMessage;
import org.dane4j.smtp.SmtpClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Delivers a mail. */
@Command(
    name = "send",
    mixinStandardHelpOptions = true,
    description = "Delivers a message to the mail servers of its recipients' domains, under DANE.")
final class SendCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "DOMAIN",
      arity = "0..1",
      description = "whose mail servers to use. Default: those of the recipients' domains")
  private @Nullable String domain;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "ADDRESS",
      description = "the sender; '' for none")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private String from;

  @Option(
      names = "--to",
      required = true,
      split = ",",
      paramLabel = "ADDRESS",
      description = "the recipients")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private List<String> to;

  @Option(
      names = "--file",
      required = true,
      paramLabel = "FILE",
      description = "the message, header and body")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private Path file;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Mixin private CommonOptions options = new CommonOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** Makes the command. */
  SendCommand() {}

  @Override
  public Integer call() {
    Envelope envelope = envelope();
    if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
      throw new BadInputException("--file " + file + ": there is no such file that can be read");
    }
    PrintWriter out = spec.commandLine().getOut();
    try (DnssecResolver dns = options.newResolver().build()) {
      DeliveryResult result = deliver(options.newClient(dns).build(), envelope);
      out.print(
          json
              ? JsonReport.of(domains(), result)
              : DeliveryReport.of(result).render(Colors.of(spec)));
      out.flush();
      return result.isDeliveredToAll() ? DaneCheck.DELIVERED : DaneCheck.NOT_DELIVERED;
    }
  }

  /** The domain whose servers are used; with several ones, all of them. */
  private String domains() {
    String given = domain;
    return given != null
        ? given
        : to.stream()
            .map(address -> address.substring(address.lastIndexOf('@') + 1))
            .distinct()
            .collect(Collectors.joining(", "));
  }

  private DeliveryResult deliver(SmtpClient client, Envelope envelope) {
    MailMessage message = MailMessage.of(file);
    if (domain != null) {
      return client.deliver(envelope, message, options.nextHop(domain));
    }
    return client.deliver(envelope, message);
  }

  private Envelope envelope() {
    try {
      Envelope envelope = Envelope.from(from).to(to.toArray(String[]::new));
      to.forEach(address -> options.nextHop(address.substring(address.lastIndexOf('@') + 1)));
      return envelope;
    } catch (IllegalArgumentException e) {
      throw new BadInputException(String.valueOf(e.getMessage()));
    }
  }
}
