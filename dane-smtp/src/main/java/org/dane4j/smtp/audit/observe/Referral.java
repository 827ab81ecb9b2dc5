// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * What the servers of the zone above say of a zone's name servers (RFC 1034 §4.2.1). None of it is
 * signed, so that it is good for looking at a broken zone, and for nothing else.
 *
 * @param names the name servers; empty if they could not be found out
 * @param glue the addresses of those that lie in the zone itself
 * @param why why there are none, for a person
 */
record Referral(List<Name> names, Map<Name, List<InetAddress>> glue, String why) {

  Referral {
    names = List.copyOf(names);
    glue = Map.copyOf(glue);
  }

  static Referral none(String why) {
    return new Referral(List.of(), Map.of(), why);
  }

  /** Reads a response; empty if it refers to no servers of the zone. */
  static Optional<Referral> of(Message response, Name zone) {
    List<Name> names =
        Stream.of(Section.AUTHORITY, Section.ANSWER)
            .flatMap(section -> response.getSection(section).stream())
            .filter(record -> record instanceof NSRecord && record.getName().equals(zone))
            .map(record -> ((NSRecord) record).getTarget())
            .distinct()
            .sorted()
            .toList();
    Map<Name, List<InetAddress>> glue = new LinkedHashMap<>();
    for (Record record : response.getSection(Section.ADDITIONAL)) {
      // Whoever the zone above is, it may speak for names below it only.
      if (names.contains(record.getName()) && record.getName().subdomain(zone)) {
        address(record)
            .ifPresent(
                address ->
                    glue.computeIfAbsent(record.getName(), it -> new ArrayList<>()).add(address));
      }
    }
    return names.isEmpty() ? Optional.empty() : Optional.of(new Referral(names, glue, ""));
  }

  private static Optional<InetAddress> address(Record record) {
    if (record instanceof ARecord ipv4) {
      return Optional.of(ipv4.getAddress());
    }
    return record instanceof AAAARecord ipv6 ? Optional.of(ipv6.getAddress()) : Optional.empty();
  }
}
