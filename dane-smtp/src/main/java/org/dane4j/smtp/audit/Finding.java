// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.Objects;

/**
 * What a check found.
 *
 * @param check which check
 * @param severity how bad it is
 * @param subject what it is about: a domain, a host, an address, a zone
 * @param evidence what was seen: which record, which certificate, which server
 * @param remedy what to do, in whole sentences; empty if nothing has to be done
 */
public record Finding(
    Check check, Severity severity, String subject, String evidence, String remedy) {

  /**
   * Checks the parts, and makes the texts printable: what others wrote may be in them.
   *
   * @throws IllegalArgumentException if it does not say what it is about, what was seen, or, where
   *     something is bad, what to do
   */
  public Finding {
    Objects.requireNonNull(check, "check");
    Objects.requireNonNull(severity, "severity");
    subject = Printable.text(subject);
    evidence = Printable.text(evidence);
    remedy = Printable.text(remedy);
    if (subject.isEmpty() || evidence.isEmpty()) {
      throw new IllegalArgumentException("a finding says what it is about and what was seen");
    }
    boolean bad = severity.compareTo(Severity.WARN) >= 0;
    if (bad && remedy.isEmpty()) {
      throw new IllegalArgumentException("a finding that is bad says what to do");
    }
  }

  @Override
  public String toString() {
    return severity + " " + check.title() + ", " + subject + ": " + evidence;
  }
}
