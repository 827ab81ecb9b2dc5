// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dane4j.smtp.Attempt.Result.Failed;
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

  /** RFC 5321 §4.5.3.1.8: every server takes that many recipients at a time. */
  private static final int MAX_RECIPIENTS = 100;

  private final Envelope envelope;
  private final Mail mail;
  private final Map<Recipient, Outcome> settled = new LinkedHashMap<>();
  private final Map<Recipient, Standing> open = new LinkedHashMap<>();

  MailTransaction(Envelope envelope, List<Recipient> recipients, Mail mail) {
    this.envelope = envelope;
    this.mail = mail;
    recipients.forEach(recipient -> open.put(recipient, Standing.UNTRIED));
  }

  /** What is sent, and how. */
  record Mail(MailMessage message, ContentFacts facts, EightBitMail eightBit) {}

  /** How it stands with a recipient who is not settled, after the hosts that were tried. */
  private record Standing(Optional<Deferred> deferred, Optional<Rejected> incapable) {

    static final Standing UNTRIED = new Standing(Optional.empty(), Optional.empty());

    /** If one host might have taken the mail at another time, it is worth another try. */
    Outcome outcome() {
      if (deferred.isPresent()) {
        return deferred.get();
      }
      return incapable.isPresent() ? incapable.get() : new Deferred("4.4.1", "no host was tried");
    }
  }

  /** Whether a recipient is left for whom another host may be tried. */
  boolean isOpen() {
    return !open.isEmpty();
  }

  /** Notes why a host was of no use for those that are left. */
  void hostFailed(String host, Failed failed) {
    // What a server says about TLS that failed, anybody may have said.
    String status =
        failed.tlsrptResultType().isPresent() || failed.reply().isEmpty()
            ? failed.status()
            : failed.reply().get().enhancedStatus().orElse(failed.status());
    deferAll(new Deferred(temporary(status), host + ": " + failed.explanation()));
  }

  /** Settles all that are left. */
  void settleAll(Outcome outcome) {
    settle(List.copyOf(open.keySet()), outcome);
  }

  /** Notes why those that are left are to be tried again later. */
  void deferAll(Deferred deferred) {
    List.copyOf(open.keySet()).forEach(recipient -> defer(recipient, deferred));
  }

  private void defer(Recipient recipient, Deferred deferred) {
    open.computeIfPresent(
        recipient, (key, before) -> new Standing(Optional.of(deferred), before.incapable));
  }

  private void cannotTake(Recipient recipient, String host, Rejected why) {
    Rejected rejected = new Rejected(why.status(), host + " " + why.explanation());
    open.computeIfPresent(
        recipient, (key, before) -> new Standing(before.deferred, Optional.of(rejected)));
  }

  /** Returns the outcome of each address; those that are left are deferred, or nobody's to take. */
  Map<String, Outcome> outcomes() {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    settled.forEach((recipient, outcome) -> outcomes.put(recipient.address(), outcome));
    open.forEach((recipient, standing) -> outcomes.put(recipient.address(), standing.outcome()));
    return outcomes;
  }

  /** Sends the mail for those that are left. Throws if another host should be tried. */
  void run(SmtpSession session, String host) throws StepFailedException {
    MailCommands commands =
        new MailCommands(envelope, mail.facts, session.extensions(), mail.eightBit);
    List<Recipient> able = new ArrayList<>();
    for (Recipient recipient : List.copyOf(open.keySet())) {
      Optional<Rejected> obstacle = commands.obstacle().or(() -> commands.obstacle(recipient));
      obstacle.ifPresentOrElse(why -> cannotTake(recipient, host, why), () -> able.add(recipient));
    }
    Server server = new Server(host, session, commands);
    for (int from = 0; from < able.size(); from += MAX_RECIPIENTS) {
      if (from > 0) {
        session.reset();
      }
      sendTo(able.subList(from, Math.min(able.size(), from + MAX_RECIPIENTS)), server);
    }
  }

  /** Where the mail is being sent. */
  private record Server(String host, SmtpSession session, MailCommands commands) {}

  private void sendTo(List<Recipient> recipients, Server server) throws StepFailedException {
    CommandGroup group =
        new CommandGroup(server.session, server.commands.forRecipients(recipients));
    SmtpReply reply = group.next();
    if (!reply.isPositive()) {
      // Whatever the server says to RCPT now follows from this.
      refused(server, "MAIL", reply, recipients);
      endWithout(group, server.session);
      return;
    }
    List<Recipient> accepted = new ArrayList<>();
    for (Recipient recipient : recipients) {
      reply = group.next();
      if (reply.isPositive()) {
        accepted.add(recipient);
      } else {
        refused(server, "RCPT", reply, List.of(recipient));
      }
    }
    if (accepted.isEmpty()) {
      endWithout(group, server.session);
      return;
    }
    reply = group.next();
    if (reply.code() == 354) {
      server.session.sendContent(mail.message, mail.facts);
      server.session.beforeFinalDot();
      finish(accepted, server);
    } else {
      refused(server, "DATA", reply, accepted);
    }
  }

  /** Ends a group of commands that leaves the server without anybody to send the mail to. */
  private static void endWithout(CommandGroup group, SmtpSession session)
      throws StepFailedException {
    List<SmtpReply> rest = group.abandon();
    if (!group.isSent() || rest.isEmpty() || rest.get(rest.size() - 1).code() != 354) {
      return;
    }
    boolean toSomebody = rest.subList(0, rest.size() - 1).stream().anyMatch(SmtpReply::isPositive);
    if (toSomebody) {
      // It would be a mail with nothing in it.
      session.close();
    } else {
      // RFC 2920 §3.1
      SmtpReply ignored = session.endNothing();
    }
  }

  private void finish(List<Recipient> accepted, Server server) {
    SmtpReply reply;
    try {
      reply = server.session.endContent();
    } catch (StepFailedException e) {
      // RFC 5321 §4.1.1.4: the server may have taken the mail. Nobody else may be given it now.
      settle(accepted, new Unknown("4.4.2", server.host + ": " + e.failed().explanation()));
      return;
    }
    if (reply.isPositive()) {
      settle(accepted, delivered(server, reply));
    } else if (reply.code() < 400) {
      server.session.close();
      settle(accepted, new Unknown("4.5.0", server.host + " gave no answer but " + reply));
    } else {
      refused(server, "the message", reply, accepted);
    }
  }

  private static Delivered delivered(Server server, SmtpReply reply) {
    return new Delivered(
        server.host,
        server.session.ready().security(),
        server.commands.reportDuty(),
        reply.enhancedStatus().orElse("2.0.0"),
        server.host + ": " + reply);
  }

  private void settle(List<Recipient> recipients, Outcome outcome) {
    for (Recipient recipient : recipients) {
      open.remove(recipient);
      settled.put(recipient, outcome);
    }
  }

  private void refused(Server server, String what, SmtpReply reply, List<Recipient> recipients) {
    String text = server.host + " refused " + what + ": " + reply;
    // RFC 5321 §4.5.3.1.10: 552 to RCPT means that there are too many recipients for now.
    boolean permanent = reply.isPermanent() && !(reply.code() == 552 && what.equals("RCPT"));
    if (permanent) {
      settle(recipients, new Rejected(reply.enhancedStatus().orElse("5.0.0"), text));
    } else {
      Deferred deferred = new Deferred(temporary(reply.enhancedStatus().orElse("4.0.0")), text);
      recipients.forEach(recipient -> defer(recipient, deferred));
    }
    if (reply.code() < 400) {
      // No refusal, and not what was due: who knows what the server waits for now.
      server.session.close();
    }
  }

  /** A deferral never has a status of another class, whatever the server wrote. */
  private static String temporary(String status) {
    return status.startsWith("4.") ? status : "4." + status.substring(2);
  }
}
