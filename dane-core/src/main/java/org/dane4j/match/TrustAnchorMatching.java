// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.dane4j.internal.DerSlice;
import org.dane4j.internal.MalformedDerException;
import org.dane4j.tlsa.CertificateUsage;
import org.dane4j.tlsa.MatchingType;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.Selector;
import org.dane4j.tlsa.TlsaRecord;

/** Holds DANE-TA records against one server (RFC 7671 §5.2, RFC 7672 §3.1.2). */
final class TrustAnchorMatching {

  private final PathVerdict verdict;
  private final PathSearch search;

  /**
   * What may be an anchor: the certificates that the server sent after its own, and those that
   * records hold in full; each once, and never the server's own.
   */
  private final Map<ChainCertificate, SelectedData> candidates = new LinkedHashMap<>();

  /** Those candidates that can be read. */
  private final Map<ChainCertificate, PathNode> nodes = new HashMap<>();

  /** What is wrong with the others: they issue nothing, but a record may name them. */
  private final Map<ChainCertificate, Mismatch> unreadable = new HashMap<>();

  /** How many of the candidates, which come first, the server sent. */
  private final int sent;

  /**
   * Prepares a search that serves all records.
   *
   * @param counting the records that count
   * @throws MalformedDerException if the server's own certificate cannot be read
   */
  TrustAnchorMatching(TlsaMatcher matcher, Server server, List<TlsaRecord> counting)
      throws MalformedDerException {
    SearchBudget budget = new SearchBudget();
    PathNode leaf = PathNode.of(server.chain().leaf());
    this.verdict = new PathVerdict(leaf, server, matcher.strength(), budget);
    this.search = new PathSearch(leaf, budget, matcher.strength(), verdict);
    for (ChainCertificate certificate : server.chain().certificates()) {
      addCandidate(certificate, leaf, matcher);
    }
    this.sent = candidates.size();
    for (TlsaRecord record : counting) {
      if (isFull(record, Selector.CERT)) {
        // RFC 7671 §5.2.2: with "2 0 0" the anchor may be absent from the handshake.
        addCandidate(
            ChainCertificate.owning(record.associationData().toByteArray()), leaf, matcher);
      }
    }
  }

  /** A trust anchor issued the leaf; so the leaf is none, however often it was sent. */
  private void addCandidate(ChainCertificate certificate, PathNode leaf, TlsaMatcher matcher) {
    if (certificate.equals(leaf.certificate()) || candidates.containsKey(certificate)) {
      return;
    }
    candidates.put(certificate, new SelectedData(certificate, matcher.strongestFirst()));
    try {
      PathNode node = PathNode.of(certificate);
      nodes.put(certificate, node);
      search.addIssuer(node);
    } catch (MalformedDerException e) {
      unreadable.put(certificate, new CertificateMismatch.Malformed(certificate, e.problem()));
    }
  }

  RecordOutcome outcome(TlsaRecord record) {
    List<ChainCertificate> anchors = named(record);
    MostSpecific failures = new MostSpecific(notSent(record));
    for (ChainCertificate anchor : anchors) {
      PathResult result = pathTo(anchor);
      if (result instanceof PathResult.Found found) {
        return accepted(record, new Authentication.ByTrustAnchor(found.path(), name()));
      } else if (result instanceof PathResult.NotFound notFound) {
        failures.add(notFound.mismatch());
      }
    }
    // RFC 7671 §5.2.3: only if no certificate that was sent has the key.
    if (anchors.isEmpty() && isFull(record, Selector.SPKI)) {
      return byKey(record, failures);
    }
    return new RecordOutcome.Refused(record, failures.get());
  }

  private PathResult pathTo(ChainCertificate anchor) {
    PathNode node = nodes.get(anchor);
    if (node != null) {
      return search.toCertificate(node);
    }
    Mismatch defect = unreadable.get(anchor);
    return new PathResult.NotFound(Objects.requireNonNull(defect, "a candidate is one or other"));
  }

  /** The candidates that the record names. */
  private List<ChainCertificate> named(TlsaRecord record) {
    List<ChainCertificate> named = new ArrayList<>();
    for (SelectedData candidate : candidates.values()) {
      if (candidate.associationData(record).equals(Optional.of(record.associationData()))) {
        named.add(candidate.certificate());
      }
    }
    return named;
  }

  /** What to say if nothing that was sent is what the record says. */
  private Mismatch notSent(TlsaRecord record) {
    List<Octets> presented =
        candidates.values().stream()
            .limit(sent)
            .flatMap(candidate -> candidate.associationData(record).stream())
            .toList();
    return new AssociationMismatch.NoAnchorInChain(record.associationData(), presented);
  }

  private RecordOutcome byKey(TlsaRecord record, MostSpecific failures) {
    DerSlice key = DerSlice.owning(record.associationData().toByteArray());
    try {
      PathResult result = search.toKey(key, KeyKind.of(key), failures.get());
      if (result instanceof PathResult.Found found) {
        return accepted(record, new Authentication.ByTrustAnchorKey(found.path(), name()));
      } else if (result instanceof PathResult.NotFound notFound) {
        failures.add(notFound.mismatch());
      }
      return new RecordOutcome.Refused(record, failures.get());
    } catch (MalformedDerException e) {
      throw new IllegalStateException("a record whose key cannot be read is unusable", e);
    }
  }

  private MatchedName name() {
    return verdict.name().orElseThrow(AssertionError::new);
  }

  private static RecordOutcome accepted(TlsaRecord record, Authentication authentication) {
    return new RecordOutcome.Accepted(record, authentication);
  }

  private static boolean isFull(TlsaRecord record, Selector selector) {
    return record.usage().equals(CertificateUsage.DANE_TA)
        && record.selector().equals(selector)
        && record.matchingType().equals(MatchingType.FULL);
  }
}
