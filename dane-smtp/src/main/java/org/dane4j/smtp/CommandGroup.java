// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.util.ArrayList;
import java.util.List;
import org.dane4j.smtp.Attempt.Cause;

/**
 * Commands of a mail transaction, sent together where the server allows it (RFC 2920), one after
 * the other where it does not. Either way each reply belongs to one command, and is asked for in
 * their order.
 */
final class CommandGroup {

  /**
   * RFC 2920 §3.1: what is sent without reading must fit into the window, which "is usually, but
   * not always, 4K octets".
   */
  private static final int WINDOW = 4096;

  private final SmtpSession session;
  private final List<String> commands;
  private final boolean pipelined;
  private int sent;
  private int replied;

  CommandGroup(SmtpSession session, List<String> commands) {
    this.session = session;
    this.commands = commands;
    this.pipelined = session.extensions().offers("PIPELINING");
  }

  /** Returns the reply to the next command, which is sent if it has not been. */
  SmtpReply next() throws StepFailedException {
    if (replied == sent) {
      sendMore();
    }
    return read();
  }

  private void sendMore() throws StepFailedException {
    int end = sent + 1;
    int octets = commands.get(sent).length();
    while (pipelined && end < commands.size()) {
      // A letter has at most four octets in UTF-8, and few have.
      octets += commands.get(end).length() + 2;
      if (octets > WINDOW) {
        break;
      }
      end++;
    }
    session.send(Cause.CONNECTION_LOST, verb(commands.get(sent)), commands.subList(sent, end));
    sent = end;
  }

  private SmtpReply read() throws StepFailedException {
    SmtpReply reply = session.reply(Cause.CONNECTION_LOST, verb(commands.get(replied)));
    replied++;
    return reply;
  }

  /** Reads the replies to what was sent already (RFC 2920 §3.1: all of them); sends no more. */
  List<SmtpReply> abandon() throws StepFailedException {
    List<SmtpReply> rest = new ArrayList<>();
    while (replied < sent) {
      rest.add(read());
    }
    return rest;
  }

  /** Whether the last command was sent. */
  boolean isSent() {
    return sent == commands.size();
  }

  private static String verb(String command) {
    return command.substring(0, 4);
  }
}
