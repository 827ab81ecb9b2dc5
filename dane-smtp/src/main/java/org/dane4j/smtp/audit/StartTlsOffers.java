// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
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
      Optional<String> base =
          HostRecords.of(host, facts.port())
              .filter(HostRecords::isBinding)
              .map(records -> records.rrset().owner().baseDomain());
      for (AddressFacts address : host.addresses()) {
        check.inspect(host.host().name() + " at " + Shown.text(address.address()), address, base);
      }
    }
    return check.findings.list();
  }

  /** Takes the name that senders ask for who are owed TLS; empty if nobody is. */
  private void inspect(String subject, AddressFacts address, Optional<String> base) {
    List<TlsSession> sessions = new ArrayList<>();
    Set<String> faults = new LinkedHashSet<>();
    boolean owed = false;
    for (Look look : address.looks()) {
      Optional<String> fault = fault(look, sessions);
      fault.ifPresent(faults::add);
      owed |= fault.isPresent() && base.filter(name -> concerns(look, name)).isPresent();
    }
    if (!faults.isEmpty()) {
      fail(subject, sessions.isEmpty(), String.join("; ", faults), owed);
    } else if (!sessions.isEmpty()) {
      inspectProtocols(subject, sessions);
    }
  }

  private static Optional<String> fault(Look look, List<TlsSession> sessions) {
    if (look.result() instanceof Ready ready) {
      ready.tls().ifPresent(sessions::add);
      return ready.tls().isPresent() ? Optional.empty() : Optional.of("it offers no STARTTLS");
    }
    Failed failed = (Failed) look.result();
    return isAboutTls(look, failed.cause())
        ? Optional.of(failed.explanation() + asked(look, failed))
        : Optional.empty();
  }

  private static String asked(Look look, Failed failed) {
    String name = look.serverName().isEmpty() ? "no name" : look.serverName();
    return failed.cause() == Cause.TLS_HANDSHAKE ? " (asked for " + name + ")" : "";
  }

  /** RFC 7672 §8.1: senders with DANE ask for one name; before the handshake there is none. */
  private static boolean concerns(Look look, String name) {
    return look.serverName().equalsIgnoreCase(name)
        || !(look.result() instanceof Failed failed)
        || failed.cause() != Cause.TLS_HANDSHAKE;
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
