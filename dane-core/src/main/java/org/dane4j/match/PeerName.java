// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.List;
import java.util.Optional;
import org.dane4j.internal.MalformedDerException;

/**
 * Whether a peer's certificate is for the server that was asked for.
 *
 * @param identifiers the names that are acceptable
 * @param presented the names in the certificate
 * @param matched the name that is right, if there is one
 */
record PeerName(
    ReferenceIdentifiers identifiers, List<String> presented, Optional<MatchedName> matched) {

  static PeerName of(Server server) throws MalformedDerException {
    ChainCertificate leaf = server.chain().leaf();
    List<String> presented =
        leaf.isRawPublicKey() ? List.of() : NameMatcher.presentedIdentifiers(leaf.fields());
    return new PeerName(
        server.identifiers(), presented, NameMatcher.match(presented, server.identifiers()));
  }

  /**
   * Returns the mismatch, if there is one.
   *
   * @param path what is right about the certificate otherwise
   */
  Optional<Mismatch> failure(List<ChainCertificate> path) {
    return matched.isPresent()
        ? Optional.empty()
        : Optional.of(new NameMismatch(identifiers, presented, path));
  }
}
