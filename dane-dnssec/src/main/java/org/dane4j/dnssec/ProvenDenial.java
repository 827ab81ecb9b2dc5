// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.time.Instant;
import java.util.List;
import org.dane4j.dnssec.denial.Denial;
import org.xbill.DNS.Name;

/**
 * What the verified denial-of-existence records of a zone say about a name.
 *
 * @param zone the zone
 * @param name the name that they were asked about
 * @param denial the conclusion
 * @param records the records of the denial, in the same order, with the signatures that were
 *     verified
 * @param validUntil when the first of them must be forgotten
 */
record ProvenDenial(
    ZoneKeys zone, Name name, Denial denial, List<VerifiedRrset> records, Instant validUntil) {

  ProvenDenial {
    records = List.copyOf(records);
  }
}
