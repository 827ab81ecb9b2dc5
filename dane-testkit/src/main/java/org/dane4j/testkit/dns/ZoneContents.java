// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The unsigned records of one zone, and what follows from them: cuts, empty names, enclosers. */
final class ZoneContents {

  private final Name apex;
  private final NavigableMap<Name, NavigableMap<Integer, RRset>> nodes = new TreeMap<>();
  private final NavigableSet<Name> owners = new TreeSet<>();
  private final NavigableSet<Name> emptyNonTerminals = new TreeSet<>();

  ZoneContents(Name apex, Collection<Record> records) {
    this.apex = apex;
    for (Record record : records) {
      if (!record.getName().subdomain(apex)) {
        throw new IllegalArgumentException(record.getName() + " is not in the zone " + apex);
      }
      nodes
          .computeIfAbsent(record.getName(), name -> new TreeMap<>())
          .computeIfAbsent(record.getType(), type -> new RRset())
          .addRR(record);
    }
    nodes.keySet().stream().filter(name -> !isOccluded(name)).forEach(owners::add);
    for (Name owner : owners) {
      for (Name name = owner; !name.equals(apex); name = parent(name)) {
        if (!owners.contains(name)) {
          emptyNonTerminals.add(name);
        }
      }
    }
  }

  static Name parent(Name name) {
    return new Name(name, 1);
  }

  /** Returns {@code *.parent}. */
  static Name wildcardBelow(Name parent) {
    return Name.fromConstantString(parent.equals(Name.root) ? "*." : "*." + parent);
  }

  /** Returns the ancestor of a name, or itself, that is one label longer than the encloser. */
  static Name nextCloser(Name name, Name encloser) {
    return new Name(name, name.labels() - encloser.labels() - 1);
  }

  Name apex() {
    return apex;
  }

  /** Returns the names that own authoritative data or a delegation, in canonical order. */
  NavigableSet<Name> owners() {
    return owners;
  }

  NavigableSet<Name> emptyNonTerminals() {
    return emptyNonTerminals;
  }

  boolean exists(Name name) {
    return owners.contains(name) || emptyNonTerminals.contains(name);
  }

  Optional<RRset> rrset(Name owner, int type) {
    var node = nodes.get(owner);
    return node == null ? Optional.empty() : Optional.ofNullable(node.get(type));
  }

  Set<Integer> types(Name owner) {
    var node = nodes.get(owner);
    return node == null ? Set.of() : node.keySet();
  }

  boolean isDelegation(Name name) {
    return !name.equals(apex) && rrset(name, Type.NS).isPresent();
  }

  boolean isInsecureDelegation(Name name) {
    return isDelegation(name) && rrset(name, Type.DS).isEmpty();
  }

  /** Tells whether the zone signs this RRset: not what is at or below a cut, the DS apart. */
  boolean isAuthoritative(Name owner, int type) {
    if (isOccluded(owner)) {
      return false;
    }
    // RFC 4035 §2.2: the NS RRset of a delegation is not signed.
    return !isDelegation(owner) || type == Type.DS || type == Type.NSEC;
  }

  /** Returns the delegation that takes a name out of this zone. */
  Optional<Name> cutAbove(Name name, boolean including) {
    return ancestors(name, including).stream().filter(this::isDelegation).findFirst();
  }

  /** Returns the owner of a DNAME that redirects a name. */
  Optional<Name> dnameAbove(Name name) {
    return ancestors(name, false).stream()
        .filter(ancestor -> rrset(ancestor, Type.DNAME).isPresent())
        .findFirst();
  }

  // RFC 4592 §3.3.1
  Name closestEncloser(Name name) {
    Name encloser = name;
    while (!exists(encloser) && !encloser.equals(apex)) {
      encloser = parent(encloser);
    }
    return encloser;
  }

  private boolean isOccluded(Name name) {
    return cutAbove(name, false).isPresent() || dnameAbove(name).isPresent();
  }

  /** Returns the ancestors of a name within the zone, from the apex down. */
  private List<Name> ancestors(Name name, boolean including) {
    List<Name> ancestors = new ArrayList<>();
    for (int labels = apex.labels(); labels < name.labels(); labels++) {
      ancestors.add(new Name(name, name.labels() - labels));
    }
    if (including) {
      ancestors.add(name);
    }
    return ancestors;
  }
}
