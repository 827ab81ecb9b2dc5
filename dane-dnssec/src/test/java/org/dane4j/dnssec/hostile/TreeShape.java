// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.dane4j.dnssec.TrustAnchors;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.DnsTreeBuilder;
import org.dane4j.testkit.dns.DsForm;
import org.dane4j.testkit.dns.SignedZone;
import org.dane4j.testkit.dns.ZoneKey;
import org.xbill.DNS.Record;

/**
 * A random tree.
 *
 * @param zones its zones, the root first, which is signed; each has its parent among those before
 *     it
 */
record TreeShape(List<ZoneShape> zones) {

  static final Instant AT = Instant.parse("2026-05-01T12:00:00Z");

  TreeShape {
    List<ZoneShape> shapes = new ArrayList<>(zones);
    shapes.set(0, zones.get(0).signed());
    zones = List.copyOf(shapes);
  }

  int parent(int index) {
    return zones.get(index).parent() % index;
  }

  /** Returns the name of a zone as zone files write it. */
  String name(int index) {
    if (index == 0) {
      return ".";
    }
    ZoneShape zone = zones.get(index);
    String label = zone.initial() + "" + index + (zone.deep() ? ".e" + index : "");
    String above = name(parent(index));
    return label + (above.equals(".") ? "." : "." + above);
  }

  /** Returns the zone that the aliases of a zone lead to. */
  String target(int index) {
    return name(zones.get(index).other() % zones.size());
  }

  /** Whether a zone has a trust anchor: an island of security, if nothing above vouches for it. */
  boolean hasAnchor(int index) {
    ZoneShape zone = zones.get(index);
    return zone.oddAnchor() == (index != 0) && zone.trust().hasKeys();
  }

  /**
   * Returns the trust anchors, as DNSKEY records where a zone has a KSK, and else as DS records.
   */
  TrustAnchors anchors(DnsTree tree) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < zones.size(); i++) {
      SignedZone zone = tree.zone(name(i));
      List<? extends Record> records =
          zones.get(i).splitKeys()
              ? zone.keys().stream().filter(ZoneKey::isKeySigning).map(ZoneKey::dnskey).toList()
              : zone.dsRecords(DsForm.SHA256);
      if (hasAnchor(i)) {
        records.forEach(record -> text.append(record).append('\n'));
      }
    }
    return text.isEmpty() ? TrustAnchors.none() : TrustAnchors.parse(text.toString());
  }

  DnsTree build() {
    DnsTreeBuilder builder = DnsTree.at(AT);
    for (int i = 0; i < zones.size(); i++) {
      ZoneShape shape = zones.get(i);
      String target = target(i);
      builder.zone(name(i), zone -> shape.setUp(zone, target));
    }
    return builder.build();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < zones.size(); i++) {
      ZoneShape zone = zones.get(i);
      text.append("\n  zone ").append(name(i)).append(' ').append(zone.trust());
      text.append(' ').append(zone.denial()).append(' ').append(zone.algorithm());
      text.append(zone.splitKeys() ? " split " : " ").append(zone.features());
      text.append(" -> ").append(target(i)).append(hasAnchor(i) ? ", anchored" : "");
    }
    return text.toString();
  }
}
