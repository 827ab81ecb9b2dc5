// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dane4j.match.Authentication;
import org.dane4j.match.MatchResult;
import org.dane4j.match.MatchResult.Matched;
import org.dane4j.match.MatchResult.Unmatched;
import org.dane4j.match.PeerChain;
import org.dane4j.match.ReferenceIdentifiers;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.smtp.audit.SenderVerdict.Fate;
import org.dane4j.tlsa.CertificateUsage;
import org.dane4j.tlsa.MatchingType;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;

/** What a kind of sender makes of a host's TLSA records beside its certificates. */
final class SenderMatch {

  private final HostRecords records;
  private final Set<SenderTrait> traits;
  private final Instant at;
  private final List<TlsaRecord> usable;

  /** A server shows the same certificates again and again. */
  private final Map<PeerChain, Outcome> outcomes = new HashMap<>();

  SenderMatch(HostRecords records, Set<SenderTrait> traits, Instant at) {
    this.records = records;
    this.traits = traits;
    this.at = at;
    this.usable =
        records.usable().stream()
            .filter(
                record ->
                    !traits.contains(SenderTrait.NO_TRUST_ANCHORS)
                        || !record.usage().equals(CertificateUsage.DANE_TA))
            .toList();
  }

  /**
   * What comes of a connection.
   *
   * @param fate what becomes of mail that takes it
   * @param reason why
   */
  record Outcome(Fate fate, String reason) {}

  /** Whether the sender has no record that it could hold against a certificate. */
  boolean isWithoutUsable() {
    return usable.isEmpty();
  }

  /** Judges certificates, if there are usable records. */
  Outcome of(PeerChain chain) {
    return outcomes.computeIfAbsent(chain, this::judge);
  }

  private Outcome judge(PeerChain chain) {
    MatchResult result = match(chain);
    if (result instanceof Unmatched unmatched) {
      return new Outcome(Fate.DEFERRED, unmatched.mismatch().explanation());
    } else if (!(result instanceof Matched matched)) {
      return new Outcome(Fate.ENCRYPTED, "none of its TLSA records is usable");
    } else {
      return accepted(chain, matched);
    }
  }

  private Outcome accepted(PeerChain chain, Matched matched) {
    if (traits.contains(SenderTrait.CHECKS_DATES)
        && matched.authentication() instanceof Authentication.ByEndEntity) {
      Optional<String> objection =
          CertificateDates.parse(chain.leaf()).flatMap(this::dateObjection);
      if (objection.isPresent()) {
        return new Outcome(Fate.DEFERRED, objection.get());
      }
    }
    // RFC 7672 §2.2.1: the server is right for the host, but who says that the host is?
    return records.isBinding()
        ? new Outcome(Fate.AUTHENTICATED, matched.accepted().explanation())
        : new Outcome(
            Fate.ENCRYPTED,
            "the MX record that names it is insecure; its record "
                + matched.accepted().explanation());
  }

  private Optional<String> dateObjection(X509Certificate leaf) {
    if (at.isAfter(leaf.getNotAfter().toInstant())) {
      return Optional.of(
          "the certificate expired at " + leaf.getNotAfter().toInstant() + " (5.7.322)");
    }
    return at.isBefore(leaf.getNotBefore().toInstant())
        ? Optional.of(
            "the certificate is valid from " + leaf.getNotBefore().toInstant() + " (5.7.323)")
        : Optional.empty();
  }

  private MatchResult match(PeerChain chain) {
    if (!traits.contains(SenderTrait.NO_AGILITY)) {
      return match(chain, usable);
    }
    // Records of one digest do not compete, so that whoever knows no agility is one client each.
    Map<MatchingType, List<TlsaRecord>> byDigest =
        usable.stream()
            .collect(
                Collectors.groupingBy(
                    TlsaRecord::matchingType, LinkedHashMap::new, Collectors.toList()));
    List<MatchResult> each =
        byDigest.values().stream().map(records -> match(chain, records)).toList();
    return each.stream()
        .filter(Matched.class::isInstance)
        .findFirst()
        // The reason is that of all together: it is the one that comes closest.
        .orElseGet(() -> each.size() == 1 ? each.get(0) : match(chain, usable));
  }

  private MatchResult match(PeerChain chain, List<TlsaRecord> some) {
    TlsaRrset rrset = new TlsaRrset(records.rrset().owner(), some, List.of());
    ReferenceIdentifiers names =
        traits.contains(SenderTrait.BASE_DOMAIN_ONLY)
            ? ReferenceIdentifiers.of(records.rrset().owner().baseDomain())
            : records.identifiers();
    return TlsaMatcher.forSmtp().match(rrset, chain, names, at);
  }
}
