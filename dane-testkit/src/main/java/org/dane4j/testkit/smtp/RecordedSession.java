// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a server saw of one connection, up to now if it is open still. Safe for many threads. */
public final class RecordedSession {

  private final List<RecordedCommand> commands = new ArrayList<>();
  private String clientName = "";
  private Optional<TlsFacts> tls = Optional.empty();
  private SessionEnd end = SessionEnd.OPEN;

  RecordedSession() {}

  synchronized void add(RecordedCommand command) {
    commands.add(command);
  }

  synchronized void named(String name) {
    clientName = name;
  }

  synchronized void secured(TlsFacts facts) {
    tls = Optional.of(facts);
  }

  synchronized void ended(SessionEnd how) {
    end = how;
  }

  /**
   * Returns all command lines. The content of messages is not among them.
   *
   * @return the commands in the order in which they came
   */
  public synchronized List<RecordedCommand> commands() {
    return List.copyOf(commands);
  }

  /**
   * Returns the command lines that anybody on the path could read.
   *
   * @return the lines that came in plain text
   */
  public List<String> plainTextCommands() {
    return lines(false);
  }

  /**
   * Returns the command lines that came under TLS.
   *
   * @return the lines
   */
  public List<String> encryptedCommands() {
    return lines(true);
  }

  private List<String> lines(boolean encrypted) {
    return commands().stream()
        .filter(command -> command.encrypted() == encrypted)
        .map(RecordedCommand::line)
        .toList();
  }

  /**
   * Returns the name that the client gave last with EHLO or HELO.
   *
   * @return the name; empty if it gave none
   */
  public synchronized String clientName() {
    return clientName;
  }

  /**
   * Returns the facts of the TLS session, if the server's side of a handshake was completed.
   *
   * @return the facts
   */
  public synchronized Optional<TlsFacts> tls() {
    return tls;
  }

  /**
   * Returns how the session ended.
   *
   * @return the end, or that it has not come
   */
  public synchronized SessionEnd end() {
    return end;
  }

  @Override
  public synchronized String toString() {
    return commands + " " + end;
  }
}
