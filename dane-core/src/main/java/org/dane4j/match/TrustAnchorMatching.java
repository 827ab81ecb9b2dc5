// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.List;
import java.util.Optional;
import org.dane4j.internal.DerSlice;
import org.dane4j.internal.MalformedDerException;
import org.dane4j.tlsa.MatchingType;
import org.dane4j.tlsa.Selector;
import org.dane4j.tlsa.TlsaRecord;

/** Holds DANE-TA records against one server (RFC 7671 §5.2, RFC 7672 §3.1.2). */
final class TrustAnchorMatching {

  private final TrustPaths paths;

  TrustAnchorMatching(TrustPaths paths) {
    this.paths = paths;
  }

  RecordOutcome outcome(TlsaRecord record) {
    // RFC 7671 §5.2.2: no CA that the client has on its own stands in for one that was not sent.
    List<ChainCertificate> anchors = paths.issuers().servedAndNamed(record);
    MostSpecific failures =
        new MostSpecific(
            new AssociationMismatch.NoAnchorInChain(
                record.associationData(), paths.issuers().presented(record)));
    for (ChainCertificate anchor : anchors) {
      paths.issuers().defect(anchor).ifPresent(failures::add);
      Optional<PathResult> result =
          paths.issuers().node(anchor).map(node -> paths.search().toCertificate(node));
      if (result.isPresent() && result.get() instanceof PathResult.Found found) {
        return accepted(
            record, new Authentication.ByTrustAnchor(found.path(), paths.matchedName()));
      } else if (result.isPresent() && result.get() instanceof PathResult.NotFound notFound) {
        failures.add(notFound.mismatch());
      }
    }
    // RFC 7671 §5.2.3: only if no certificate that was sent has the key.
    boolean keyInFull =
        record.selector().equals(Selector.SPKI) && record.matchingType().equals(MatchingType.FULL);
    if (anchors.isEmpty() && keyInFull) {
      return byKey(record, failures);
    }
    return new RecordOutcome.Refused(record, failures.get());
  }

  private RecordOutcome byKey(TlsaRecord record, MostSpecific failures) {
    DerSlice key = DerSlice.owning(record.associationData().toByteArray());
    try {
      PathResult result = paths.search().toKey(key, KeyKind.of(key), failures.get());
      if (result instanceof PathResult.Found found) {
        return accepted(
            record, new Authentication.ByTrustAnchorKey(found.path(), paths.matchedName()));
      } else if (result instanceof PathResult.NotFound notFound) {
        failures.add(notFound.mismatch());
      }
      return new RecordOutcome.Refused(record, failures.get());
    } catch (MalformedDerException e) {
      throw new IllegalStateException("a record whose key cannot be read is unusable", e);
    }
  }

  private static RecordOutcome accepted(TlsaRecord record, Authentication authentication) {
    return new RecordOutcome.Accepted(record, authentication);
  }
}
