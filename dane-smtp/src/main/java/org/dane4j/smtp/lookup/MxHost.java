// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.lookup;

import java.net.InetAddress;
import java.util.List;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.policy.TlsRequirement;

/**
 * A host that takes mail for a destination.
 *
 * @param endpoint where it listens
 * @param preference the preference of its MX record or the priority of its SRV record, less is
 *     preferred; 0 if there is none
 * @param weight the weight of its SRV record among those of the same priority; 0 if there is none
 * @param addresses its addresses, IPv6 first; empty if there are none that may be used
 * @param requirement what TLS it is owed
 * @param lookups the verdicts that this rests on, for explanations: addresses, then TLSA records
 */
public record MxHost(
    Endpoint endpoint,
    int preference,
    int weight,
    List<InetAddress> addresses,
    TlsRequirement requirement,
    List<ValidationResult> lookups) {

  /** Copies the lists. */
  public MxHost {
    addresses = List.copyOf(addresses);
    lookups = List.copyOf(lookups);
  }

  /**
   * Returns the name of the host.
   *
   * @return the name; for an address literal the address
   */
  public String name() {
    return endpoint.host();
  }
}
