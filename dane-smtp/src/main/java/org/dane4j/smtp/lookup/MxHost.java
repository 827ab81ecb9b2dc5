// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.lookup;

import java.net.InetAddress;
import java.util.List;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.policy.TlsRequirement;

/**
 * A host that takes mail for a destination.
 *
 * @param name its name as the MX record or the configuration gives it, in lower case, without a dot
 *     at the end; for an address literal the address
 * @param preference the preference of its MX record, less is preferred; 0 if there is none
 * @param addresses its addresses, IPv6 first; empty if there are none that may be used
 * @param requirement what TLS it is owed
 * @param lookups the verdicts that this rests on, for explanations: addresses, then TLSA records
 */
public record MxHost(
    String name,
    int preference,
    List<InetAddress> addresses,
    TlsRequirement requirement,
    List<ValidationResult> lookups) {

  /** Copies the lists. */
  public MxHost {
    addresses = List.copyOf(addresses);
    lookups = List.copyOf(lookups);
  }
}
