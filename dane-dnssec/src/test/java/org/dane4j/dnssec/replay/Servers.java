// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.replay;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.dane4j.dnssec.replay.Entry.Query;
import org.dane4j.dnssec.replay.ReplayFile.Range;
import org.xbill.DNS.Address;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** The name servers of a replay file at one of its steps, and the way down through them. */
final class Servers {

  private static final int MAX_REFERRALS = 20;

  private final ReplayFile file;
  private final int step;
  private final int turn;

  /** With another turn, each zone's servers are asked in another order. */
  Servers(ReplayFile file, int step, int turn) {
    this.file = file;
    this.step = step;
    this.turn = turn;
  }

  /** Returns the entries that stand at this step, or stood before it. */
  Stream<Entry> remembered() {
    return file.ranges().stream()
        .filter(range -> range.from() <= step)
        .flatMap(range -> range.entries().stream())
        .filter(Entry::isInternet);
  }

  private List<Range> active() {
    return file.ranges().stream().filter(range -> range.contains(step)).toList();
  }

  /** Whether everything is forwarded to another resolver. */
  boolean forwards() {
    return !addresses("forward-zone", "forward-addr").isEmpty();
  }

  private List<String> addresses(String kind, String line) {
    return file.settings().zones().stream()
        .filter(clause -> clause.kind().equals(kind))
        .filter(clause -> clause.last("name", ".").equals("."))
        .flatMap(clause -> clause.all(line).stream())
        .map(Servers::canonical)
        .toList();
  }

  /** Follows referrals from the root to who answers; empty if the way ends. */
  Optional<Entry> walk(Query query) {
    List<String> servers = addresses("forward-zone", "forward-addr");
    if (servers.isEmpty()) {
      servers = addresses("stub-zone", "stub-addr");
    }
    for (int hop = 0; hop < MAX_REFERRALS && !servers.isEmpty(); hop++) {
      Optional<Entry> found = ask(query, servers);
      if (found.isEmpty() || Kind.of(found.get(), query) != Kind.REFERRAL) {
        return found;
      }
      List<Rr> delegation = nameServers(found.get());
      boolean isCut = delegation.stream().anyMatch(rr -> rr.owner().equals(query.name()));
      if (query.type() == Type.DS && isCut) {
        return Optional.empty();
      }
      List<String> next = glue(found.get(), delegation);
      if (next.equals(servers)) {
        return Optional.empty();
      }
      servers = next;
    }
    return Optional.empty();
  }

  private Optional<Entry> ask(Query query, List<String> servers) {
    Map<String, List<Entry>> byServer = new LinkedHashMap<>();
    for (Range range : active()) {
      if (range.isAt(servers)) {
        String server = range.addresses().stream().filter(servers::contains).findFirst().orElse("");
        range.entries().stream()
            .filter(entry -> entry.answers(query))
            .forEach(e -> byServer.computeIfAbsent(server, key -> new ArrayList<>()).add(e));
      }
    }
    List<List<Entry>> inTurn = new ArrayList<>(byServer.values());
    Collections.rotate(inTurn, -turn);
    List<Entry> found =
        inTurn.stream()
            .flatMap(List::stream)
            .sorted(Comparator.comparing(Entry::isLastResort))
            .toList();
    Optional<Entry> first =
        found.stream()
            .filter(entry -> servers.size() == 1 || entry.rcode() != Rcode.SERVFAIL)
            .filter(entry -> servers.size() == 1 || entry.rcode() != Rcode.REFUSED)
            .findFirst();
    return first.isPresent() ? first : found.stream().findFirst();
  }

  private static List<Rr> nameServers(Entry referral) {
    return referral.sections().authority().stream().filter(rr -> rr.type() == Type.NS).toList();
  }

  private List<String> glue(Entry referral, List<Rr> delegation) {
    List<Name> names = delegation.stream().map(rr -> rr.nameAt(0)).toList();
    List<Rr> everywhere = new ArrayList<>();
    for (Range range : active()) {
      for (Entry entry : range.entries()) {
        everywhere.addAll(entry.sections().answer());
        everywhere.addAll(entry.sections().additional());
      }
    }
    List<String> addresses = new ArrayList<>();
    for (Name name : names) {
      List<String> near = addresses(referral.sections().additional(), List.of(name));
      addresses.addAll(near.isEmpty() ? addresses(everywhere, List.of(name)) : near);
    }
    return addresses;
  }

  private static List<String> addresses(Collection<Rr> records, List<Name> names) {
    Predicate<Rr> isAddress = rr -> rr.type() == Type.A || rr.type() == Type.AAAA;
    return records.stream()
        .filter(isAddress)
        .filter(rr -> names.contains(rr.owner()))
        .map(Servers::address)
        .distinct()
        .toList();
  }

  private static String address(Rr rr) {
    try {
      return InetAddress.getByAddress(rr.rdata().array()).getHostAddress();
    } catch (UnknownHostException e) {
      return "";
    }
  }

  /** Returns an address, of which a port is taken away, in the one form that is compared. */
  static String canonical(String text) {
    String address = text.replaceFirst("@.*", "").trim();
    try {
      return Address.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      return address;
    }
  }

  /** Returns the best that any server says, the first of equals; empty if none says anything. */
  Optional<Entry> best(Query query) {
    Optional<Entry> best = Optional.empty();
    for (Range range : active()) {
      Optional<Entry> first =
          range.entries().stream()
              .filter(entry -> entry.answers(query))
              .min(Comparator.comparing(Entry::isLastResort));
      if (first.isPresent() && (best.isEmpty() || score(first, query) > score(best, query))) {
        best = first;
      }
    }
    return best;
  }

  private static int score(Optional<Entry> entry, Query query) {
    return entry.map(one -> Kind.of(one, query).score()).orElse(-1);
  }
}
