// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dane4j.match.ChainCertificate;
import org.dane4j.match.MatchResult;
import org.dane4j.match.PeerChain;

/**
 * Whether certificates expire, now or soon. With DANE-TA senders refuse them then; to DANE-EE dates
 * do not matter (RFC 7671 §5.1), but not all senders know.
 */
final class CertificateDates {

  private final Duration ahead;

  CertificateDates(Duration ahead) {
    this.ahead = ahead;
  }

  List<Finding> findings(DomainFacts facts) {
    Findings findings = new Findings(Check.CERTIFICATE_DATES);
    for (HostFacts host : facts.hosts()) {
      Map<PeerChain, List<Shown>> shown = Shown.byChain(Shown.of(host));
      HostRecords.of(host, facts.port())
          .filter(records -> !records.usable().isEmpty())
          .ifPresent(
              records ->
                  shown.forEach(
                      (chain, seen) -> inspect(findings, records, seen.get(0), facts.at())));
    }
    return findings.list();
  }

  private void inspect(Findings findings, HostRecords records, Shown shown, Instant at) {
    String host = records.rrset().owner().baseDomain() + " at " + Shown.text(shown.address());
    PeerChain chain = shown.chain();
    Optional<X509Certificate> leaf = parse(chain.leaf());
    if (leaf.isEmpty()) {
      findings.warn(
          host,
          "the certificate " + chain.leaf() + " cannot be read",
          "Have the certificate issued again, by a CA that keeps to RFC 5280.");
      return;
    }
    Instant end = leaf.get().getNotAfter().toInstant();
    Instant begin = leaf.get().getNotBefore().toInstant();
    boolean matchesNow = records.match(chain, at) instanceof MatchResult.Matched;
    boolean matchesThen = records.match(chain, at.plus(ahead)) instanceof MatchResult.Matched;
    if (matchesNow && !matchesThen) {
      findings.warn(
          host,
          "within "
              + ahead.toDays()
              + " day(s) a certificate expires, and with it all that matches:"
              + " "
              + explanation(records.match(chain, at.plus(ahead))),
          "Renew it in time, or publish a DANE-EE record besides." + records.publish(chain.leaf()));
    } else if (at.isBefore(begin)) {
      findings.warn(host, "the certificate is valid from " + begin + ", which is to come", OTHERS);
    } else if (at.isAfter(end)) {
      findings.warn(host, "the certificate expired at " + end, OTHERS);
    } else if (at.plus(ahead).isAfter(end)) {
      findings.info(host, "the certificate expires at " + end, OTHERS);
    } else {
      findings.pass(host, "the certificate is valid until " + end);
    }
  }

  /** What a DANE-EE record does not ask for, and somebody may. */
  private static final String OTHERS =
      "Renew it: DANE-EE records ignore dates (RFC 7671 §5.1), but some senders do not, Exchange"
          + " Online for one (5.7.322), and MTA-STS does not.";

  private static String explanation(MatchResult result) {
    return result instanceof MatchResult.Unmatched unmatched
        ? unmatched.mismatch().explanation()
        : result.explanation();
  }

  /** Returns a certificate as the platform reads it; empty if it does not. */
  static Optional<X509Certificate> parse(ChainCertificate certificate) {
    try {
      return Optional.of(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(certificate.der().toByteArray())));
    } catch (CertificateException | RuntimeException e) {
      // The platform's parser throws whatever it likes.
      return Optional.empty();
    }
  }
}
