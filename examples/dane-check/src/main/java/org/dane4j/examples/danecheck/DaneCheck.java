// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The program: one command for each thing it does. */
@Command(
    name = "dane-check",
    version = "dane-check 0.1.0",
    mixinStandardHelpOptions = true,
    subcommands = {
      AuditCommand.class,
      CheckCommand.class,
      EnableCommand.class,
      ReplayCommand.class,
      RolloverCommand.class,
      SendCommand.class,
      TlsaCommand.class
    },
    description = "Checks DANE (RFC 7672) for a mail domain, and sends mail under it.",
    footer = {
      "",
      "Exit status: 0 mail is or would be delivered; 1 it would wait or be refused; 2 bad usage; 3 a defect."
    })
public final class DaneCheck implements Runnable {

  /** Mail is delivered, or would be. */
  static final int DELIVERED = 0;

  /** Mail is not delivered, or would not be. */
  static final int NOT_DELIVERED = 1;

  /** The command line is wrong. */
  static final int USAGE = 2;

  /** The program is wrong. */
  static final int DEFECT = 3;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** Makes the command. */
  public DaneCheck() {}

  /**
   * Runs the program and exits with its status.
   *
   * @param arguments the command line
   */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs the program and returns its exit status. */
  static int run(String... arguments) {
    return commandLine().execute(arguments);
  }

  /** Returns the parser, which prints one line for whatever goes wrong. */
  static CommandLine commandLine() {
    return new CommandLine(new DaneCheck())
        .setCaseInsensitiveEnumValuesAllowed(true)
        // An argument is not the name of a file with further ones: it may be somebody else's.
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(DaneCheck::badUsage)
        .setExecutionExceptionHandler(DaneCheck::failed);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "no command given: try 'dane-check check DOMAIN'");
  }

  private static int badUsage(ParameterException problem, String[] arguments) {
    CommandLine command = problem.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("dane-check: " + oneLine(problem) + " (--help explains)");
    err.flush();
    return USAGE;
  }

  private static int failed(Exception problem, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (problem instanceof BadInputException) {
      err.println("dane-check: " + oneLine(problem));
      err.flush();
      return USAGE;
    }
    if (problem instanceof UnavailableException) {
      err.println("dane-check: " + oneLine(problem));
      err.flush();
      return NOT_DELIVERED;
    }
    err.println(
        "dane-check: this is a defect of the program, please report it: "
            + PlainText.of(problem.toString()));
    err.flush();
    return DEFECT;
  }

  private static String oneLine(Exception problem) {
    return PlainText.of(String.valueOf(problem.getMessage()).replaceAll("\\s*\\R\\s*", "; "));
  }
}
