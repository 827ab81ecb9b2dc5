// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dane4j.dnssec.Rrset;
import org.dane4j.match.MatchResult;
import org.dane4j.match.PeerChain;
import org.dane4j.smtp.audit.HostRecords.Binding;
import org.dane4j.smtp.audit.ServerReply.Response;
import org.dane4j.tlsa.TlsaRrset;
import org.xbill.DNS.Type;

/**
 * Whether the TLSA records that each name server serves match what the host shows: a sender's
 * resolver may ask one that lags behind.
 */
final class ServedTlsa {

  private ServedTlsa() {}

  static List<Finding> findings(DomainFacts facts) {
    Findings findings = new Findings(Check.NAME_SERVERS);
    for (HostFacts host : facts.hosts()) {
      HostRecords.of(host, facts.port())
          .ifPresent(records -> inspect(findings, facts, host, records));
    }
    return findings.list();
  }

  private static void inspect(
      Findings findings, DomainFacts facts, HostFacts host, HostRecords records) {
    List<PeerChain> chains = List.copyOf(Shown.byChain(Shown.of(host)).keySet());
    served(facts, records)
        .forEach(
            (server, rrset) -> {
              TlsaRrset other = TlsaRrset.ofRdata(records.rrset().owner(), rrset.rdata());
              HostRecords theirs =
                  new HostRecords(other, records.identifiers(), records.ttl(), Binding.BINDING);
              boolean fails =
                  chains.stream()
                      .anyMatch(
                          chain ->
                              matches(records, chain, facts) && !matches(theirs, chain, facts));
              if (fails) {
                findings.add(
                    records.failure(),
                    server,
                    "it serves TLSA records for "
                        + host.host().name()
                        + " that do not match the server's certificate: "
                        + other.records(),
                    "See whether the zone is transferred to this name server. After a change of"
                        + " records, wait until all of them have it before the key is changed (RFC"
                        + " 7671 §8.1).");
              }
            });
  }

  private static Map<String, Rrset> served(DomainFacts facts, HostRecords records) {
    Map<String, Rrset> served = new LinkedHashMap<>();
    for (ZoneFacts zone : facts.zones()) {
      for (NameServerFacts server : zone.servers()) {
        for (ServerReply reply : server.replies()) {
          if (reply instanceof Response response
              && !response.truncated()
              && response.rrset().isPresent()
              && isOf(response.rrset().get(), records)) {
            served.put(Verdicts.text(server.name()), response.rrset().get());
          }
        }
      }
    }
    return served;
  }

  private static boolean isOf(Rrset rrset, HostRecords records) {
    return rrset.type() == Type.TLSA
        && !rrset.rdata().isEmpty()
        && (Verdicts.text(rrset.name()) + ".").equals(records.rrset().owner().toString());
  }

  private static boolean matches(HostRecords records, PeerChain chain, DomainFacts facts) {
    return records.match(chain, facts.at()) instanceof MatchResult.Matched;
  }
}
