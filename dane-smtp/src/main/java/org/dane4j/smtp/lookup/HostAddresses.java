// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.lookup;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.dane4j.dnssec.Alias;
import org.dane4j.dnssec.Answer;
import org.dane4j.dnssec.ValidationResult;
import org.dane4j.dnssec.ValidationResult.Insecure;
import org.dane4j.dnssec.ValidationResult.Secure;
import org.dane4j.smtp.policy.HostSecurity.Addresses;
import org.dane4j.tlsa.Octets;
import org.xbill.DNS.Name;

/**
 * The addresses of a host, and the names at which its TLSA records may stand (RFC 7672 §2.2.2).
 *
 * @param name the host
 * @param usable addresses from lookups that did not fail, IPv6 first
 * @param facts what the policy needs to know
 * @param candidates the TLSA base domains to try, in order
 * @param results the verdicts on AAAA and A
 */
record HostAddresses(
    Name name,
    List<InetAddress> usable,
    Addresses facts,
    List<Name> candidates,
    List<ValidationResult> results) {

  static HostAddresses of(Name name, ValidationResult ipv6, ValidationResult ipv4) {
    List<ValidationResult> results = List.of(ipv6, ipv4);
    List<InetAddress> usable = new ArrayList<>();
    List<ValidationResult> positive = new ArrayList<>();
    for (ValidationResult result : results) {
      if (DaneLookup.answer(result) instanceof Answer.Positive answer) {
        positive.add(result);
        answer.rrset().rdata().forEach(rdata -> add(usable, rdata));
      }
    }
    List<Name> candidates = candidates(name, positive);
    return new HostAddresses(name, usable, facts(results, usable, candidates), candidates, results);
  }

  private static Addresses facts(
      List<ValidationResult> results, List<InetAddress> usable, List<Name> candidates) {
    // A failed lookup never means that there are no addresses; one family may do without the other.
    String failed =
        results.stream()
            .filter(result -> DaneLookup.answer(result) == null)
            .map(ValidationResult::explanation)
            .collect(Collectors.joining(" "));
    if (usable.isEmpty()) {
      return failed.isEmpty() ? new Addresses.Absent() : new Addresses.Failed(failed);
    }
    for (Name candidate : candidates) {
      if (!HostNames.isHostName(candidate)) {
        return new Addresses.Failed("its alias leads to " + candidate + ", which is no host name");
      }
    }
    return candidates.isEmpty()
        ? new Addresses.Insecure("its addresses are insecure")
        : new Addresses.Secure();
  }

  private static List<Name> candidates(Name name, List<ValidationResult> positive) {
    for (ValidationResult result : positive) {
      if (result instanceof Secure secure) {
        Name expanded = secure.answer().name();
        // RFC 7672 §2.2.3: first the name that the aliases lead to, then the one they begin with.
        return expanded.equals(name) ? List.of(name) : List.of(expanded, name);
      }
    }
    for (ValidationResult result : positive) {
      // RFC 7672 §2.2.2: a secure first alias is enough for TLSA records at the host's own name.
      if (result instanceof Insecure insecure
          && !insecure.aliases().isEmpty()
          && insecure.aliases().get(0).security() == Alias.Security.SECURE) {
        return List.of(name);
      }
    }
    return List.of();
  }

  private static void add(List<InetAddress> addresses, Octets rdata) {
    try {
      addresses.add(InetAddress.getByAddress(rdata.toByteArray()));
    } catch (UnknownHostException e) {
      // RDATA of another length is no address; the zone's owner wrote nonsense.
    }
  }
}
