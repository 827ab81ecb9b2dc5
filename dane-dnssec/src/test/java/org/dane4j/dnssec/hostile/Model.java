// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dane4j.dnssec.Question;
import org.dane4j.dnssec.hostile.Truth.End;
import org.dane4j.dnssec.hostile.Truth.Hop;
import org.dane4j.dnssec.hostile.Truth.Kind;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.Type;

/**
 * The oracle: says from the shape of a tree what is true of a question. It knows nothing of
 * messages, signatures and proofs.
 */
final class Model {

  /** As many aliases as a validator follows. */
  private static final int MAX_ALIASES = 11;

  private final List<ZoneModel> zones = new ArrayList<>();

  Model(TreeShape shape) {
    for (int i = 0; i < shape.zones().size(); i++) {
      zones.add(new ZoneModel(shape, i, i == 0 ? null : zones.get(shape.parent(i))));
    }
    for (int i = 1; i < zones.size(); i++) {
      zones.get(shape.parent(i)).delegate(zones.get(i));
    }
  }

  List<ZoneModel> zones() {
    return zones;
  }

  boolean isSecure(Name apex) {
    return zones.stream().anyMatch(zone -> zone.apex().equals(apex) && zone.secure());
  }

  /** Picks a question about the tree. */
  Question question(int name, int type) {
    ZoneModel zone = zones.get(name % zones.size());
    Name absolute = zone.name(name / zones.size());
    int wanted = zone.type(absolute, type);
    // What a question for CNAME means below a DNAME, and for DS at the root, is no matter here.
    boolean odd =
        (wanted == Type.CNAME && zone.dnameAbove(absolute).isPresent())
            || (wanted == Type.DS && absolute.equals(Name.root));
    return new Question(absolute, odd ? Type.A : wanted);
  }

  Truth truth(Question question) {
    List<Hop> aliases = new ArrayList<>();
    List<Name> names = new ArrayList<>();
    boolean open = false;
    Name name = question.name();
    while (names.size() <= MAX_ALIASES && !names.contains(name)) {
      names.add(name);
      ZoneModel zone = zoneFor(name, question.type());
      if (!zone.secure() || zone.isOpen(name, question.type())) {
        return new Truth(Optional.empty(), true, aliases, names);
      }
      open |= zone.canBeDenied();
      Optional<Name> target = target(zone, name, question.type());
      if (target.isEmpty()) {
        return new Truth(Optional.of(end(zone, name, question.type())), open, aliases, names);
      }
      aliases.add(new Hop(name, target.get()));
      name = target.get();
    }
    return new Truth(Optional.empty(), open, aliases, names);
  }

  private ZoneModel zoneFor(Name name, int type) {
    Name inside = type == Type.DS && !name.equals(Name.root) ? new Name(name, 1) : name;
    ZoneModel best = zones.get(0);
    for (ZoneModel zone : zones) {
      boolean closer = zone.apex().labels() > best.apex().labels();
      best = inside.subdomain(zone.apex()) && closer ? zone : best;
    }
    return best;
  }

  private static Optional<Name> target(ZoneModel zone, Name name, int type) {
    Optional<Name> dname = zone.dnameAbove(name);
    if (dname.isPresent()) {
      return substitute(name, dname.get(), zone.rdata(dname.get(), Type.DNAME));
    }
    Name owner = zone.source(name);
    boolean followed = type != Type.CNAME && zone.has(owner, Type.CNAME);
    return followed ? Optional.of(zone.rdata(owner, Type.CNAME)) : Optional.empty();
  }

  private static Optional<Name> substitute(Name name, Name owner, Name target) {
    try {
      return Optional.of(Name.concatenate(name.relativize(owner), target));
    } catch (NameTooLongException e) {
      return Optional.empty();
    }
  }

  private static End end(ZoneModel zone, Name name, int type) {
    Name owner = zone.source(name);
    if (!zone.exists(owner)) {
      return new End(Kind.NX_DOMAIN, name, zone.apex(), owner);
    }
    Kind kind = zone.has(owner, type) ? Kind.DATA : Kind.NO_DATA;
    return new End(kind, name, zone.apex(), owner);
  }

  /** Returns some names of the tree, for an attacker who speaks of something else. */
  Stream<Question> others(int seed) {
    return Stream.iterate(seed, s -> s * 31 + 7)
        .map(s -> question(Math.floorMod(s, 10_007), Math.floorMod(s / 3, 10_007)));
  }
}
