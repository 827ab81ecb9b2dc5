// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.dane4j.dnssec.Rrset;
import org.dane4j.smtp.audit.ServerReply.Response;
import org.xbill.DNS.Type;

/** How long a mistake in the TLSA records would last (RFC 7671 §13). */
final class TlsaTtl {

  private static final Duration SHORT = Duration.ofHours(1);

  private final Duration longest;

  TlsaTtl(Duration longest) {
    this.longest = longest;
  }

  List<Finding> findings(DomainFacts facts) {
    Findings findings = new Findings(Check.TTL);
    for (HostFacts host : facts.hosts()) {
      HostRecords.of(host, facts.port())
          .ifPresent(records -> inspect(findings, host.host().name(), ttl(facts, records)));
    }
    return findings.list();
  }

  /** What name servers say; what is left of it in a cache, if they were not asked. */
  private static OptionalLong ttl(DomainFacts facts, HostRecords records) {
    OptionalLong published =
        facts.zones().stream()
            .flatMap(zone -> zone.servers().stream())
            .flatMap(server -> server.replies().stream())
            .filter(Response.class::isInstance)
            .flatMap(reply -> ((Response) reply).rrset().stream())
            .filter(rrset -> rrset.type() == Type.TLSA)
            .filter(
                rrset ->
                    (Lookups.text(rrset.name()) + ".").equals(records.rrset().owner().toString()))
            .mapToLong(Rrset::ttl)
            .max();
    return published.isPresent() ? published : records.ttl();
  }

  private void inspect(Findings findings, String host, OptionalLong ttl) {
    if (ttl.isEmpty()) {
      return;
    }
    long seconds = ttl.getAsLong();
    String evidence = "senders may cache the TLSA records for " + seconds + " seconds";
    if (seconds > longest.toSeconds()) {
      findings.warn(
          host,
          evidence,
          "Lower the TTL to 3600: so long mail stays away after a mistake, and so long every change"
              + " of keys takes at least.");
    } else if (seconds > SHORT.toSeconds()) {
      findings.info(host, evidence, "A TTL of 3600 or less limits how long a mistake lasts.");
    } else {
      findings.pass(host, evidence);
    }
  }
}
