// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dane4j.internal.DerSlice;
import org.dane4j.internal.MalformedDerException;
import org.dane4j.tlsa.MatchingType;
import org.dane4j.tlsa.Octets;
import org.dane4j.tlsa.Selector;
import org.dane4j.tlsa.TlsaRecord;

/**
 * What records would say of one certificate: each selected part is digested once per match, however
 * many records ask.
 */
final class SelectedData {

  /**
   * One answer.
   *
   * @param selector which part
   * @param matchingType how it is given
   * @param octets the part or its digest
   */
  private record Answer(Selector selector, MatchingType matchingType, Octets octets) {}

  private final ChainCertificate certificate;
  private final List<DigestAlgorithm> digests;
  private final List<Answer> known = new ArrayList<>(1);

  SelectedData(ChainCertificate certificate, List<DigestAlgorithm> digests) {
    this.certificate = certificate;
    this.digests = digests;
  }

  ChainCertificate certificate() {
    return certificate;
  }

  /** What a record would say of the certificate; nothing if there is no key to select. */
  Optional<Octets> associationData(TlsaRecord record) {
    try {
      return Optional.of(octets(record.selector(), record.matchingType()));
    } catch (MalformedDerException e) {
      return Optional.empty();
    }
  }

  Octets octets(Selector selector, MatchingType matchingType) throws MalformedDerException {
    for (Answer answer : known) {
      if (answer.selector.equals(selector) && answer.matchingType.equals(matchingType)) {
        return answer.octets;
      }
    }
    Octets octets = compute(selector, matchingType);
    known.add(new Answer(selector, matchingType, octets));
    return octets;
  }

  private Octets compute(Selector selector, MatchingType matchingType)
      throws MalformedDerException {
    DerSlice part = certificate.selected(selector);
    for (DigestAlgorithm digest : digests) {
      if (digest.matchingType().equals(matchingType)) {
        return digest.digest(part);
      }
    }
    return Octets.of(part.toByteArray());
  }
}
