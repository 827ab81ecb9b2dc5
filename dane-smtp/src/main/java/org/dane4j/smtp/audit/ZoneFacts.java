// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.List;
import java.util.Optional;
import org.dane4j.dnssec.ValidationResult;
import org.xbill.DNS.Name;

/**
 * What was observed of a zone.
 *
 * @param name its apex
 * @param keys the verdict on its DNSKEY RRset
 * @param delegation the verdict on its DS RRset; empty for the root
 * @param servers its authoritative name servers, one entry for each address; empty if they were not
 *     asked
 */
public record ZoneFacts(
    Name name,
    ValidationResult keys,
    Optional<ValidationResult> delegation,
    List<NameServerFacts> servers) {

  /** Copies the list. */
  public ZoneFacts {
    servers = List.copyOf(servers);
  }
}
