// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.replay;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.dane4j.dnssec.replay.Entry.Query;
import org.dane4j.dnssec.replay.Entry.Sections;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** A recursive resolver that does not validate, over the name servers of a replay file. */
final class Upstream {

  private static final int MAX_ALIASES = 16;

  private final Servers servers;

  Upstream(ReplayFile file, int step) {
    this(file, step, 0);
  }

  /** With another turn, other servers of the same zone are asked first. */
  Upstream(ReplayFile file, int step, int turn) {
    this.servers = new Servers(file, step, turn);
  }

  /** Resolves a query, along its aliases. */
  Reply resolve(Query query) {
    Set<Rr> answer = new LinkedHashSet<>();
    Set<Rr> proofs = new LinkedHashSet<>();
    List<Name> visited = new ArrayList<>(List.of(query.name()));
    Reply last = Reply.failure();
    for (int i = 0; i <= MAX_ALIASES; i++) {
      Name name = visited.get(visited.size() - 1);
      Optional<Reply> found = lookup(new Query(name, query.type()));
      if (found.isEmpty()) {
        // What is there of a chain is passed on.
        return answer.isEmpty()
            ? Reply.failure()
            : Reply.of(Rcode.NOERROR, List.copyOf(answer), List.copyOf(proofs));
      }
      last = scrubbed(name, query.type(), found.get());
      if (last.verbatim() && i == 0) {
        return last;
      }
      answer.addAll(last.answer());
      if (isTooLong(last, name)) {
        return Reply.of(Rcode.YXDOMAIN, List.copyOf(answer), List.of());
      }
      Optional<Name> next = chases(query, last) ? target(name, answer) : Optional.empty();
      if (next.isEmpty() || visited.contains(next.get()) || has(answer, next.get(), query.type())) {
        break;
      }
      last.authority().stream().filter(Upstream::isProof).forEach(proofs::add);
      visited.add(next.get());
    }
    return finished(last, answer, proofs);
  }

  private static boolean chases(Query query, Reply reply) {
    return query.type() != Type.ANY
        && query.type() != Type.CNAME
        && reply.rcode() == Rcode.NOERROR
        && !reply.hasSoa();
  }

  private static boolean has(Set<Rr> answer, Name name, int type) {
    return answer.stream().anyMatch(rr -> rr.is(name, type));
  }

  private static boolean isProof(Rr rr) {
    return rr.covered() == Type.NSEC || rr.covered() == Type.NSEC3;
  }

  private static Reply finished(Reply last, Set<Rr> answer, Set<Rr> proofs) {
    Set<Rr> authority = new LinkedHashSet<>(last.authority());
    authority.removeIf(rr -> rr.covered() == Type.NS);
    authority.addAll(proofs);
    return Reply.of(last.rcode(), List.copyOf(answer), List.copyOf(authority));
  }

  /** Returns where an alias at a name leads. */
  private static Optional<Name> target(Name name, Set<Rr> answer) {
    for (Rr rr : answer) {
      if (rr.is(name, Type.CNAME)) {
        return Optional.of(rr.nameAt(0));
      }
    }
    return answer.stream()
        .filter(rr -> Kind.isDnameAbove(rr, name))
        .findFirst()
        .flatMap(dname -> substitute(name, dname));
  }

  /** Of an alias and data at one name, which must not be, a resolver takes what comes first. */
  private static Reply scrubbed(Name name, int type, Reply reply) {
    Predicate<Rr> isAlias = rr -> rr.owner().equals(name) && rr.covered() == Type.CNAME;
    Predicate<Rr> isData = rr -> rr.owner().equals(name) && rr.covered() == type;
    Optional<Rr> first = reply.answer().stream().filter(isAlias.or(isData)).findFirst();
    if (first.isEmpty() || type == Type.ANY || type == Type.CNAME || reply.verbatim()) {
      return reply;
    }
    Predicate<Rr> second = rr -> rr.is(name, Type.CNAME) && !rr.equals(first.get());
    Predicate<Rr> unwanted = isAlias.test(first.get()) ? isData.or(second) : isAlias;
    List<Rr> answer = reply.answer().stream().filter(unwanted.negate()).toList();
    return new Reply(
        reply.rcode(),
        new Sections(answer, reply.authority(), reply.sections().additional()),
        false);
  }

  /** RFC 6672 §2.2: a name that gets too long is an error. */
  private static boolean isTooLong(Reply reply, Name name) {
    return reply.answer().stream()
        .anyMatch(rr -> Kind.isDnameAbove(rr, name) && substitute(name, rr).isEmpty());
  }

  private static Optional<Name> substitute(Name name, Rr dname) {
    try {
      return Optional.of(Name.concatenate(name.relativize(dname.owner()), dname.nameAt(0)));
    } catch (NameTooLongException e) {
      return Optional.empty();
    }
  }

  private Optional<Reply> lookup(Query query) {
    Optional<Entry> walked = servers.walk(query);
    if (walked.isPresent()) {
      boolean alias = query.type() == Type.DS && Kind.of(walked.get(), query) == Kind.ALIAS;
      Entry entry =
          servers
              .best(query)
              .filter(best -> alias && Kind.of(best, query) == Kind.ANSWER)
              .orElse(walked.get());
      return Optional.of(Reply.of(entry, servers.forwards()));
    }
    Optional<Entry> best = servers.best(query);
    Kind kind = best.map(entry -> Kind.of(entry, query)).orElse(Kind.ERROR);
    if (kind.score() > Kind.REFERRAL.score() && !wantsBetter(query, kind)) {
      return best.map(entry -> Reply.of(entry, false));
    }
    Memory memory = new Memory(servers.remembered().toList(), query);
    Optional<Reply> remembered =
        kind.score() <= Kind.REFERRAL.score() ? memory.harvest() : Optional.empty();
    Optional<Reply> delegation =
        remembered.isEmpty() && query.type() == Type.DS ? memory.delegation() : remembered;
    return delegation.isPresent()
        ? delegation
        : best.filter(entry -> kind != Kind.REFERRAL && kind != Kind.ERROR)
            .map(entry -> Reply.of(entry, false));
  }

  private static boolean wantsBetter(Query query, Kind kind) {
    return query.type() == Type.DS && kind.score() < Kind.NODATA_WITHOUT_SOA.score();
  }
}
