// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.smtp.Outcome.Deferred;
import org.dane4j.smtp.Outcome.Delivered;
import org.dane4j.smtp.Outcome.Rejected;
import org.dane4j.smtp.Outcome.Unknown;

/**
 * The mail for the recipients of one domain, host after host (RFC 5321 §3.3). A recipient is
 * settled once a server took or refused the mail for good, or it is unknown which; the others stay
 * open for the next host.
 */
final class MailTransaction {

  private final String sender;
  private final MailMessage message;
  private final Map<String, Outcome> settled = new LinkedHashMap<>();
  private final Map<String, Deferred> open = new LinkedHashMap<>();

  MailTransaction(String sender, List<String> recipients, MailMessage message) {
    this.sender = sender;
    this.message = message;
    for (String recipient : recipients) {
      open.put(recipient, new Deferred("4.4.1", "no host was tried"));
    }
  }

  /** Whether a recipient is left for whom another host may be tried. */
  boolean isOpen() {
    return !open.isEmpty();
  }

  /** Notes why a host was of no use for those that are left. */
  void hostFailed(String host, Failed failed) {
    String status =
        failed.match().isPresent() || failed.reply().isEmpty()
            ? failed.cause().status()
            : failed.reply().get().enhancedStatus().orElse(failed.cause().status());
    deferAll(new Deferred(temporary(status), host + ": " + failed.explanation()));
  }

  /** Settles all that are left. */
  void settleAll(Outcome outcome) {
    open.keySet().forEach(recipient -> settled.put(recipient, outcome));
    open.clear();
  }

  private void deferAll(Deferred deferred) {
    open.replaceAll((recipient, before) -> deferred);
  }

  /** Returns the outcome of each recipient; those that are left are deferred. */
  Map<String, Outcome> outcomes() {
    Map<String, Outcome> outcomes = new LinkedHashMap<>(settled);
    outcomes.putAll(open);
    return outcomes;
  }

  /** Sends the mail for those that are left. Throws if another host should be tried. */
  void run(SmtpSession session, String host, Ready ready) throws StepFailedException {
    SmtpReply mail = session.command(Cause.CONNECTION_LOST, "MAIL FROM:<" + sender + ">");
    if (!mail.isPositive()) {
      refused(host, "MAIL", mail, List.copyOf(open.keySet()));
      return;
    }
    List<String> accepted = new ArrayList<>();
    for (String recipient : List.copyOf(open.keySet())) {
      SmtpReply reply = session.command(Cause.CONNECTION_LOST, "RCPT TO:<" + recipient + ">");
      if (reply.isPositive()) {
        accepted.add(recipient);
      } else {
        refused(host, "RCPT", reply, List.of(recipient));
      }
    }
    if (!accepted.isEmpty()) {
      sendTo(accepted, session, host, ready);
    }
  }

  private void sendTo(List<String> accepted, SmtpSession session, String host, Ready ready)
      throws StepFailedException {
    SmtpReply go = session.command(Cause.CONNECTION_LOST, "DATA");
    if (go.code() != 354) {
      refused(host, "DATA", go, accepted);
      return;
    }
    session.sendContent(message);
    SmtpReply reply;
    try {
      reply = session.endContent();
    } catch (StepFailedException e) {
      // RFC 5321 §4.1.1.4: the server may have taken the mail. Nobody else may be given it now.
      settle(accepted, new Unknown("4.4.2", host + ": " + e.failed().explanation()));
      return;
    }
    if (reply.isPositive()) {
      String status = reply.enhancedStatus().orElse("2.0.0");
      settle(accepted, new Delivered(host, ready.security(), status, host + ": " + reply));
    } else {
      refused(host, "the message", reply, accepted);
    }
  }

  private void settle(List<String> recipients, Outcome outcome) {
    for (String recipient : recipients) {
      open.remove(recipient);
      settled.put(recipient, outcome);
    }
  }

  private void refused(String host, String what, SmtpReply reply, List<String> recipients) {
    String text = host + " refused " + what + ": " + reply;
    // RFC 5321 §4.5.3.1.10: 552 to RCPT means that there are too many recipients for now.
    boolean permanent = reply.isPermanent() && !(reply.code() == 552 && what.equals("RCPT"));
    if (permanent) {
      settle(recipients, new Rejected(reply.enhancedStatus().orElse("5.0.0"), text));
    } else {
      Deferred deferred = new Deferred(temporary(reply.enhancedStatus().orElse("4.0.0")), text);
      recipients.forEach(recipient -> open.put(recipient, deferred));
    }
  }

  /** A deferral never has a status of another class, whatever the server wrote. */
  private static String temporary(String status) {
    return status.startsWith("4.") ? status : "4." + status.substring(2);
  }
}
