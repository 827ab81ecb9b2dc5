// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.dane4j.smtp.Attempt.Cause;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.Attempt.Result.Ready;
import org.dane4j.smtp.TlsSession;
import org.dane4j.smtp.tls.CertificateKeys;

/**
 * Whether each address offers TLS on each connection (RFC 7672 §2.2): TLSA records are a promise
 * that it does.
 */
final class StartTlsOffers {

  private static final String PROMISE =
      " TLSA records are a promise of TLS: as long as it is not kept, remove the records, and wait for"
          + " their TTL (RFC 7672 §2.2).";

  private final Findings findings = new Findings(Check.STARTTLS);

  private StartTlsOffers() {}

  static List<Finding> findings(DomainFacts facts) {
    StartTlsOffers check = new StartTlsOffers();
    for (HostFacts host : facts.hosts()) {
      boolean owed = HostRecords.of(host, facts.port()).filter(HostRecords::isBinding).isPresent();
      for (AddressFacts address : host.addresses()) {
        check.inspect(host.host().name() + " at " + Shown.text(address.address()), address, owed);
      }
    }
    return check.findings.list();
  }

  private void inspect(String subject, AddressFacts address, boolean owed) {
    List<TlsSession> sessions = new ArrayList<>();
    Set<String> faults = new LinkedHashSet<>();
    for (Look look : address.looks()) {
      if (look.result() instanceof Ready ready) {
        ready.tls().ifPresentOrElse(sessions::add, () -> faults.add("it offers no STARTTLS"));
      } else if (look.result() instanceof Failed failed && isAboutTls(look, failed.cause())) {
        faults.add(failed.explanation());
      }
    }
    if (!faults.isEmpty()) {
      fail(subject, sessions.isEmpty(), String.join("; ", faults), owed);
    } else if (!sessions.isEmpty()) {
      inspectProtocols(subject, sessions);
    }
  }

  /** A server without a certificate of the kind of key that was offered is in order. */
  private static boolean isAboutTls(Look look, Cause cause) {
    return switch (cause) {
      case STARTTLS_NOT_OFFERED, STARTTLS_REFUSED, PLAIN_TEXT_INJECTED -> true;
      case TLS_HANDSHAKE -> look.keys() == CertificateKeys.ANY;
      default -> false;
    };
  }

  private void fail(String subject, boolean always, String faults, boolean owed) {
    findings.add(
        owed ? Severity.FAIL : Severity.WARN,
        subject,
        (always ? "TLS does not come about: " : "TLS comes about on some connections only: ")
            + faults,
        (always
                ? "Switch STARTTLS on, with a certificate, and take away whatever filters it on the"
                    + " way, such as a firewall that inspects SMTP."
                : "Offer STARTTLS to every client on every connection: greylisting, limits and filters"
                    + " must come after it (RFC 7672 §9.2).")
            + (owed ? PROMISE : ""));
  }

  private void inspectProtocols(String subject, List<TlsSession> sessions) {
    Set<String> protocols = new LinkedHashSet<>();
    sessions.forEach(session -> protocols.add(session.protocol()));
    if (protocols.contains("TLSv1") || protocols.contains("TLSv1.1")) {
      findings.warn(
          subject,
          "it speaks no more than " + String.join(", ", protocols),
          "Have it speak TLS 1.2 and 1.3; older versions are gone (RFC 8996), and many senders refuse"
              + " them.");
    } else {
      findings.pass(
          subject,
          "TLS on each of " + sessions.size() + " connection(s): " + String.join(", ", protocols));
    }
  }
}
