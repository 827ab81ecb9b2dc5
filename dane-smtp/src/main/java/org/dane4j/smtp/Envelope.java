// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Who mails whom (RFC 5321 §2.3.1).
 *
 * @param sender the reverse-path, for reports of failures; empty for none
 * @param recipients the forward-paths, each once
 */
public record Envelope(String sender, List<String> recipients) {

  /** The most octets of a path (RFC 5321 §4.5.3.1.3), less its angle brackets. */
  private static final int MAX_PATH = 254;

  /**
   * Checks the addresses.
   *
   * @throws IllegalArgumentException if one is not a mail address
   */
  public Envelope {
    if (!sender.isEmpty()) {
      check(sender);
    }
    recipients.forEach(Envelope::check);
    recipients = List.copyOf(new LinkedHashSet<>(recipients));
  }

  /**
   * Returns an envelope without recipients.
   *
   * @param sender the sender's address; empty for mail that must not cause reports, such as reports
   * @return the envelope
   * @throws IllegalArgumentException if it is not a mail address
   */
  public static Envelope from(String sender) {
    return new Envelope(sender, List.of());
  }

  /**
   * Returns this envelope with further recipients.
   *
   * @param addresses their addresses
   * @return the new envelope
   * @throws IllegalArgumentException if one is not a mail address
   */
  public Envelope to(String... addresses) {
    List<String> all = new ArrayList<>(recipients);
    all.addAll(List.of(addresses));
    return new Envelope(sender, all);
  }

  /** Returns the part of an address behind the last at sign. */
  static String domainOf(String address) {
    return address.substring(address.lastIndexOf('@') + 1);
  }

  private static void check(String address) {
    int at = address.lastIndexOf('@');
    // What stands between the angle brackets of a command must not end it (RFC 5321 §4.1.2).
    boolean clean = address.chars().allMatch(c -> c > ' ' && c != 0x7f && c != '<' && c != '>');
    if (at < 1 || at == address.length() - 1 || !clean || address.length() > MAX_PATH) {
      throw new IllegalArgumentException(
          "'" + printable(address) + "' is not a mail address: write local-part@domain");
    }
  }

  private static String printable(String text) {
    String cut = text.length() > 80 ? text.substring(0, 80) + "..." : text;
    return cut.replaceAll("\\p{Cntrl}", "?");
  }
}
