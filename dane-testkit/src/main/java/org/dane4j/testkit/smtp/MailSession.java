// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.dane4j.testkit.smtp.SmtpAction.Turn;

/** The server's side of one session (RFC 5321 §3 and §4). */
final class MailSession {

  /** Ends the session from wherever it is. */
  private static final class Over extends Exception {
    private static final long serialVersionUID = 1L;

    private final SessionEnd how;

    Over(SessionEnd how) {
      super(how.name(), null, false, false);
      this.how = how;
    }
  }

  private final SmtpWire wire;
  private final MailServerSettings settings;
  private final RecordedSession recorded;
  private final Consumer<ReceivedMessage> delivery;
  private boolean greeted;
  private boolean authenticated;
  private Optional<Transaction> transaction = Optional.empty();

  MailSession(
      SmtpWire wire,
      MailServerSettings settings,
      RecordedSession recorded,
      Consumer<ReceivedMessage> delivery) {
    this.wire = wire;
    this.settings = settings;
    this.recorded = recorded;
    this.delivery = delivery;
  }

  SessionEnd run() {
    try {
      if (settings.implicitTls) {
        secure();
      }
      turn(SmtpStep.GREETING, "220 " + settings.hostName + " ESMTP for tests");
      while (true) {
        String line = wire.readLine();
        recorded.add(new RecordedCommand(line, wire.encrypted()));
        obey(line);
      }
    } catch (Over e) {
      return e.how;
    } catch (EOFException e) {
      return SessionEnd.CLOSED_BY_CLIENT;
    } catch (SocketTimeoutException e) {
      return SessionEnd.TIMED_OUT;
    } catch (SSLException e) {
      return SessionEnd.TLS_FAILED;
    } catch (IOException e) {
      return SessionEnd.CLOSED_BY_CLIENT;
    }
  }

  private void obey(String line) throws IOException, Over {
    String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
    String argument = line.substring(Math.min(line.length(), verb.length() + 1)).strip();
    switch (verb) {
      case "EHLO" -> ehlo(argument);
      case "HELO" -> helo(argument);
      case "STARTTLS" -> startTls();
      case "AUTH" -> auth(argument);
      case "MAIL" -> mail(argument);
      case "RCPT" -> rcpt(argument);
      case "DATA" -> data();
      case "RSET" -> reset();
      case "NOOP" -> turn(SmtpStep.NOOP, "250 2.0.0 OK");
      case "QUIT" -> {
        turn(SmtpStep.QUIT, "221 2.0.0 Bye");
        throw new Over(SessionEnd.QUIT);
      }
      default -> say("500 5.5.2 Command not recognized");
    }
  }

  private void ehlo(String name) throws IOException, Over {
    if (!settings.knowsEhlo) {
      say("500 5.5.1 Command not recognized");
      return;
    }
    List<String> lines = new ArrayList<>(List.of(settings.hostName));
    lines.addAll(settings.keywords(wire.encrypted()));
    StringBuilder reply = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      // RFC 5321 §4.2.1: a hyphen follows the code in all lines but the last.
      reply.append(i == 0 ? "" : "\r\n").append(i < lines.size() - 1 ? "250-" : "250 ");
      reply.append(lines.get(i));
    }
    if (turn(wire.encrypted() ? SmtpStep.EHLO_AFTER_TLS : SmtpStep.EHLO, reply.toString())) {
      greet(name);
    }
  }

  private void helo(String name) throws IOException, Over {
    if (turn(SmtpStep.HELO, "250 " + settings.hostName)) {
      greet(name);
    }
  }

  private void greet(String name) {
    greeted = true;
    transaction = Optional.empty();
    recorded.named(name);
  }

  private void startTls() throws IOException, Over {
    if (!settings.hasTls() || wire.encrypted()) {
      say(wire.encrypted() ? "503 5.5.1 TLS is on" : "502 5.5.1 Command not implemented");
      return;
    }
    if (!turn(SmtpStep.STARTTLS, "220 2.0.0 Ready to start TLS")) {
      return;
    }
    secure();
    // RFC 3207 §4.2: the state is that after the greeting.
    greeted = false;
    transaction = Optional.empty();
  }

  private void secure() throws IOException, Over {
    SmtpAction handshake = settings.actions.get(SmtpStep.TLS_HANDSHAKE);
    if (handshake != null) {
      handshake.turn().speech().speak(wire, "");
      throw new Over(SessionEnd.CLOSED_BY_SERVER);
    }
    try {
      recorded.secured(
          wire.startTls(settings.tlsContext(), settings.tlsProtocols.toArray(String[]::new)));
    } catch (SocketTimeoutException e) {
      throw new Over(SessionEnd.TIMED_OUT);
    } catch (IOException e) {
      throw new Over(SessionEnd.TLS_FAILED);
    }
  }

  // RFC 4954 §4, RFC 4616 §2
  private void auth(String argument) throws IOException, Over {
    String[] parts = argument.split(" ", 2);
    if (settings.credentials.isEmpty() || !wire.encrypted()) {
      say("502 5.5.1 Command not implemented");
      return;
    }
    if (!parts[0].equalsIgnoreCase("PLAIN")) {
      say("504 5.5.4 Mechanism not known");
      return;
    }
    if (parts.length == 1) {
      say("334 ");
    }
    String response = parts.length == 2 ? parts[1] : wire.readLine();
    if (!settings.credentials.get().equals(response)) {
      say("535 5.7.8 Credentials invalid");
      return;
    }
    authenticated |= turn(SmtpStep.AUTH, "235 2.7.0 Accepted");
  }

  private void mail(String argument) throws IOException, Over {
    if (!greeted || transaction.isPresent()) {
      say("503 5.5.1 Bad sequence of commands");
    } else if (settings.requiresTls && !wire.encrypted()) {
      say("530 5.7.0 Must issue a STARTTLS command first"); // RFC 3207 §4
    } else if (settings.credentials.isPresent() && !authenticated) {
      say("530 5.7.0 Authentication required");
    } else if (!argument.toUpperCase(Locale.ROOT).startsWith("FROM:")) {
      say("501 5.5.4 Syntax: MAIL FROM:<address>");
    } else if (turn(SmtpStep.MAIL, "250 2.1.0 OK")) {
      transaction = Optional.of(Transaction.from(address(argument)));
    }
  }

  private void rcpt(String argument) throws IOException, Over {
    if (transaction.isEmpty()) {
      say("503 5.5.1 Bad sequence of commands");
    } else if (!argument.toUpperCase(Locale.ROOT).startsWith("TO:")) {
      say("501 5.5.4 Syntax: RCPT TO:<address>");
    } else {
      String address = address(argument);
      SmtpAction own = settings.recipientActions.get(address.toLowerCase(Locale.ROOT));
      String honest = "250 2.1.5 OK";
      if (own == null ? turn(SmtpStep.RCPT, honest) : take(own.turn(), honest)) {
        transaction.get().recipients().add(address);
      }
    }
  }

  private static String address(String argument) {
    String path = argument.substring(argument.indexOf(':') + 1).strip();
    int end = path.indexOf('>');
    if (path.startsWith("<") && end > 0) {
      return path.substring(1, end);
    }
    return path.split(" ", 2)[0];
  }

  private void data() throws IOException, Over {
    if (transaction.isEmpty()) {
      say("503 5.5.1 Bad sequence of commands");
      return;
    }
    if (transaction.get().recipients().isEmpty()) {
      say("554 5.5.1 No valid recipients");
      return;
    }
    if (!turn(SmtpStep.DATA, "354 End with a dot on a line of its own")) {
      return;
    }
    if (settings.actions.containsKey(SmtpStep.MESSAGE)) {
      interrupt(settings.actions.get(SmtpStep.MESSAGE).turn());
    }
    byte[] content = wire.readContent();
    ReceivedMessage message = new ReceivedMessage(transaction.get(), content, recorded);
    transaction = Optional.empty();
    Turn turn = turnAt(SmtpStep.CONTENT);
    // Taken before it is said: the client may look as soon as it has the reply.
    if (turn.carriesOut()) {
      delivery.accept(message);
    }
    take(turn, "250 2.0.0 Accepted");
  }

  private void interrupt(Turn turn) throws IOException, Over {
    turn.speech().speak(wire, "");
    if (turn.ends()) {
      throw new Over(SessionEnd.CLOSED_BY_SERVER);
    }
  }

  private void reset() throws IOException, Over {
    if (turn(SmtpStep.RSET, "250 2.0.0 OK")) {
      transaction = Optional.empty();
    }
  }

  private void say(String reply) throws IOException {
    wire.send(reply + "\r\n");
  }

  private Turn turnAt(SmtpStep step) {
    return settings.actions.getOrDefault(step, SmtpAction.honest()).turn();
  }

  /** Does what is set for a step, and tells whether the command is to be carried out. */
  private boolean turn(SmtpStep step, String honest) throws IOException, Over {
    return take(turnAt(step), honest);
  }

  private boolean take(Turn turn, String honest) throws IOException, Over {
    turn.speech().speak(wire, honest + "\r\n");
    if (turn.ends()) {
      throw new Over(SessionEnd.CLOSED_BY_SERVER);
    }
    return turn.carriesOut();
  }
}
