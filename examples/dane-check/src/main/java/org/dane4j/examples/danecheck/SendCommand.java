// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.dane4j.dnssec.resolve.DnssecResolver;
import org.dane4j.smtp.DeliveryResult;
import org.dane4j.smtp.Envelope;
import org.dane4j.smtp.MailMessage;
import org.dane4j.smtp.SmtpAuthenticator;
import org.dane4j.smtp.SmtpClient;
import org.dane4j.smtp.lookup.NextHop;
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
      description =
          "whose mail servers to use. Default: those of the recipients' domains; with --submission, of the sender's")
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

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "who logs in to the submission servers. Default: nobody")
  private @Nullable String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "a file whose first line is the password")
  private @Nullable Path passwordFile;

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
      DeliveryResult result = deliver(options.newClient(dns), envelope);
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
    return via()
        .orElseGet(
            () ->
                to.stream()
                    .map(SendCommand::domainOf)
                    .distinct()
                    .collect(Collectors.joining(", ")));
  }

  private static String domainOf(String address) {
    return address.substring(address.lastIndexOf('@') + 1);
  }

  /** Whose servers take the mail, whoever it is for. */
  private Optional<String> via() {
    if (domain != null || !options.isForSubmission()) {
      return Optional.ofNullable(domain);
    }
    if (from.isEmpty()) {
      throw new BadInputException("--submission: a sender '' has no domain, so give DOMAIN");
    }
    return Optional.of(domainOf(from));
  }

  private DeliveryResult deliver(SmtpClient.Builder builder, Envelope envelope) {
    MailMessage message = MailMessage.of(file);
    Optional<NextHop> hop = via().map(options::nextHop);
    login().ifPresent(login -> builder.login(submission(hop), login));
    SmtpClient client = builder.build();
    return hop.isPresent()
        ? client.deliver(envelope, message, hop.get())
        : client.deliver(envelope, message);
  }

  private static NextHop submission(Optional<NextHop> hop) {
    return hop.filter(NextHop.Submission.class::isInstance)
        .orElseThrow(() -> new BadInputException("--user: a login is for --submission only"));
  }

  private Optional<SmtpAuthenticator> login() {
    if (user == null && passwordFile == null) {
      return Optional.empty();
    }
    if (user == null || passwordFile == null) {
      throw new BadInputException("--user and --password-file: give both or none");
    }
    return Optional.of(
        SmtpAuthenticator.plain(user, String.valueOf(KeyFiles.firstLine(passwordFile))));
  }

  private Envelope envelope() {
    try {
      Envelope envelope = Envelope.from(from).to(to.toArray(String[]::new));
      to.forEach(address -> NextHop.of(domainOf(address)));
      return envelope;
    } catch (IllegalArgumentException e) {
      throw new BadInputException(String.valueOf(e.getMessage()));
    }
  }
}
