// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dane4j.dnssec.Question;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.SignedZone;
import org.dane4j.testkit.dns.SigningAlgorithm;
import org.dane4j.testkit.dns.ZoneKey;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** What the attacker has: all that the tree ever signed, the keys of some zones, and own keys. */
final class Scene {

  private static final Map<Name, ZoneKey> OWN_KEYS = new HashMap<>();

  private final DnsTree tree;
  private final Model model;
  private @Nullable List<RRset> signed;
  private @Nullable List<RRset> denials;

  Scene(DnsTree tree, Model model) {
    this.tree = tree;
    this.model = model;
  }

  DnsTree tree() {
    return tree;
  }

  Model model() {
    return model;
  }

  /** Everything that can be replayed. */
  List<RRset> signed() {
    List<RRset> known = signed;
    if (known == null) {
      known = new ArrayList<>();
      for (SignedZone zone : tree.zones()) {
        known.addAll(zone.rrsets());
      }
      signed = known;
    }
    return known;
  }

  /** All NSEC and NSEC3 RRsets. */
  List<RRset> denials() {
    List<RRset> known = denials;
    if (known == null) {
      known = signed().stream().filter(rrset -> isDenial(rrset.getType())).toList();
      denials = known;
    }
    return known;
  }

  List<RRset> denialsOf(SignedZone zone) {
    return denials().stream()
        .filter(rrset -> rrset.sigs().stream().anyMatch(s -> s.getSigner().equals(zone.name())))
        .toList();
  }

  static boolean isDenial(int type) {
    return type == Type.NSEC || type == Type.NSEC3;
  }

  SignedZone zone(int seed) {
    List<SignedZone> zones = tree.zones();
    return zones.get(seed % zones.size());
  }

  /** The zone that a name is in. */
  SignedZone zoneOf(Name name) {
    SignedZone best = tree.zone(".");
    for (SignedZone zone : tree.zones()) {
      boolean closer = zone.name().labels() > best.name().labels();
      best = name.subdomain(zone.name()) && closer ? zone : best;
    }
    return best;
  }

  /**
   * A signed zone that the attacker may own: whoever owns a zone above a name can speak for it, so
   * it is none above the names that the question leads to, or one that no trust anchor vouches for.
   */
  Optional<SignedZone> owned(int seed, Question question) {
    Truth truth = model.truth(question);
    List<SignedZone> zones =
        tree.zones().stream()
            .filter(zone -> !zone.keys().isEmpty())
            .filter(
                zone ->
                    !model.isSecure(zone.name())
                        || truth.names().stream().noneMatch(n -> n.subdomain(zone.name())))
            .toList();
    return zones.isEmpty() ? Optional.empty() : Optional.of(zones.get(seed % zones.size()));
  }

  /** A key that no zone has published, with the name of a zone on it. */
  static synchronized ZoneKey ownKey(Name zone) {
    return OWN_KEYS.computeIfAbsent(
        zone, name -> ZoneKey.generate(name, SigningAlgorithm.ED25519, ZoneKey.KEY_SIGNING));
  }

  /** Data of a type that no zone holds. */
  static RRset forgery(Name name, int type) {
    String rdata =
        switch (type) {
          case Type.A -> "203.0.113.66";
          case Type.AAAA -> "2001:db8::66";
          case Type.MX -> "10 mx.attacker.invalid.";
          case Type.TLSA -> "3 1 1 " + "66".repeat(32);
          case Type.CNAME, Type.NS, Type.DNAME -> "attacker.invalid.";
          case Type.SOA -> "ns.attacker.invalid. root.attacker.invalid. 1 2 3 4 5";
          case Type.DS -> "66 13 2 " + "66".repeat(32);
          default -> "forged";
        };
    if (type == Type.DNSKEY) {
      return new RRset(ownKey(name).dnskey());
    }
    return new RRset(record(name, type, rdata));
  }

  static Record record(Name name, int type, String rdata) {
    try {
      return Record.fromString(name, type, 1, 3600, rdata, Name.root);
    } catch (java.io.IOException e) {
      throw new IllegalArgumentException(rdata, e);
    }
  }
}
