// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.dane4j.dnssec.Alias;
import org.dane4j.dnssec.Rrset;
import org.dane4j.smtp.internal.Answers;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;

/**
 * Whether the MX records name hosts, and nothing else (RFC 5321 §5.1, RFC 7505, RFC 2181 §10.3).
 */
final class MxRecords {

  private MxRecords() {}

  static List<Finding> findings(DomainFacts facts) {
    Findings findings = new Findings(Check.MX_RECORDS);
    List<MXRecord> records =
        facts.mx().flatMap(Answers::data).map(MxRecords::records).orElse(List.of());
    Set<Name> seen = new HashSet<>();
    for (MXRecord mx : records) {
      inspectTarget(findings, mx, records.size());
      if (!seen.add(mx.getTarget())) {
        findings.warn(
            Lookups.text(mx.getTarget()),
            "two MX records name it, with different preferences",
            "Keep one of them: the other only makes senders try it twice.");
      }
    }
    facts.hosts().forEach(host -> inspectHost(findings, host));
    if (!records.isEmpty()) {
      findings.passIfSilent(
          Lookups.text(facts.domain()),
          "they name " + records.size() + " host(s) and nothing else");
    }
    return findings.list();
  }

  /** Returns the hosts that MX records name and that were not looked at: they are too many. */
  static List<String> unseen(DomainFacts facts) {
    Set<String> seen =
        facts.hosts().stream().map(host -> host.host().name()).collect(Collectors.toSet());
    return facts.mx().flatMap(Answers::data).map(MxRecords::records).orElse(List.of()).stream()
        .filter(mx -> isHost(mx.getTarget()))
        .map(mx -> Lookups.text(mx.getTarget()))
        .filter(host -> !seen.contains(host))
        .distinct()
        .toList();
  }

  /** An address or "." in place of a name is another matter. */
  private static boolean isHost(Name target) {
    return !target.equals(Name.root) && !isAddress(Lookups.text(target));
  }

  private static boolean isAddress(String target) {
    return target.matches("[0-9.]+|\\[.*|.*:.*");
  }

  private static List<MXRecord> records(Rrset rrset) {
    return rrset.records().stream()
        .filter(MXRecord.class::isInstance)
        .map(MXRecord.class::cast)
        .toList();
  }

  private static void inspectTarget(Findings findings, MXRecord mx, int count) {
    String target = Lookups.text(mx.getTarget());
    if (target.equals(".")) {
      if (count > 1) {
        // RFC 7505 §3: a null MX stands alone.
        findings.fail(
            target,
            "an MX record that names no host stands beside others",
            "Remove the MX record that is \".\": some senders take the domain for one without mail"
                + " then.");
      }
    } else if (isAddress(target)) {
      findings.fail(
          target,
          "an MX record gives an address and not a name",
          "Give the host a name with that address, and have the MX record say the name.");
    } else if (mx.getTarget().labels() <= 2) {
      findings.warn(
          target,
          "an MX record names a top-level domain",
          "Complete the host's name: the zone's origin was not appended, or the dot at the end is"
              + " one too many.");
    }
  }

  private static void inspectHost(Findings findings, HostFacts facts) {
    String host = facts.host().name();
    Optional<Alias> alias =
        facts.host().lookups().stream()
            .filter(Lookups::isAddress)
            .flatMap(result -> Answers.aliases(result).stream())
            .findFirst();
    alias.ifPresent(
        found ->
            findings.warn(
                host,
                "the MX record names an alias of " + Lookups.text(found.target()),
                "Have the MX record name "
                    + Lookups.text(found.target())
                    + " itself (RFC 5321 §5.1, RFC 2181 §10.3): senders do not agree on where the"
                    + " TLSA records of an alias stand and which name its certificate must have."));
    for (InetAddress address : facts.host().addresses()) {
      if (!isReachable(address)) {
        findings.warn(
            host,
            "it has the address " + address.getHostAddress() + ", which strangers cannot reach",
            "Publish public addresses only: senders lose time on others.");
      }
    }
  }

  private static boolean isReachable(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] octets = address.getAddress();
    boolean shared = // RFC 6598 §7
        address instanceof Inet4Address && octets[0] == 100 && (octets[1] & 0xc0) == 64;
    boolean uniqueLocal = // RFC 4193 §3.1
        !(address instanceof Inet4Address) && (octets[0] & 0xfe) == 0xfc;
    return !shared && !uniqueLocal;
  }
}
