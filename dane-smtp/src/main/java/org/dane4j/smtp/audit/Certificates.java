// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dane4j.match.MatchResult;
import org.dane4j.match.PeerChain;
import org.dane4j.smtp.audit.MismatchRemedy.Elsewhere;

/**
 * Whether the TLSA records match whatever certificates a host shows: at each of its addresses, to
 * each offer of keys, with and without SNI (RFC 7672 §3).
 */
final class Certificates {

  private final DomainFacts facts;
  private final Findings findings = new Findings(Check.CERTIFICATES);

  private Certificates(DomainFacts facts) {
    this.facts = facts;
  }

  static List<Finding> findings(DomainFacts facts) {
    Certificates check = new Certificates(facts);
    for (HostFacts host : facts.hosts()) {
      HostRecords.of(host, facts.port())
          .filter(records -> !records.usable().isEmpty())
          .ifPresent(records -> check.inspect(host, records));
    }
    return check.findings.list();
  }

  private void inspect(HostFacts host, HostRecords records) {
    List<Shown> all = Shown.of(host);
    String base = records.rrset().owner().baseDomain();
    if (records.isBinding() && all.stream().noneMatch(shown -> shown.isAsSendersAsk(base))) {
      findings.error(
          host.host().name(),
          "no certificate was seen, so that it is not known whether the TLSA records match",
          "See to the connections first; as long as it is not known, it is not taken for good.");
    }
    Map<PeerChain, List<Shown>> byChain = Shown.byChain(all);
    Map<PeerChain, MatchResult> results = new HashMap<>();
    byChain.keySet().forEach(chain -> results.put(chain, records.match(chain, facts.at())));
    List<Shown> matched =
        byChain.entrySet().stream()
            .filter(seen -> results.get(seen.getKey()) instanceof MatchResult.Matched)
            .flatMap(seen -> seen.getValue().stream())
            .toList();
    byChain.forEach(
        (chain, seen) -> {
          MatchResult result = results.get(chain);
          if (result instanceof MatchResult.Matched match) {
            findings.pass(
                host.host().name(),
                "at " + Shown.places(seen) + ": " + match.accepted().explanation());
          } else if (result instanceof MatchResult.Unmatched mismatch) {
            fail(records, seen, mismatch, Elsewhere.of(seen, matched));
          }
        });
  }

  private void fail(
      HostRecords records, List<Shown> seen, MatchResult.Unmatched result, Elsewhere elsewhere) {
    String base = records.rrset().owner().baseDomain();
    boolean toSenders = seen.stream().anyMatch(shown -> shown.isAsSendersAsk(base));
    String addresses =
        seen.stream()
            .map(shown -> Shown.text(shown.address()))
            .distinct()
            .collect(Collectors.joining(", "));
    findings.add(
        toSenders ? records.failure() : Severity.WARN,
        base + " at " + addresses,
        "no TLSA record matches what the server shows at "
            + Shown.places(seen)
            + ": "
            + result.mismatch().explanation(),
        MismatchRemedy.of(result, elsewhere) + records.publish(result.leaf()));
  }
}
