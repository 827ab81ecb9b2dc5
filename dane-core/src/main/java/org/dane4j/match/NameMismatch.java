// SPDX-License-Identifier: Apache-2.0
package org.dane4j.match;

import java.util.List;

/**
 * A sound path leads to the trust anchor of a DANE-TA record, but the certificate is for another
 * server.
 *
 * @param identifiers the names that were acceptable
 * @param presented the names in the certificate: its DNS-IDs or, if it has none, its CN-IDs
 * @param certificate the peer's certificate
 * @since 0.1
 */
public record NameMismatch(
    ReferenceIdentifiers identifiers, List<String> presented, ChainCertificate certificate)
    implements Mismatch {

  /**
   * Copies the list.
   *
   * @param identifiers the names that were acceptable
   * @param presented the names in the certificate
   * @param certificate the peer's certificate
   */
  public NameMismatch {
    presented = List.copyOf(presented);
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
            + " issued for one of these names, or publish a DANE-EE record, which checks none.")
        .formatted(certificate, Wording.names(presented), String.join(" or ", identifiers.names()));
  }
}
