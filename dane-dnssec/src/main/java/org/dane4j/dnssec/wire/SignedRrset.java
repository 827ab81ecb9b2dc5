// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.wire;

import java.util.List;
import org.xbill.DNS.Name;

/**
 * An RRset as a message holds it, with the signatures that claim to cover it. Nothing is proven
 * yet.
 *
 * @param owner the owner's name as it stands in the message
 * @param type the RR type
 * @param ttl the least TTL of the records, in seconds (RFC 2181 §5.2)
 * @param rdata the RDATA, decompressed, without duplicates; the arrays must not be changed
 * @param malformed whether RDATA were left out because they do not have the form of the type
 * @param signatures the RRSIG records with this owner that cover this type, in the message's order
 */
public record SignedRrset(
    Name owner, int type, long ttl, List<byte[]> rdata, boolean malformed, List<Rrsig> signatures) {

  /** Copies the lists. */
  public SignedRrset {
    rdata = List.copyOf(rdata);
    signatures = List.copyOf(signatures);
  }
}
