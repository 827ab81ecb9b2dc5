// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.List;
import org.dane4j.internal.MalformedDerException;
import org.dane4j.tlsa.CertificateUsage;
import org.dane4j.tlsa.MatchingType;
import org.dane4j.tlsa.Selector;
import org.dane4j.tlsa.TlsaRecord;

/**
 * What all records of one match that need a path have in common.
 *
 * @param issuers who may be on it
 * @param search how it is found; one budget for all records
 * @param name by which it is accepted; without one no path holds
 */
record TrustPaths(IssuerCandidates issuers, PathSearch search, PeerName name) {

  /**
   * Prepares the search.
   *
   * @param counting the records that count
   * @throws MalformedDerException if the server's own certificate cannot be read
   */
  static TrustPaths of(TlsaMatcher matcher, Server server, List<TlsaRecord> counting)
      throws MalformedDerException {
    PathNode leaf = PathNode.of(server.chain().leaf());
    IssuerCandidates issuers = new IssuerCandidates(leaf, matcher.strongestFirst());
    server.chain().certificates().forEach(issuers::addSent);
    for (TlsaRecord record : counting) {
      if (isCaInFull(record)) {
        // RFC 7671 §5.2.2: with "2 0 0" the anchor may be absent from the handshake.
        issuers.addPublished(ChainCertificate.owning(record.associationData().toByteArray()));
      }
    }
    if (counting.stream().anyMatch(record -> UsagePolicy.isPkix(record.usage()))) {
      issuers.addAnchors(matcher.usages().anchors());
    }
    PeerName name = PeerName.of(server);
    SearchBudget budget = new SearchBudget();
    PathVerdict verdict =
        new PathVerdict(new PathRules(matcher.strength(), server.at()), name, budget);
    PathSearch search = new PathSearch(leaf, budget, matcher.strength(), verdict);
    issuers.readable().forEach(search::addIssuer);
    return new TrustPaths(issuers, search, name);
  }

  private static boolean isCaInFull(TlsaRecord record) {
    boolean ca =
        record.usage().equals(CertificateUsage.DANE_TA)
            || record.usage().equals(CertificateUsage.PKIX_TA);
    return ca
        && record.selector().equals(Selector.CERT)
        && record.matchingType().equals(MatchingType.FULL);
  }

  /** The name that a path which holds was accepted by. */
  MatchedName matchedName() {
    return name.matched().orElseThrow(AssertionError::new);
  }
}
