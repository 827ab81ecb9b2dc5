// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Name;

/** The keys of a zone: asked for by algorithm and layout, drawn from the pool when built. */
final class ZoneKeys {

  private final Name apex;
  private final List<ZoneKey> standby = new ArrayList<>();
  private List<SigningAlgorithm> algorithms = List.of(SigningAlgorithm.ECDSAP256SHA256);
  private boolean split;
  private @Nullable Integer label;
  private @Nullable List<ZoneKey> signing;

  ZoneKeys(Name apex) {
    this.apex = apex;
  }

  ZoneKeys copy() {
    ZoneKeys copy = new ZoneKeys(apex);
    copy.standby.addAll(standby);
    copy.algorithms = algorithms;
    copy.split = split;
    copy.label = label;
    copy.signing = signing;
    return copy;
  }

  void algorithms(List<SigningAlgorithm> chosen) {
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException("name an algorithm, or leave the zone unsigned()");
    }
    algorithms = chosen;
    signing = null;
  }

  void split() {
    split = true;
    signing = null;
  }

  void labeledAs(int number) {
    label = number;
    signing = null;
  }

  void use(List<ZoneKey> chosen) {
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException("give a key, or leave the zone unsigned()");
    }
    signing = chosen;
  }

  void none() {
    signing = List.of();
  }

  void publish(ZoneKey key) {
    standby.add(key);
  }

  /** Draws the keys, unless they were drawn or given before: a changed tree keeps its keys. */
  void drawFrom(KeyPool pool) {
    if (signing != null) {
      return;
    }
    List<ZoneKey> drawn = new ArrayList<>();
    for (SigningAlgorithm algorithm : algorithms) {
      drawn.add(draw(pool, algorithm, ZoneKey.KEY_SIGNING, drawn));
      if (split) {
        drawn.add(draw(pool, algorithm, ZoneKey.ZONE_SIGNING, drawn));
      }
    }
    signing = List.copyOf(drawn);
  }

  /** Draws a key whose tag no other key of the zone has: one zone in a thousand would fail. */
  private ZoneKey draw(KeyPool pool, SigningAlgorithm algorithm, int flags, List<ZoneKey> others) {
    while (true) {
      ZoneKey key = ZoneKey.of(apex, algorithm, flags, pool.draw(algorithm));
      ZoneKey labeled = label == null ? key : key.labeledAs(label);
      int tag = labeled.dnskey().getFootprint();
      if (others.stream().noneMatch(other -> other.dnskey().getFootprint() == tag)) {
        return labeled;
      }
    }
  }

  List<ZoneKey> signing() {
    if (signing == null) {
      throw new IllegalStateException("the keys of " + apex + " are drawn when the tree is built");
    }
    return signing;
  }

  List<DNSKEYRecord> published() {
    return Stream.concat(signing().stream(), standby.stream()).map(ZoneKey::dnskey).toList();
  }

  /** Returns a DS record in each form for each key that a DS can point at. */
  List<DSRecord> dsRecords(List<DsForm> forms) {
    List<DNSKEYRecord> entryPoints =
        signing().stream().filter(ZoneKey::isKeySigning).map(ZoneKey::dnskey).toList();
    return forms.stream().flatMap(form -> entryPoints.stream().map(form::of)).toList();
  }
}
