// SPDX-License-Identifier: Apache-2.0
package org.dane4j.rollover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dane4j.match.ChainCertificate;
import org.dane4j.match.MatchResult;
import org.dane4j.match.NameMismatch;
import org.dane4j.match.PeerChain;
import org.dane4j.match.ReferenceIdentifiers;
import org.dane4j.match.TlsaMatcher;
import org.dane4j.rollover.TlsaFinding.Rule;
import org.dane4j.tlsa.CertificateUsage;
import org.dane4j.tlsa.MatchingType;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.Selector;
import org.dane4j.tlsa.TlsaOwnerName;
import org.dane4j.tlsa.TlsaRecord;
import org.dane4j.tlsa.TlsaRrset;
import org.dane4j.tlsa.Usability;

/**
 * Finds what is unwise or wrong about the TLSA records of a mail server (RFC 7671 §§5, 8, 10; RFC
 * 7672 §3.1).
 *
 * <p>No finding says whether mail arrives: {@link TlsaMatcher} does. A record that matches can be
 * unwise, and an RRset that has a bad record can match by another one.
 *
 * @since 0.1
 */
public final class TlsaLint {

  /** Some large senders fail with more records than that at one name. */
  private static final int MANY = 12;

  private final TlsaRrset rrset;
  private final List<TlsaFinding> findings = new ArrayList<>();

  private TlsaLint(TlsaRrset rrset) {
    this.rrset = rrset;
  }

  /**
   * Judges records by themselves.
   *
   * @param rrset the records
   * @return what is the matter, in the order of the records; empty if nothing is
   */
  public static List<TlsaFinding> findings(TlsaRrset rrset) {
    TlsaLint lint = new TlsaLint(rrset);
    lint.judgeForms();
    lint.judgeDigests();
    return List.copyOf(lint.findings);
  }

  /**
   * Judges records by themselves, and beside what the server shows.
   *
   * @param rrset the records
   * @param served the certificates of a handshake with the server
   * @param identifiers the names that the server may have, for DANE-TA
   * @param at the instant at which certificates must be valid, for DANE-TA
   * @return what is the matter; empty if nothing is
   */
  public static List<TlsaFinding> findings(
      TlsaRrset rrset, PeerChain served, ReferenceIdentifiers identifiers, Instant at) {
    TlsaLint lint = new TlsaLint(rrset);
    lint.judgeForms();
    lint.judgeDigests();
    Server server = new Server(rrset.owner(), served, identifiers, at);
    lint.judgeCombinations(server);
    otherName(rrset, server).ifPresent(lint.findings::add);
    return List.copyOf(lint.findings);
  }

  /** What a server shows, and what it is held against. */
  record Server(
      TlsaOwnerName owner, PeerChain shown, ReferenceIdentifiers identifiers, Instant at) {

    private MatchResult match(TlsaRecord record) {
      return TlsaMatcher.forSmtp().match(TlsaRrset.of(owner, record), shown, identifiers, at);
    }

    private boolean matches(TlsaRecord record) {
      return match(record) instanceof MatchResult.Matched;
    }

    private String name() {
      return "the certificate is not for " + String.join(" or ", identifiers.names());
    }
  }

  /** RFC 7671 §5.1: with DANE-EE no name is looked at, but it may be another server's file. */
  static Optional<TlsaFinding> otherName(TlsaRrset rrset, Server server) {
    ChainCertificate leaf = server.shown().leaf();
    if (leaf.isRawPublicKey() || server.identifiers().in(leaf).isPresent()) {
      return Optional.empty();
    }
    return rrset.records().stream()
        .filter(record -> record.usage().equals(CertificateUsage.DANE_EE))
        .filter(server::matches)
        .findFirst()
        .map(
            record ->
                TlsaFinding.of(
                    Rule.OTHER_NAME_WITH_DANE_EE,
                    record,
                    server.name() + ", which senders do not look at with this usage"));
  }

  private void judgeForms() {
    if (rrset.records().size() + rrset.malformed().size() > MANY) {
      findings.add(
          new TlsaFinding(
              Rule.MANY_RECORDS,
              Optional.empty(),
              "there are %s records".formatted(rrset.records().size() + rrset.malformed().size())));
    }
    for (Octets malformed : rrset.malformed()) {
      findings.add(
          new TlsaFinding(
              Rule.UNUSABLE,
              Optional.empty(),
              "a record of %s octets is too short".formatted(malformed.length())));
    }
    for (TlsaRecord record : rrset.records()) {
      judgeForm(record);
    }
  }

  private void judgeForm(TlsaRecord record) {
    TlsaForm form = TlsaForm.of(record);
    if (form.isPkix()) {
      add(Rule.PKIX_USAGE, record, "senders cannot use " + record.usage() + " with mail servers");
    } else if (TlsaMatcher.forSmtp().usability(record) instanceof Usability.Unusable defect) {
      add(Rule.UNUSABLE, record, "no sender can use it: " + defect.explanation());
    }
    if (record.matchingType().equals(MatchingType.FULL)) {
      add(Rule.FULL, record, "it has no digest but the whole, which makes large responses");
    }
    if (record.selector().equals(Selector.CERT) && form.isKnown()) {
      if (form.isTrustAnchor()) {
        add(
            Rule.TRUST_ANCHOR_CERTIFICATE,
            record,
            "it is of one certificate of the CA, and of no other with the same key");
      } else {
        add(
            Rule.CERTIFICATE_SELECTOR,
            record,
            "it matches until the certificate is renewed, even with the same key");
      }
    }
  }

  /** RFC 7671 §8.3: each digest for the same keys; §2: SHA-256 is the one that all support. */
  private void judgeDigests() {
    Map<String, List<TlsaRecord>> groups = new LinkedHashMap<>();
    for (TlsaRecord record : rrset.records()) {
      if (TlsaMatcher.forSmtp().usability(record) instanceof Usability.Usable
          && !record.matchingType().equals(MatchingType.FULL)) {
        String group = record.usage().value() + " " + record.selector().value();
        groups.computeIfAbsent(group, it -> new ArrayList<>()).add(record);
      }
    }
    groups.forEach(
        (group, records) -> {
          long sha256 = count(records, MatchingType.SHA2_256);
          if (sha256 == 0) {
            add(Rule.NO_SHA256, records.get(0), "not every sender has SHA-512");
          } else if (sha256 < records.size() && sha256 != count(records, MatchingType.SHA2_512)) {
            findings.add(
                new TlsaFinding(
                    Rule.DIGESTS_DIFFER,
                    Optional.empty(),
                    "there are %s records %s 1 and %s records %s 2"
                        .formatted(sha256, group, records.size() - sha256, group)));
          }
        });
  }

  private static long count(List<TlsaRecord> records, MatchingType type) {
    return records.stream().filter(record -> record.matchingType().equals(type)).count();
  }

  private static boolean isOfOtherName(MatchResult result) {
    return result instanceof MatchResult.Unmatched unmatched
        && unmatched.mismatch() instanceof NameMismatch;
  }

  private void judgeCombinations(Server server) {
    PeerChain served = server.shown();
    // Each record once: a match may cost many signatures.
    Map<TlsaRecord, MatchResult> results = new LinkedHashMap<>();
    rrset.records().stream()
        .filter(it -> TlsaMatcher.forSmtp().usability(it) instanceof Usability.Usable)
        .forEach(it -> results.computeIfAbsent(it, server::match));
    Set<TlsaForm> matching =
        results.keySet().stream()
            .filter(it -> results.get(it) instanceof MatchResult.Matched)
            .map(TlsaForm::of)
            .collect(Collectors.toSet());
    for (TlsaRecord record : rrset.records()) {
      MatchResult result = results.get(record);
      if (result == null || result instanceof MatchResult.Matched) {
        continue;
      }
      boolean covered = matching.contains(TlsaForm.of(record));
      if (isOf(record, List.of(served.leaf())) && record.usage().equals(CertificateUsage.DANE_TA)) {
        add(Rule.TRUST_ANCHOR_IS_SERVER, record, "it is of the server's own key or certificate");
      } else if (isOfOtherName(result)) {
        add(Rule.OTHER_NAME, record, server.name());
      } else if (covered) {
        add(Rule.MATCHES_NOTHING, record, "it matches nothing that the server shows");
      } else if (record.usage().equals(CertificateUsage.DANE_TA)
          && !isOf(record, served.certificates())) {
        add(Rule.TRUST_ANCHOR_NOT_SENT, record, "the server does not send the CA it is of");
      } else {
        add(
            Rule.COMBINATION_MATCHES_NOTHING,
            record,
            "no record with these three numbers matches what the server shows");
      }
    }
  }

  /** Whether a record is the one of some certificate, whatever that certificate is good for. */
  private static boolean isOf(TlsaRecord record, List<ChainCertificate> certificates) {
    TlsaForm form = TlsaForm.of(record);
    return certificates.stream()
        .flatMap(
            certificate ->
                record.selector().equals(Selector.SPKI)
                    ? certificate.subjectPublicKeyInfo().stream()
                    : Optional.of(certificate.der()).stream())
        .anyMatch(selected -> form.record(selected).equals(record));
  }

  private void add(Rule rule, TlsaRecord record, String explanation) {
    findings.add(TlsaFinding.of(rule, record, explanation));
  }
}
