// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.List;
import org.dane4j.tlsa.TlsaRecord;

/**
 * Holds PKIX-EE and PKIX-TA records against one server (RFC 7671 §5.3, §5.4): what PKIX asks for
 * without DANE, and the certificate that the record names on the path.
 */
final class PkixMatching {

  private final TrustPaths paths;
  private final PkixAnchors anchors;

  PkixMatching(TrustPaths paths, PkixAnchors anchors) {
    this.paths = paths;
    this.anchors = anchors;
  }

  /** A record that names the server's own certificate. */
  RecordOutcome endEntity(TlsaRecord record, ChainCertificate leaf) {
    PathResult result = paths.search().toPkixAnchor(anchors, List.of(leaf));
    if (result instanceof PathResult.Found found) {
      return new RecordOutcome.Accepted(
          record, new Authentication.ByPkixEndEntity(found.path(), paths.matchedName()));
    }
    return refused(record, result);
  }

  /** A record that should name a CA. */
  RecordOutcome trustAnchor(TlsaRecord record) {
    List<ChainCertificate> named = paths.issuers().named(record);
    if (named.isEmpty()) {
      return new RecordOutcome.Refused(
          record,
          new AssociationMismatch.CaNotFound(
              record.associationData(), paths.issuers().presented(record)));
    }
    PathResult result = paths.search().toPkixAnchor(anchors, named);
    if (result instanceof PathResult.Found found) {
      ChainCertificate ca = found.path().stream().filter(named::contains).findFirst().orElseThrow();
      return new RecordOutcome.Accepted(
          record, new Authentication.ByPkixTrustAnchor(found.path(), ca, paths.matchedName()));
    }
    return refused(record, result);
  }

  private static RecordOutcome refused(TlsaRecord record, PathResult result) {
    if (result instanceof PathResult.NotFound notFound) {
      return new RecordOutcome.Refused(record, notFound.mismatch());
    }
    throw new AssertionError(result);
  }
}
