// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import org.dane4j.tlsa.Octets;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * A record of an authentication chain.
 *
 * @param owner the owner's name
 * @param type the RR type
 * @param covered the type of the RRset that the record belongs to or signs
 * @param rdata the RDATA
 * @param wire the whole record
 */
record ChainRecord(Name owner, int type, int covered, Octets rdata, Octets wire) {

  boolean isDenial() {
    return covered == Type.NSEC || covered == Type.NSEC3;
  }

  @Override
  public String toString() {
    return type == covered
        ? owner + " " + Type.string(type)
        : "RRSIG(" + owner + " " + Type.string(covered) + ")";
  }
}
