// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.smtp.lookup.Destination;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

/**
 * All that was observed of a mail domain at one time.
 *
 * @param at when
 * @param domain the mail domain
 * @param port the port of its mail hosts
 * @param destination what a sender under RFC 7672 makes of the domain's DNS
 * @param zones the zones that the domain's name, its hosts' names and their aliases lie in, each
 *     once, with the zones above them; the root first
 * @param hosts the mail hosts, the most preferred first
 * @param policies what the domain says about TLS by other means than DANE
 */
public record DomainFacts(
    Instant at,
    Name domain,
    int port,
    Destination destination,
    List<ZoneFacts> zones,
    List<HostFacts> hosts,
    PolicyFacts policies) {

  /** Copies the lists. */
  public DomainFacts {
    zones = List.copyOf(zones);
    hosts = List.copyOf(hosts);
  }

  /**
   * Returns the verdict on the MX RRset.
   *
   * @return the verdict; empty if it was not looked up
   */
  public Optional<ValidationResult> mx() {
    return destination.lookups().stream()
        .filter(lookup -> lookup.question().type() == Type.MX)
        .findFirst();
  }
}
