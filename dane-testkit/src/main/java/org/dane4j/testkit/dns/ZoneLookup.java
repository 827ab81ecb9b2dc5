// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.dane4j.testkit.dns.ZoneAnswer.Kind;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Type;

/** How a zone answers a question, with proof (RFC 1034 §4.3.2, RFC 4035 §3.1, RFC 5155 §7.2). */
final class ZoneLookup {

  private final SignedZone zone;
  private final ZoneContents contents;

  ZoneLookup(SignedZone zone, ZoneContents contents) {
    this.zone = zone;
    this.contents = contents;
  }

  ZoneAnswer lookup(Name name, int type) {
    // RFC 4035 §3.1.4.1: the parent answers for the DS at a cut.
    if (contents.cutAbove(name, type != Type.DS).isPresent()) {
      return ZoneAnswer.negative(Kind.LAME, List.of());
    }
    Optional<RRset> dname =
        contents.dnameAbove(name).flatMap(owner -> zone.served(owner, Type.DNAME));
    if (dname.isPresent()) {
      return redirected(name, dname.get());
    }
    if (contents.exists(name)) {
      return atNode(name, type);
    }
    Name encloser = contents.closestEncloser(name);
    if (contents.exists(ZoneContents.wildcardBelow(encloser))) {
      return atWildcard(name, encloser, type);
    }
    return negative(Kind.NO_NAME, chain -> chain.noName(name));
  }

  private ZoneAnswer atNode(Name name, int type) {
    Optional<RRset> cname = alias(name, type);
    if (cname.isPresent()) {
      return ZoneAnswer.alias(List.of(cname.get()), List.of(), target(cname.get()));
    }
    return data(name, type)
        .map(rrset -> ZoneAnswer.data(rrset, List.of()))
        .orElseGet(() -> negative(Kind.NO_DATA, chain -> chain.noData(name)));
  }

  // RFC 4592 §3.3: the wildcard's data under the name that was asked for.
  private ZoneAnswer atWildcard(Name name, Name encloser, int type) {
    Name wildcard = ZoneContents.wildcardBelow(encloser);
    List<RRset> proof = proof(chain -> chain.wildcardApplies(name, encloser));
    Optional<RRset> cname = alias(wildcard, type).map(rrset -> renamed(rrset, name));
    if (cname.isPresent()) {
      return ZoneAnswer.alias(List.of(cname.get()), proof, target(cname.get()));
    }
    return data(wildcard, type)
        .map(rrset -> ZoneAnswer.data(renamed(rrset, name), proof))
        .orElseGet(() -> negative(Kind.NO_DATA, chain -> chain.wildcardNoData(name, encloser)));
  }

  private Optional<RRset> alias(Name owner, int type) {
    boolean followed = type != Type.CNAME && type != Type.NSEC && type != Type.ANY;
    return followed ? zone.served(owner, Type.CNAME) : Optional.empty();
  }

  private Optional<RRset> data(Name owner, int type) {
    if (type != Type.ANY) {
      return zone.served(owner, type);
    }
    // RFC 8482 §4.1: one RRset is answer enough.
    return contents.types(owner).stream()
        .flatMap(present -> zone.served(owner, present).stream())
        .findFirst();
  }

  // RFC 6672 §3.2
  private static ZoneAnswer redirected(Name name, RRset dname) {
    try {
      Name target = name.fromDNAME((DNAMERecord) dname.first());
      RRset cname = new RRset(new CNAMERecord(name, DClass.IN, dname.getTTL(), target));
      return ZoneAnswer.alias(List.of(dname, cname), List.of(), target);
    } catch (NameTooLongException e) {
      return new ZoneAnswer(Kind.TOO_LONG, List.of(dname), List.of(), Optional.empty());
    }
  }

  private ZoneAnswer negative(Kind kind, Function<DenialChain, List<Name>> owners) {
    List<RRset> authority = new ArrayList<>(zone.soa().stream().toList());
    authority.addAll(proof(owners));
    return ZoneAnswer.negative(kind, authority);
  }

  private List<RRset> proof(Function<DenialChain, List<Name>> owners) {
    return zone.denialChain().stream()
        .flatMap(
            chain ->
                owners.apply(chain).stream()
                    .distinct()
                    .flatMap(owner -> zone.served(owner, chain.type()).stream()))
        .toList();
  }

  private static Name target(RRset cname) {
    return ((CNAMERecord) cname.first()).getTarget();
  }

  private static RRset renamed(RRset rrset, Name name) {
    RRset renamed = new RRset();
    rrset.rrs(false).forEach(record -> renamed.addRR(record.withName(name)));
    rrset.sigs().forEach(signature -> renamed.addRR(signature.withName(name)));
    return renamed;
  }
}
