// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.replay;

import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.dane4j.dnssec.replay.Entry.Query;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSEC3Record;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;
import org.xbill.DNS.utils.base32;

/** What a resolver has seen in messages about other queries, or at earlier steps. */
final class Memory {

  private final List<Entry> entries;
  private final Query query;

  Memory(List<Entry> entries, Query query) {
    this.entries = entries;
    this.query = query;
  }

  /** Returns what the messages say about the query, the best first. */
  Optional<Reply> harvest() {
    return Stream.<Supplier<Optional<Reply>>>of(
            () -> query.type() == Type.DS ? delegation() : Optional.empty(),
            this::earlier,
            this::nxDomain,
            () -> rrset(query.type()),
            () -> rrset(Type.CNAME),
            this::dname,
            this::denial)
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** RFC 8198: a denial of other names or types may deny this one as well; the validator sees. */
  private Optional<Reply> denial() {
    return entries.stream()
        .filter(entry -> Kind.of(entry, entry.question()) == Kind.DENIAL)
        .filter(entry -> entry.sections().authority().stream().anyMatch(this::isAboutName))
        .findFirst()
        .map(entry -> Reply.of(entry, false));
  }

  private boolean isAboutName(Rr rr) {
    if (rr.type() != Type.NSEC) {
      return rr.type() == Type.NSEC3 && isAboutHash(rr);
    }
    Name name = query.name();
    Name next = rr.nameAt(0);
    // RFC 4034 §4.1.1: the next name of the last record is the zone's.
    boolean isLast = next.compareTo(rr.owner()) <= 0;
    boolean isBefore = isLast ? name.subdomain(next) : name.compareTo(next) < 0;
    return rr.owner().compareTo(name) <= 0 && isBefore;
  }

  private boolean isAboutHash(Rr rr) {
    Record parsed = Record.newRecord(rr.owner(), rr.type(), DClass.IN, 0, rr.rdata().array());
    if (!(parsed instanceof NSEC3Record nsec3)) {
      return false;
    }
    try {
      byte[] hash = nsec3.hashName(query.name());
      byte[] owner =
          new base32(base32.Alphabet.BASE32HEX, false, false)
              .fromString(rr.owner().getLabelString(0));
      if (owner == null || !query.name().subdomain(new Name(rr.owner(), 1))) {
        return false;
      }
      boolean isAfter = Arrays.compareUnsigned(owner, hash) <= 0;
      boolean isBefore = Arrays.compareUnsigned(hash, nsec3.getNext()) < 0;
      // RFC 5155 §3.1.7: the next hash of the last record is the zone's first.
      boolean isLast = Arrays.compareUnsigned(nsec3.getNext(), owner) <= 0;
      return isLast ? isAfter || isBefore : isAfter && isBefore;
    } catch (NoSuchAlgorithmException e) {
      return false;
    }
  }

  private Optional<Reply> earlier() {
    int enough = Kind.NODATA_WITHOUT_SOA.score();
    return entries.stream()
        .filter(entry -> entry.answers(query))
        .filter(entry -> Kind.of(entry, query).score() >= enough)
        .findFirst()
        .map(entry -> Reply.of(entry, false));
  }

  private Optional<Reply> nxDomain() {
    return entries.stream()
        .filter(entry -> entry.question().name().equals(query.name()))
        .filter(entry -> entry.rcode() == Rcode.NXDOMAIN && entry.sections().answer().isEmpty())
        .findFirst()
        .map(entry -> Reply.of(entry, false));
  }

  /** Returns an RRset of the name asked for, with its signatures, from any answer section. */
  private Optional<Reply> rrset(int type) {
    Name name = query.name();
    for (Entry entry : entries) {
      List<Rr> found =
          entry.sections().answer().stream()
              .filter(rr -> rr.is(name, type) || rr.signs(name, type))
              .toList();
      boolean signed = found.stream().anyMatch(rr -> rr.type() == Type.RRSIG);
      boolean complete = found.stream().anyMatch(rr -> rr.type() == type);
      if (complete && (signed || type == query.type())) {
        return Optional.of(Reply.of(Rcode.NOERROR, found, List.of()));
      }
    }
    return Optional.empty();
  }

  private Optional<Reply> dname() {
    for (Entry entry : entries) {
      for (Rr rr : entry.sections().answer()) {
        if (Kind.isDnameAbove(rr, query.name())) {
          return synthesized(entry, rr);
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Reply> synthesized(Entry entry, Rr dname) {
    List<Rr> answer = new ArrayList<>();
    entry.sections().answer().stream()
        .filter(rr -> rr.equals(dname) || rr.signs(dname.owner(), Type.DNAME))
        .forEach(answer::add);
    try {
      Name prefix = query.name().relativize(dname.owner());
      Name target = Name.concatenate(prefix, dname.nameAt(0));
      answer.add(Rr.of(query.name(), Type.CNAME, dname.ttl(), target.toWire()));
    } catch (NameTooLongException e) {
      return Optional.empty();
    }
    return Optional.of(Reply.of(Rcode.NOERROR, answer, List.of()));
  }

  /** Returns what a referral says about the DS RRset at the name: its records, or their denial. */
  Optional<Reply> delegation() {
    Name name = query.name();
    Predicate<Rr> isDs = rr -> rr.is(name, Type.DS) || rr.signs(name, Type.DS);
    Predicate<Rr> isProof = rr -> rr.covered() == Type.NSEC || rr.covered() == Type.NSEC3;
    Optional<Reply> denial = Optional.empty();
    for (Entry entry : entries) {
      List<Rr> authority = entry.sections().authority();
      boolean cut = authority.stream().anyMatch(rr -> rr.is(name, Type.NS));
      boolean isReferral = cut && authority.stream().noneMatch(rr -> rr.type() == Type.SOA);
      if (isReferral && authority.stream().anyMatch(rr -> rr.is(name, Type.DS))) {
        return Optional.of(
            Reply.of(Rcode.NOERROR, authority.stream().filter(isDs).toList(), List.of()));
      }
      if (isReferral && denial.isEmpty() && authority.stream().anyMatch(isProof)) {
        denial =
            Optional.of(
                Reply.of(Rcode.NOERROR, List.of(), authority.stream().filter(isProof).toList()));
      }
    }
    return denial;
  }
}
