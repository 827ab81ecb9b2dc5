// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A recipient, and what servers are asked to report about the mail's way to it (RFC 3461). The
 * wishes are passed on to servers that offer DSN, and to no others.
 *
 * @param address the forward-path
 * @param reports when to report; empty for what servers do by themselves
 * @param original the address that the mail had first, as type and address (RFC 3461 §4.2)
 */
public record Recipient(String address, Set<Notify> reports, Optional<String> original) {

  /** RFC 3461 §4.2: the value, after encoding. */
  private static final int MAX_ORIGINAL = 500;

  /** When to report (RFC 3461 §4.1). */
  public enum Notify {
    /** Never; not together with others. */
    NEVER,
    /** When the mail is delivered. */
    SUCCESS,
    /** When it turns out that it cannot be delivered. */
    FAILURE,
    /** When it is late. */
    DELAY
  }

  /**
   * Checks the parts and copies the set.
   *
   * @throws IllegalArgumentException if the address is no mail address, or a wish cannot be
   *     expressed
   */
  public Recipient {
    MailAddress.check(address);
    reports = reports.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(reports));
    if (reports.contains(Notify.NEVER) && reports.size() > 1) {
      throw new IllegalArgumentException("NEVER stands alone (RFC 3461 §4.1), not in " + reports);
    }
    if (original.isPresent()) {
      checkOriginal(original.get());
    }
  }

  /**
   * Returns a recipient without wishes.
   *
   * @param address the address
   * @return the recipient
   * @throws IllegalArgumentException if it is not a mail address
   */
  public static Recipient of(String address) {
    return new Recipient(address, Set.of(), Optional.empty());
  }

  /**
   * Returns this recipient with other wishes.
   *
   * @param first when to report
   * @param more when else
   * @return the new recipient
   */
  public Recipient notifying(Notify first, Notify... more) {
    return new Recipient(address, EnumSet.of(first, more), original);
  }

  /**
   * Returns this recipient with the address that the mail had first.
   *
   * @param typeAndAddress such as {@code rfc822;list@example.org}
   * @return the new recipient
   * @throws IllegalArgumentException if it has another form, or characters that are not ASCII
   */
  public Recipient originally(String typeAndAddress) {
    return new Recipient(address, reports, Optional.of(typeAndAddress));
  }

  /** Returns the parameters of RCPT, each with a space before it. */
  String parameters() {
    String wishes =
        reports.isEmpty()
            ? ""
            : " NOTIFY=" + reports.stream().map(Enum::name).collect(Collectors.joining(","));
    return wishes + original.map(it -> " ORCPT=" + encodedOriginal(it)).orElse("");
  }

  private static String encodedOriginal(String original) {
    int semicolon = original.indexOf(';') + 1;
    return original.substring(0, semicolon) + MailAddress.xtext(original.substring(semicolon));
  }

  private static void checkOriginal(String original) {
    boolean wellFormed =
        original.matches("[A-Za-z0-9-]+;[ -~]+")
            && encodedOriginal(original).length() <= MAX_ORIGINAL;
    if (!wellFormed) {
      throw new IllegalArgumentException(
          "'"
              + MailAddress.printable(original)
              + "' is no original address: write rfc822;local-part@domain, in ASCII");
    }
  }
}
