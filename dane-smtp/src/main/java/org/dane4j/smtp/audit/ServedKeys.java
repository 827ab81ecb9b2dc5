// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dane4j.dnssec.Rrset;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.smtp.audit.ServerReply.Response;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Type;

/**
 * Which name server of a signed zone is not in order: without signatures, or with keys that are not
 * those that the zone above has DS records of (RFC 4035 §5.2). Nothing is verified here; that the
 * zone is bogus others have found, and this is where.
 */
final class ServedKeys {

  private final ZoneFacts zone;
  private final List<DSRecord> delegation;

  private ServedKeys(ZoneFacts zone, List<DSRecord> delegation) {
    this.zone = zone;
    this.delegation = delegation;
  }

  static List<Finding> findings(DomainFacts facts) {
    Findings findings = new Findings(Check.SIGNED);
    for (ZoneFacts zone : facts.zones()) {
      List<DSRecord> delegation =
          zone.delegation().flatMap(Lookups::secureData).stream()
              .flatMap(rrset -> rrset.records().stream())
              .filter(DSRecord.class::isInstance)
              .map(DSRecord.class::cast)
              .toList();
      if (!delegation.isEmpty()) {
        new ServedKeys(zone, delegation).inspect(findings);
      }
    }
    return findings.list();
  }

  private void inspect(Findings findings) {
    Map<NameServerFacts, Set<String>> faults = new LinkedHashMap<>();
    for (NameServerFacts server : zone.servers()) {
      List<Response> responses = responses(server);
      if (!responses.isEmpty()) {
        faults.put(server, faults(responses));
      }
    }
    // Where it validates, and where another server is in order, mail goes yet.
    boolean mailGoes =
        zone.keys() instanceof Secure || faults.values().stream().anyMatch(Set::isEmpty);
    faults.forEach(
        (server, ofServer) -> {
          if (!ofServer.isEmpty()) {
            findings.add(
                mailGoes ? Severity.WARN : Severity.FAIL,
                NameServers.subject(server),
                String.join("; ", ofServer),
                "Have this server load the zone as it is signed now; and if the keys were changed,"
                    + " have the parent publish DS records of the new ones.");
          }
        });
  }

  private static List<Response> responses(NameServerFacts server) {
    return server.replies().stream()
        .filter(Response.class::isInstance)
        .map(Response.class::cast)
        .filter(response -> response.authoritative() && !response.truncated())
        .filter(response -> response.rrset().isPresent())
        .toList();
  }

  private Set<String> faults(List<Response> responses) {
    Set<String> faults = new LinkedHashSet<>();
    List<DNSKEYRecord> keys = keys(responses);
    if (!keys.isEmpty() && keys.stream().noneMatch(this::isDelegatedTo)) {
      faults.add(
          "none of its DNSKEY records (key tags "
              + tags(keys.stream().map(DNSKEYRecord::getFootprint).toList())
              + ") is one that the parent's DS records are of (key tags "
              + tags(delegation.stream().map(DSRecord::getFootprint).toList())
              + ")");
    }
    Set<Integer> published =
        keys.stream().map(DNSKEYRecord::getFootprint).collect(Collectors.toSet());
    for (Response response : responses) {
      List<Integer> signers =
          response.signatures().stream().map(rrsig -> rrsig.getFootprint()).toList();
      if (signers.isEmpty()) {
        faults.add("it serves " + response.question() + " without a signature");
      } else if (!keys.isEmpty() && signers.stream().noneMatch(published::contains)) {
        faults.add(
            "it serves "
                + response.question()
                + " signed by key "
                + tags(signers)
                + ", which it has no DNSKEY record of");
      }
    }
    return faults;
  }

  private static String tags(List<Integer> tags) {
    return tags.stream().distinct().sorted().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private List<DNSKEYRecord> keys(List<Response> responses) {
    List<DNSKEYRecord> keys = new ArrayList<>();
    for (Response response : responses) {
      Rrset rrset = response.rrset().orElseThrow();
      if (rrset.type() == Type.DNSKEY && rrset.name().equals(zone.name())) {
        rrset.records().stream()
            .filter(DNSKEYRecord.class::isInstance)
            .forEach(key -> keys.add((DNSKEYRecord) key));
      }
    }
    return keys;
  }

  /** RFC 4034 §5.1; of a digest that is not known here, tag and algorithm have to do. */
  private boolean isDelegatedTo(DNSKEYRecord key) {
    return delegation.stream()
        .filter(ds -> ds.getFootprint() == key.getFootprint())
        .filter(ds -> ds.getAlgorithm() == key.getAlgorithm())
        .anyMatch(ds -> isDigest(ds, key));
  }

  private boolean isDigest(DSRecord ds, DNSKEYRecord key) {
    try {
      return new DSRecord(zone.name(), DClass.IN, 0, ds.getDigestID(), key).equals(ds);
    } catch (RuntimeException e) {
      return true;
    }
  }
}
