// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.dane4j.smtp.Outcome.Rejected;

/**
 * The commands of a mail transaction with a server that offers certain extensions, or why that
 * server cannot take the mail. Nothing about the mail is changed to fit.
 */
final class MailCommands {

  private final Envelope envelope;
  private final ContentFacts facts;
  private final Extensions extensions;
  private final EightBitMail eightBit;

  MailCommands(
      Envelope envelope, ContentFacts facts, Extensions extensions, EightBitMail eightBit) {
    this.envelope = envelope;
    this.facts = facts;
    this.extensions = extensions;
    this.eightBit = eightBit;
  }

  /** Why the server cannot take the mail, whoever it is for. */
  Optional<Rejected> obstacle() {
    OptionalLong limit = extensions.sizeLimit();
    if (limit.isPresent() && facts.size() > limit.getAsLong()) {
      // RFC 1870 §6.2, RFC 3463 §3.4
      return rejected(
          "5.3.4",
          "takes " + limit.getAsLong() + " octets at most, the message has " + facts.size());
    }
    if (MailAddress.needsUtf8(envelope.sender()) && !offersUtf8()) {
      return utf8Address(envelope.sender());
    }
    if (facts.utf8Header() && !offersUtf8()) {
      return rejected("5.6.9", "does not offer SMTPUTF8, and the header is not in ASCII");
    }
    if (facts.eightBit() && !offers8Bit() && eightBit == EightBitMail.REFUSE) {
      // RFC 6152 §3, RFC 3463 §3.7
      return rejected("5.6.3", "does not offer 8BITMIME, and the message is not in ASCII");
    }
    return Optional.empty();
  }

  /** Why the server cannot take the mail for one recipient. */
  Optional<Rejected> obstacle(Recipient recipient) {
    return MailAddress.needsUtf8(recipient.address()) && !offersUtf8()
        ? utf8Address(recipient.address())
        : Optional.empty();
  }

  private static Optional<Rejected> utf8Address(String address) {
    return rejected("5.6.7", "does not offer SMTPUTF8, which <" + address + "> needs");
  }

  private static Optional<Rejected> rejected(String status, String text) {
    return Optional.of(new Rejected(status, text));
  }

  private boolean offersUtf8() {
    return extensions.offers("SMTPUTF8");
  }

  private boolean offers8Bit() {
    return extensions.offers("8BITMIME");
  }

  private boolean offersReports() {
    return extensions.offers("DSN");
  }

  ReportDuty reportDuty() {
    return offersReports() ? ReportDuty.SERVER : ReportDuty.SENDER;
  }

  /** Returns MAIL, a RCPT for each recipient, and DATA. */
  List<String> forRecipients(List<Recipient> recipients) {
    List<String> commands = new ArrayList<>();
    commands.add(mail(recipients));
    for (Recipient recipient : recipients) {
      commands.add(
          "RCPT TO:<"
              + recipient.address()
              + ">"
              + (offersReports() ? recipient.parameters() : ""));
    }
    commands.add("DATA");
    return commands;
  }

  private String mail(List<Recipient> recipients) {
    StringBuilder mail = new StringBuilder("MAIL FROM:<" + envelope.sender() + ">");
    if (extensions.offers("SIZE")) {
      mail.append(" SIZE=").append(facts.size());
    }
    if (facts.eightBit() && offers8Bit()) {
      mail.append(" BODY=8BITMIME");
    }
    boolean utf8 =
        facts.utf8Header()
            || MailAddress.needsUtf8(envelope.sender())
            || recipients.stream().map(Recipient::address).anyMatch(MailAddress::needsUtf8);
    if (utf8) {
      mail.append(" SMTPUTF8");
    }
    return mail.append(offersReports() ? envelope.reportParameters() : "").toString();
  }
}
