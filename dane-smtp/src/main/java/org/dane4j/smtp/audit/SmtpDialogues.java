// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.List;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result.Failed;

/** Whether each address speaks SMTP to a stranger (RFC 5321 §3.1). */
final class SmtpDialogues {

  private SmtpDialogues() {}

  static List<Finding> findings(DomainFacts facts) {
    Findings findings = new Findings(Check.SMTP);
    for (HostFacts host : facts.hosts()) {
      boolean owed = HostRecords.of(host, facts.port()).filter(HostRecords::isBinding).isPresent();
      boolean seen = host.addresses().stream().anyMatch(SmtpDialogues::isSeen);
      // What senders are to be authenticated to and nobody saw is not known: neither good nor bad.
      Severity unseen = owed && !seen ? Severity.ERROR : Severity.WARN;
      for (AddressFacts address : host.addresses()) {
        String subject = host.host().name() + " at " + Shown.text(address.address());
        inspect(findings, subject, address, unseen);
      }
    }
    return findings.list();
  }

  private static boolean isSeen(AddressFacts address) {
    return address.looks().stream()
        .anyMatch(
            look -> !(look.result() instanceof Failed failed) || !isAboutSmtp(failed.cause()));
  }

  private static void inspect(
      Findings findings, String subject, AddressFacts address, Severity unseen) {
    List<Failed> failures =
        address.looks().stream()
            .map(Look::result)
            .filter(Failed.class::isInstance)
            .map(Failed.class::cast)
            .filter(failed -> isAboutSmtp(failed.cause()))
            .toList();
    if (!failures.isEmpty()) {
      boolean always = !isSeen(address);
      findings.add(
          always ? unseen : Severity.WARN,
          subject,
          (always ? "" : "on some connections: ") + failures.get(0).explanation(),
          remedy(failures.get(0).cause()));
    } else if (address.looks().isEmpty()) {
      findings.add(
          unseen,
          subject,
          "it was not looked at: " + address.omission().orElse("nobody connected to it"),
          "Look from a machine that can reach it; what it shows is not known.");
    } else {
      findings.pass(subject, "it greets and takes EHLO");
    }
  }

  private static String remedy(Cause cause) {
    return cause == Cause.CONNECT
        ? "Look whether the server runs, and whether connections to its port are blocked on the way"
            + " from here: many networks do not let mail out."
        : "See in the server's log why it does not talk to this client; senders that get the same"
            + " answer wait.";
  }

  private static boolean isAboutSmtp(Cause cause) {
    return switch (cause) {
      case CONNECT, GREETING, EHLO, CONNECTION_LOST -> true;
      default -> false;
    };
  }
}
