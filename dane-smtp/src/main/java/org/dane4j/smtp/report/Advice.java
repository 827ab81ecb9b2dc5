// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.report;

import org.dane4j.dnssec.ValidationResult;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.smtp.Attempt;
import org.dane4j.smtp.Attempt.Result.Failed;
import org.dane4j.smtp.internal.Answers;
import org.dane4j.smtp.lookup.Destination;
import org.dane4j.smtp.lookup.MxHost;
import org.dane4j.smtp.lookup.NextHop;
import org.dane4j.smtp.policy.TlsRequirement;
import org.dane4j.tlsa.TlsaRrset;
import org.dane4j.tlsa.Usability;

/** What to do about a host that takes no mail, or takes it unprotected. */
final class Advice {

  private static final String REPAIR =
      "Who runs the zone must repair its signatures or its DS records; if they are in order, somebody"
          + " on the way changes answers. Mail waits until then.";

  private Advice() {}

  /** Returns the advice in whole sentences; empty if there is nothing to do. */
  static String on(Attempt attempt) {
    MxHost host = attempt.host();
    if (attempt.result() instanceof Failed failed) {
      return onFailure(failed, host);
    }
    // Where DANE is only audited, there is something to audit: no records are missing.
    TlsRequirement owed = host.requirement().audited().orElse(host.requirement());
    if (owed instanceof TlsRequirement.Encrypt encrypt) {
      return isUsable(encrypt.tlsa())
          ? "To have it authenticated by its TLSA records, sign the zone of the MX record (RFC 7672 §2.2.1)."
          : "Publish a usable TLSA record for "
              + host.name()
              + ", such as 3 1 1 with the SHA-256 digest of the server's key (RFC 7672 §3.1).";
    }
    if (owed instanceof TlsRequirement.Pkix) {
      return "To have it authenticated by DANE, sign the zones of the SRV record, if there is one, and of "
          + host.name()
          + ", and publish TLSA records at _"
          + host.endpoint().port()
          + "._tcp."
          + host.name()
          + " (RFC 7673 §6).";
    }
    boolean literal = host.lookups().isEmpty();
    return owed instanceof TlsRequirement.Opportunistic && !literal
        ? "To protect mail against active attackers, sign the zones of the MX record and of "
            + host.name()
            + ", and publish TLSA records for it (RFC 7672 §2.2)."
        : "";
  }

  private static boolean isUsable(TlsaRrset rrset) {
    return rrset.records().stream()
        .anyMatch(record -> TlsaMatcher.forSmtp().usability(record) instanceof Usability.Usable);
  }

  /** Returns the advice on a destination whose hosts cannot be found out. */
  static String on(Destination.Undetermined destination) {
    if (destination.lookups().stream().anyMatch(ValidationResult.Bogus.class::isInstance)) {
      return REPAIR;
    }
    if (isAnswered(destination)) {
      return destination.nextHop() instanceof NextHop.Submission
          ? "Name hosts, and their ports, in the SRV records (RFC 6186 §3.1)."
          : "Name hosts in the MX records: neither addresses nor \".\" (RFC 5321 §5.1, RFC 7505 §3).";
    }
    return askAgain("the domain");
  }

  /** Whether there were answers to all lookups, so that it is what they say that is of no use. */
  static boolean isAnswered(Destination.Undetermined destination) {
    return !destination.lookups().isEmpty()
        && destination.lookups().stream().allMatch(it -> Answers.of(it).isPresent());
  }

  private static String askAgain(String whose) {
    return "See whether the resolver that was asked works, and ask again later: the name servers of "
        + whose
        + " must answer every query, also those for TLSA records (RFC 7672 §2.1.2).";
  }

  private static String onFailure(Failed failed, MxHost host) {
    return switch (failed.cause()) {
      case ADDRESS_LOOKUP, TLSA_LOOKUP ->
          host.lookups().stream().anyMatch(ValidationResult.Bogus.class::isInstance)
              ? REPAIR
              : askAgain(host.name());
      case NO_ADDRESS ->
          "Publish an address for " + host.name() + ", or remove the record that names it.";
      case DANE_MANDATORY ->
          "Whoever runs "
              + host.name()
              + " must publish usable TLSA records in signed zones; or do not insist on DANE.";
      case CONNECT ->
          "Look whether the server runs, and whether connections to its port are blocked on the way.";
      case GREETING, EHLO -> "The server's operator must see why it does not talk to this client.";
      case STARTTLS_NOT_OFFERED, STARTTLS_REFUSED, TLS_HANDSHAKE ->
          "The server must offer TLS as long as it has TLSA records or takes submissions; if it does, somebody on the way"
              + " takes it out.";
      case CERTIFICATE_NOT_TRUSTED ->
          "The server must have a certificate of an authority that is trusted here, for the name that was"
              + " asked for; or publish TLSA records in signed zones (RFC 7673 §6).";
      case PLAIN_TEXT_INJECTED -> "Find out who is on the way between here and the server.";
      // The explanation of the match says what to publish.
      case DANE_MISMATCH -> "";
      case LOGIN -> "Check the login, and which mechanisms the server offers under TLS.";
      case CONNECTION_LOST, MESSAGE_UNREADABLE -> "Try again.";
    };
  }
}
