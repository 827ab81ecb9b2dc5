// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;

/** The lies that something does not exist, by what they offer as a proof. */
public enum ForgedDenial {
  /** NXDOMAIN, with a validly signed NSEC or NSEC3 record that is about other names. */
  UNRELATED_NXDOMAIN,
  /** NODATA, with a validly signed NSEC or NSEC3 record that is about other names. */
  UNRELATED_NODATA,
  /** NXDOMAIN, with a made-up NSEC or NSEC3 record that fits and whose signature is wrong. */
  MADE_UP_NXDOMAIN,
  /** NXDOMAIN, with nothing but a validly signed SOA record. */
  BARE_NXDOMAIN,
  /** NODATA, with nothing but a validly signed SOA record. */
  BARE_NODATA,
  /** NODATA, with no record at all. */
  EMPTY;

  ZoneAnswer answer(SignedZone zone, Name name) {
    boolean noName =
        this == UNRELATED_NXDOMAIN || this == MADE_UP_NXDOMAIN || this == BARE_NXDOMAIN;
    List<RRset> authority = new ArrayList<>();
    if (this != EMPTY) {
      zone.soa().ifPresent(authority::add);
    }
    zone.denialChain().ifPresent(chain -> authority.addAll(proof(zone, chain, name)));
    return ZoneAnswer.negative(
        noName ? ZoneAnswer.Kind.NO_NAME : ZoneAnswer.Kind.NO_DATA, authority);
  }

  private List<RRset> proof(SignedZone zone, DenialChain chain, Name name) {
    return switch (this) {
      case UNRELATED_NXDOMAIN, UNRELATED_NODATA ->
          zone.served(unrelated(chain, name), chain.type()).stream().toList();
      case MADE_UP_NXDOMAIN -> madeUp(zone, chain, name);
      case BARE_NXDOMAIN, BARE_NODATA, EMPTY -> List.of();
    };
  }

  /** Picks a record that neither matches nor covers the name, its ancestors or their wildcards. */
  private static Name unrelated(DenialChain chain, Name name) {
    List<Name> related =
        Stream.concat(chain.noName(name).stream(), chain.noData(name).stream()).toList();
    return chain.owners().stream()
        .filter(owner -> !related.contains(owner))
        .findFirst()
        .orElseGet(() -> chain.noData(name).get(0));
  }

  private static List<RRset> madeUp(SignedZone zone, DenialChain chain, Name name) {
    RRset lie = zone.sign(chain.madeUp(name), zone.inception(), zone.expiration());
    List<RRset> proof =
        new ArrayList<>(Damage.corruptSignature().applyTo(lie, zone).stream().toList());
    chain.noName(name).stream()
        .filter(owner -> !owner.equals(lie.getName()))
        .distinct()
        .map(owner -> zone.served(owner, chain.type()))
        .flatMap(Optional::stream)
        .forEach(proof::add);
    return proof;
  }
}
