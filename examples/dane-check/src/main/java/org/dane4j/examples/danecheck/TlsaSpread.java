// SPDX-License-Identifier: Apache-2.0
package org.dane4j.examples.danecheck;

import java.net.Inet6Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.Rrset;
import org.dane4j.smtp.audit.NameServerFacts;
import org.dane4j.smtp.audit.ServerReply;
import org.dane4j.smtp.audit.ServerReply.NotAsked;
import org.dane4j.smtp.audit.ServerReply.Response;
import org.dane4j.smtp.audit.ServerReply.Silence;
import org.dane4j.smtp.audit.ZoneFacts;
import org.dane4j.tlsa.Octets;
import org.xbill.DNS.Rcode;

/**
 * How far TLSA records have got: what each authoritative name server serves that does not serve
 * what was seen. Nothing of it is validated, so it can hold a rollover up and not speed it up.
 *
 * @param others what is served besides, each set once
 * @param behind the servers that serve something else, and what
 * @param unheard the servers of which it is not known
 */
record TlsaSpread(List<Other> others, List<String> behind, List<String> unheard) {

  /** No resolver keeps what it is told for longer (RFC 8767 §4); a lie has to end. */
  private static final Duration LONGEST = Duration.ofDays(7);

  /** A set of records that some server serves: octets, since they may be anything. */
  record Other(List<Octets> rdata, Duration ttl) {}

  TlsaSpread {
    others = List.copyOf(others);
    behind = List.copyOf(behind);
    unheard = List.copyOf(unheard);
  }

  boolean isEverywhere() {
    return behind.isEmpty() && unheard.isEmpty();
  }

  /** Compares what the servers of the closest zone replied with what was seen. */
  static TlsaSpread of(List<ZoneFacts> zones, Question question, Rrset seen) {
    Gathering gathering = new Gathering(question, new HashSet<>(seen.rdata()));
    Optional<ZoneFacts> zone =
        zones.stream()
            .filter(it -> question.name().subdomain(it.name()))
            .max(Comparator.comparingInt(it -> it.name().labels()));
    if (zone.isEmpty() || zone.get().servers().isEmpty()) {
      gathering.unheard.add("the name servers of the zone that has " + question.name());
    } else {
      zone.get().servers().forEach(server -> gathering.take(server, zone.get().servers()));
    }
    return new TlsaSpread(gathering.others, gathering.behind, gathering.unheard);
  }

  private static final class Gathering {

    private final Question question;
    private final Set<Octets> wanted;
    private final List<Other> others = new ArrayList<>();
    private final List<String> behind = new ArrayList<>();
    private final List<String> unheard = new ArrayList<>();

    Gathering(Question question, Set<Octets> wanted) {
      this.question = question;
      this.wanted = wanted;
    }

    void take(NameServerFacts server, List<NameServerFacts> all) {
      List<ServerReply> replies =
          server.replies().stream().filter(it -> it.question().equals(question)).toList();
      String name =
          server.name() + server.address().map(it -> " (" + it.getHostAddress() + ")").orElse("");
      boolean heard = false;
      for (ServerReply reply : replies) {
        if (isAnswer(reply)) {
          heard = true;
          compare(name, (Response) reply);
        }
      }
      // A response that is cut short is whole over TCP; an address may have no way from here.
      if (!heard
          && !(isWithoutWay(server, replies)
              && all.stream().anyMatch(it -> isSameHeard(server, it)))) {
        unheard.add(name + ": " + why(replies.isEmpty() ? server.replies() : replies));
      }
    }

    private boolean isSameHeard(NameServerFacts one, NameServerFacts other) {
      return one.name().equals(other.name())
          && other.replies().stream()
              .filter(it -> it.question().equals(question))
              .anyMatch(Gathering::isAnswer);
    }

    private static boolean isAnswer(ServerReply reply) {
      return reply instanceof Response response
          && response.authoritative()
          && !response.truncated()
          && (response.rcode() == Rcode.NOERROR || response.rcode() == Rcode.NXDOMAIN);
    }

    /**
     * Whether nothing was asked, and not because the address is silent: only IPv6 may be missing.
     */
    private static boolean isWithoutWay(NameServerFacts server, List<ServerReply> replies) {
      return !replies.isEmpty()
          && server.address().filter(Inet6Address.class::isInstance).isPresent()
          && replies.stream().allMatch(NotAsked.class::isInstance)
          && server.replies().stream().noneMatch(Silence.class::isInstance);
    }

    private static String why(List<ServerReply> replies) {
      for (ServerReply reply : replies) {
        if (reply instanceof Silence silence) {
          return silence.why();
        }
        if (reply instanceof NotAsked notAsked) {
          return "not asked: " + notAsked.why();
        }
        if (reply instanceof Response response && !response.truncated()) {
          return response.authoritative()
              ? "it answers " + Rcode.string(response.rcode())
              : "it is not authoritative";
        }
      }
      return "no answer";
    }

    private void compare(String name, Response response) {
      List<Octets> served = response.rrset().map(Rrset::rdata).orElse(List.of());
      boolean isTlsa = response.rrset().filter(it -> it.type() != question.type()).isEmpty();
      if (isTlsa && new HashSet<>(served).equals(wanted)) {
        return;
      }
      String text = name + (served.isEmpty() ? ": no such records" : ": other records");
      if (!behind.contains(text)) {
        behind.add(text);
      }
      if (isTlsa) {
        long ttl = response.rrset().map(Rrset::ttl).orElse(0L);
        Duration kept = Duration.ofSeconds(Math.min(ttl, LONGEST.toSeconds()));
        if (others.stream().noneMatch(it -> new HashSet<>(it.rdata()).equals(Set.copyOf(served)))) {
          others.add(new Other(served, kept));
        }
      }
    }
  }
}
