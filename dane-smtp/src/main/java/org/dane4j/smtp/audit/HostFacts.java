// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.List;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.lookup.MxHost;

/**
 * What was observed of a mail host.
 *
 * @param host what a sender under RFC 7672 makes of the host's DNS, with the verdicts on its
 *     addresses and TLSA records
 * @param tlsa the verdicts on the TLSA RRset at each name where a sender may look for one, whether
 *     or not this one would; the first candidate first
 * @param denials the verdicts on questions around the TLSA records whose answers are denials of
 *     existence, if the host's zone is in order: a sender's lookups rest on them
 * @param misplaced the verdicts on TLSA records where operators put them by mistake
 * @param addresses the host's addresses, and what each does
 */
public record HostFacts(
    MxHost host,
    List<ValidationResult> tlsa,
    List<ValidationResult> denials,
    List<ValidationResult> misplaced,
    List<AddressFacts> addresses) {

  /** Copies the lists. */
  public HostFacts {
    tlsa = List.copyOf(tlsa);
    denials = List.copyOf(denials);
    misplaced = List.copyOf(misplaced);
    addresses = List.copyOf(addresses);
  }
}
