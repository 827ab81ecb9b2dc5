// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who mails whom (RFC 5321 §2.3.1), and what reports shall hold (RFC 3461).
 *
 * @param sender the reverse-path, for reports of failures; empty for none
 * @param recipients the forward-paths, each address once
 * @param returned how much of the mail a report of a failure shall bring back; empty for what
 *     servers do by themselves
 * @param id what reports shall call the mail; empty for nothing
 */
public record Envelope(
    String sender, List<Recipient> recipients, Optional<Returned> returned, Optional<String> id) {

  /** RFC 3461 §4.4: the value, after encoding. */
  private static final int MAX_ID = 100;

  /** How much of a mail comes back (RFC 3461 §4.3). */
  public enum Returned {
    /** All of it. */
    FULL,
    /** Its header. */
    HEADERS
  }

  /**
   * Checks the parts. Of several recipients with one address the first counts.
   *
   * @throws IllegalArgumentException if an address is not a mail address, or the id has other
   *     characters than printable ASCII, or too many
   */
  public Envelope {
    if (!sender.isEmpty()) {
      MailAddress.check(sender);
    }
    recipients = List.copyOf(once(recipients));
    if (id.isPresent() && !isId(id.get())) {
      throw new IllegalArgumentException(
          "'" + MailAddress.printable(id.get()) + "' is no envelope id: write up to 100 letters");
    }
  }

  private static Collection<Recipient> once(List<Recipient> recipients) {
    Map<String, Recipient> byAddress = new LinkedHashMap<>();
    recipients.forEach(recipient -> byAddress.putIfAbsent(recipient.address(), recipient));
    return byAddress.values();
  }

  private static boolean isId(String text) {
    return text.matches("[ -~]+") && MailAddress.xtext(text).length() <= MAX_ID;
  }

  /**
   * Returns an envelope without recipients.
   *
   * @param sender the sender's address; empty for mail that must not cause reports, such as reports
   * @return the envelope
   * @throws IllegalArgumentException if it is not a mail address
   */
  public static Envelope from(String sender) {
    return new Envelope(sender, List.of(), Optional.empty(), Optional.empty());
  }

  /**
   * Returns this envelope with further recipients.
   *
   * @param addresses their addresses; the domains in A-labels
   * @return the new envelope
   * @throws IllegalArgumentException if one is not a mail address
   */
  public Envelope to(String... addresses) {
    return to(Stream.of(addresses).map(Recipient::of).toArray(Recipient[]::new));
  }

  /**
   * Returns this envelope with further recipients.
   *
   * @param more the recipients
   * @return the new envelope
   */
  public Envelope to(Recipient... more) {
    List<Recipient> all = new ArrayList<>(recipients);
    all.addAll(List.of(more));
    return new Envelope(sender, all, returned, id);
  }

  /**
   * Returns this envelope with a wish for what reports of failures bring back.
   *
   * @param wish how much
   * @return the new envelope
   */
  public Envelope returning(Returned wish) {
    return new Envelope(sender, recipients, Optional.of(wish), id);
  }

  /**
   * Returns this envelope with an id for reports.
   *
   * @param newId printable ASCII
   * @return the new envelope
   * @throws IllegalArgumentException if it has other characters, or too many
   */
  public Envelope identified(String newId) {
    return new Envelope(sender, recipients, returned, Optional.of(newId));
  }

  /** Returns the parameters of MAIL for reports, each with a space before it. */
  String reportParameters() {
    String wish = returned.map(it -> it == Returned.FULL ? " RET=FULL" : " RET=HDRS").orElse("");
    return wish + id.map(it -> " ENVID=" + MailAddress.xtext(it)).orElse("");
  }
}
