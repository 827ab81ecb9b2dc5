// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dane4j.dnssec.Rrset;
import org.dane4j.match.MatchResult;
import org.dane4j.match.PeerChain;
import org.dane4j.smtp.audit.HostRecords.Binding;
import org.dane4j.smtp.audit.ServerReply.Response;
import org.dane4j.tlsa.Octets;
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
    List<PeerChain> matching =
        Shown.byChain(Shown.of(host)).keySet().stream()
            .filter(chain -> matches(records, chain, facts))
            .toList();
    served(facts, places(host, records))
        .forEach(
            (rdata, servers) -> {
              TlsaRrset other = TlsaRrset.ofRdata(records.rrset().owner(), List.copyOf(rdata));
              HostRecords theirs =
                  new HostRecords(other, records.identifiers(), records.ttl(), Binding.BINDING);
              if (matching.stream().anyMatch(chain -> !matches(theirs, chain, facts))) {
                findings.add(
                    records.failure(),
                    String.join(", ", servers),
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

  /** Returns the names at which the records stand: if there is an alias, its end as well. */
  private static Set<String> places(HostFacts host, HostRecords records) {
    String owner = records.rrset().owner().toString().replaceFirst("\\.$", "");
    Set<String> places = new LinkedHashSet<>(Set.of(owner));
    host.tlsa().stream()
        .filter(result -> Lookups.text(result.question().name()).equals(owner))
        .flatMap(result -> Lookups.secureData(result).stream())
        .forEach(rrset -> places.add(Lookups.text(rrset.name())));
    return places;
  }

  /** Returns what is served, and by whom: one server may serve several, by several addresses. */
  private static Map<Set<Octets>, Set<String>> served(DomainFacts facts, Set<String> places) {
    Map<Set<Octets>, Set<String>> served = new LinkedHashMap<>();
    for (ZoneFacts zone : facts.zones()) {
      for (NameServerFacts server : zone.servers()) {
        for (ServerReply reply : server.replies()) {
          if (reply instanceof Response response
              && response.authoritative()
              && !response.truncated()
              && response.rrset().filter(rrset -> isAt(rrset, places)).isPresent()) {
            served
                .computeIfAbsent(
                    Set.copyOf(response.rrset().get().rdata()), it -> new LinkedHashSet<>())
                .add(Lookups.text(server.name()));
          }
        }
      }
    }
    return served;
  }

  private static boolean isAt(Rrset rrset, Set<String> places) {
    return rrset.type() == Type.TLSA
        && !rrset.rdata().isEmpty()
        && places.contains(Lookups.text(rrset.name()));
  }

  private static boolean matches(HostRecords records, PeerChain chain, DomainFacts facts) {
    return records.match(chain, facts.at()) instanceof MatchResult.Matched;
  }
}
