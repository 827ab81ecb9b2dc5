// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.List;

/**
 * All is right but the name: the certificate is for another server.
 *
 * @param identifiers the names that were acceptable
 * @param presented the names in the certificate: its DNS-IDs or, if it has none, its CN-IDs
 * @param path from the peer's own certificate to the last that was needed: with DANE-TA that of the
 *     record, with the PKIX usages the PKIX anchor, with DANE-EE there is only the first
 * @since 0.1
 */
public record NameMismatch(
    ReferenceIdentifiers identifiers, List<String> presented, List<ChainCertificate> path)
    implements Mismatch {

  /**
   * Copies the lists.
   *
   * @param identifiers the names that were acceptable
   * @param presented the names in the certificate
   * @param path from the peer's own certificate to the last that was needed
   */
  public NameMismatch {
    presented = List.copyOf(presented);
    path = List.copyOf(path);
  }

  /**
   * Returns the certificate with the names.
   *
   * @return the peer's own
   */
  public ChainCertificate certificate() {
    return path.get(0);
  }

  @Override
  public Rank rank() {
    return Rank.NAME;
  }

  @Override
  public TlsrptResultType tlsrptResultType() {
    return TlsrptResultType.CERTIFICATE_HOST_MISMATCH;
  }

  @Override
  public String explanation() {
    return ("the certificate %s is for %s, and the server is %s (RFC 7672 §3.2.2, §3.2.3): have it"
            + " issued for one of these names; with DANE-EE records they count only where a client"
            + " insists (RFC 7671 §5.1).")
        .formatted(
            certificate(), Wording.names(presented), String.join(" or ", identifiers.names()));
  }
}
