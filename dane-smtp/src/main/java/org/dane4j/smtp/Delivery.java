// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.HostDialogue.Terms;
import org.dane4j.smtp.MailTransaction.Mail;
import org.dane4j.smtp.Outcome.Deferred;
import org.dane4j.smtp.Outcome.Unknown;
import org.dane4j.smtp.lookup.DaneLookup;
import org.dane4j.smtp.lookup.Destination;
import org.dane4j.smtp.lookup.MxHost;
import org.dane4j.smtp.lookup.NextHop;

/** One mail on its way: next hop after next hop, host after host. */
final class Delivery {

  private final DaneLookup lookup;
  private final SmtpSettings settings;
  private final SmtpConnections connections;
  private final Deadline deadline;
  private final List<Attempt> attempts = new ArrayList<>();

  Delivery(
      DaneLookup lookup, SmtpSettings settings, SmtpConnections connections, Deadline deadline) {
    this.lookup = lookup;
    this.settings = settings;
    this.connections = connections;
    this.deadline = deadline;
  }

  /** Where some of the recipients are to be found, and how to log in there if that is wanted. */
  record Route(NextHop hop, Optional<SmtpAuthenticator> login, List<Recipient> recipients) {}

  /** Returns what became of the mail by all routes, which between them have every recipient. */
  DeliveryResult run(Envelope envelope, MailMessage message, List<Route> routes) {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    Optional<Mail> mail = Optional.empty();
    String problem = "";
    try {
      mail = Optional.of(new Mail(message, ContentFacts.of(message), settings.eightBit()));
    } catch (IOException e) {
      problem = "the message cannot be read: " + e.getMessage();
    }
    for (Route route : routes) {
      if (mail.isPresent()) {
        MailTransaction transaction = new MailTransaction(envelope, route.recipients(), mail.get());
        try {
          deliver(route, transaction);
        } catch (RuntimeException e) {
          // Whatever is wrong here, the outcomes of other routes must not be lost with it.
          transaction.settleAll(
              new Unknown("4.3.0", "this client failed, and the mail may be delivered: " + e));
        }
        outcomes.putAll(transaction.outcomes());
      } else {
        Deferred unreadable = new Deferred(Attempt.Cause.MESSAGE_UNREADABLE.status(), problem);
        route.recipients().forEach(it -> outcomes.put(it.address(), unreadable));
      }
    }
    List<RecipientResult> results =
        envelope.recipients().stream()
            .map(Recipient::address)
            .map(it -> new RecipientResult(it, Objects.requireNonNull(outcomes.get(it))))
            .toList();
    return new DeliveryResult(results, attempts);
  }

  private void deliver(Route route, MailTransaction transaction) {
    if (isOver(transaction)) {
      return;
    }
    Destination destination = lookup.resolve(route.hop());
    if (!(destination instanceof Destination.Hosts)) {
      transaction.settleAll(Destinations.outcome(destination));
      return;
    }
    Terms terms = new Terms(lookup.policyFor(route.hop()), route.login(), deadline);
    for (MxHost host : HostOrder.of(destination.hosts(), settings.random())) {
      if (!transaction.isOpen() || isOver(transaction)) {
        return;
      }
      List<Attempt> made =
          new HostDialogue(settings, connections, host, terms)
              .run(session -> transaction.run(session, host.name()));
      attempts.addAll(made);
      Attempt.Result result = made.get(made.size() - 1).result();
      if (result instanceof Failed failed) {
        transaction.hostFailed(host.name(), failed);
      }
      if (HostDialogue.isUnreadable(result)) {
        return;
      }
    }
  }

  private boolean isOver(MailTransaction transaction) {
    if (deadline.isOver()) {
      // RFC 3463 §3.5
      transaction.deferAll(new Deferred("4.4.7", deadline.explanation()));
      return true;
    }
    return false;
  }
}
