// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.dane4j.dnssec.hostile.ZoneShape.Form;
import org.dane4j.dnssec.hostile.ZoneShape.Rr;
import org.dane4j.dnssec.hostile.ZoneShape.Trust;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** What is true of one zone: which names and types it has, and which of that it proves. */
final class ZoneModel {

  private static final List<String> OWNERS =
      List.of(
          "@",
          "mx",
          "_25._tcp.mx",
          "none",
          "x.none",
          "x.mx",
          "w",
          "x.w",
          "x.y.w",
          "host.w",
          "x.host.w",
          "*.w",
          "x.v",
          "ent",
          "b.ent",
          "a.b.ent",
          "x.ent",
          "x.hollow",
          "*.hollow",
          "alias",
          "x.alias",
          "dangling",
          "c0",
          "moved",
          "mx.moved",
          "none.moved",
          "alias.moved",
          "l0",
          "x.d0",
          "cut",
          "x.cut");

  private static final int[] TYPES = {
    Type.A,
    Type.AAAA,
    Type.MX,
    Type.TXT,
    Type.TLSA,
    Type.DS,
    Type.CNAME,
    Type.SOA,
    Type.NS,
    Type.DNSKEY
  };

  private final Name apex;
  private final Trust trust;
  private final Form form;
  private final boolean secure;
  private final boolean deniable;
  private final Map<Name, Map<Integer, String>> nodes = new HashMap<>();
  private final Set<Name> existing = new HashSet<>();
  private final Set<Name> proven = new HashSet<>();

  ZoneModel(TreeShape shape, int index, @Nullable ZoneModel parent) {
    ZoneShape zone = shape.zones().get(index);
    this.apex = absolute(shape.name(index), Name.root);
    this.trust = zone.trust();
    this.form = zone.denial();
    boolean anchored = shape.hasAnchor(index);
    this.secure = anchored || (trust == Trust.SIGNED && parent != null && parent.secure);
    // RFC 4035 §5: above the closest trust anchor, nobody can make a name insecure.
    boolean deniableAbove = !anchored && parent != null && parent.deniable;
    this.deniable = form == Form.MANY_ITERATIONS || deniableAbove;
    for (int type : new int[] {Type.SOA, Type.NS, Type.DNSKEY}) {
      add(apex, type, "");
    }
    for (Rr rr : zone.records(shape.target(index))) {
      add(absolute(rr.owner(), apex), rr.type(), rr.rdata());
    }
  }

  static Name absolute(String name, Name origin) {
    try {
      return Name.fromString(name, origin);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  private void add(Name owner, int type, String rdata) {
    nodes.computeIfAbsent(owner, name -> new HashMap<>()).put(type, rdata);
    addAncestors(owner, existing);
    boolean unsignedCut = type == Type.NS && !owner.equals(apex);
    if (!unsignedCut) {
      addAncestors(owner, proven);
    }
  }

  private void addAncestors(Name owner, Set<Name> names) {
    for (Name name = owner; names.add(name) && !name.equals(apex); ) {
      name = new Name(name, 1);
    }
  }

  void delegate(ZoneModel child) {
    if (child.trust.hasDs()) {
      add(child.apex, Type.DS, "");
    }
    add(child.apex, Type.NS, "");
  }

  Name apex() {
    return apex;
  }

  /**
   * RFC 9276 §3.2: what a zone with too many iterations denies counts as insecure, so that anybody
   * can deny what is in it and below it.
   */
  boolean canBeDenied() {
    return deniable;
  }

  /** Whether every zone from a trust anchor down to this one is signed in a way that counts. */
  boolean secure() {
    return secure;
  }

  /** Picks a name at or below the apex, every other time one that the zone has. */
  Name name(int seed) {
    List<Name> owners = nodes.keySet().stream().sorted().toList();
    return seed % 2 == 0
        ? owners.get(seed / 2 % owners.size())
        : absolute(OWNERS.get(seed / 2 % OWNERS.size()), apex);
  }

  /** Picks a type, every other time one that there is at a name. */
  int type(Name name, int seed) {
    List<Integer> types =
        nodes.getOrDefault(source(name), Map.of()).keySet().stream().sorted().toList();
    return types.isEmpty() || seed % 2 == 0
        ? TYPES[seed / 2 % TYPES.length]
        : types.get(seed / 2 % types.size());
  }

  boolean has(Name owner, int type) {
    return nodes.getOrDefault(owner, Map.of()).containsKey(type);
  }

  boolean exists(Name name) {
    return existing.contains(name);
  }

  /** Returns the name that a record's RDATA is. */
  Name rdata(Name owner, int type) {
    return absolute(nodes.getOrDefault(owner, Map.of()).getOrDefault(type, "."), apex);
  }

  Optional<Name> dnameAbove(Name name) {
    for (int labels = apex.labels(); labels < name.labels(); labels++) {
      Name ancestor = new Name(name, name.labels() - labels);
      if (name.subdomain(apex) && has(ancestor, Type.DNAME)) {
        return Optional.of(ancestor);
      }
    }
    return Optional.empty();
  }

  /** Returns the name, or the wildcard that stands for it, or the name if there is none. */
  Name source(Name name) {
    Name encloser = name;
    while (!exists(encloser)) {
      encloser = new Name(encloser, 1);
    }
    Name wildcard = absolute("*", encloser);
    return !encloser.equals(name) && exists(wildcard) ? wildcard : name;
  }

  /** Whether the zone does not sign what there is at a name, or does not say that nothing is. */
  boolean isOpen(Name name, int type) {
    for (Name ancestor = name; !ancestor.equals(apex); ancestor = new Name(ancestor, 1)) {
      boolean above = ancestor.equals(name) && type == Type.DS;
      if (has(ancestor, Type.NS) && !above) {
        return true;
      }
    }
    // RFC 5155 §9.2
    return form == Form.OPT_OUT && !proven.contains(name) && dnameAbove(name).isEmpty();
  }
}
