// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * The settings of a tree: its time and its zones.
 *
 * <p>Zones are named with or without a final dot, in any order. A zone that is not delegated by a
 * zone in between is delegated by the root.
 */
public final class DnsTreeBuilder {

  private final Map<Name, ZoneBuilder> zones;
  private Instant at;
  private KeyPool pool = KeyPool.shared();

  DnsTreeBuilder(Instant at) {
    this.at = at;
    this.zones = new LinkedHashMap<>();
    zone(".");
  }

  private DnsTreeBuilder(DnsTreeBuilder other) {
    this.at = other.at;
    this.zones = new LinkedHashMap<>();
    this.pool = other.pool;
    other.zones.forEach((name, zone) -> zones.put(name, zone.copy()));
  }

  DnsTreeBuilder copy() {
    return new DnsTreeBuilder(this);
  }

  /**
   * Changes the time of the tree.
   *
   * @param time the time that signatures are made for
   * @return this builder
   */
  public DnsTreeBuilder at(Instant time) {
    at = time;
    return this;
  }

  /**
   * Draws keys of its own for this tree. Otherwise trees of one JVM share key pairs, the root's
   * included, because RSA keys take long to make.
   *
   * @return this builder
   */
  public DnsTreeBuilder freshKeys() {
    pool = KeyPool.fresh();
    return this;
  }

  /**
   * Adds a zone with the default settings, unless it is there.
   *
   * @param name the name of the zone
   * @return this builder
   */
  public DnsTreeBuilder zone(String name) {
    return zone(name, zone -> {});
  }

  /**
   * Adds a zone, or sets up further one that is there.
   *
   * @param name the name of the zone
   * @param settings what is to be other than the default
   * @return this builder
   */
  public DnsTreeBuilder zone(String name, Consumer<ZoneBuilder> settings) {
    Name apex = ZoneRecords.absolute(name, Name.root);
    settings.accept(zones.computeIfAbsent(apex, ZoneBuilder::new));
    return this;
  }

  /**
   * Builds the tree. The builder can be used further, for other trees.
   *
   * @return a tree
   * @throws IllegalArgumentException if a zone holds a record that belongs to another zone
   */
  public DnsTree build() {
    zones.values().forEach(zone -> zone.zoneKeys().drawFrom(pool));
    return new DnsTree(copy());
  }

  Instant at() {
    return at;
  }

  Collection<ZoneBuilder> zones() {
    return zones.values();
  }

  /** Returns the records of a zone with its keys and the delegations of the zones below it. */
  List<Record> recordsOf(ZoneBuilder zone) {
    List<Record> records = new ArrayList<>(zone.records().complete(at));
    records.addAll(zone.apexRecords());
    for (ZoneBuilder child : zones.values()) {
      if (isChild(child, zone)) {
        records.forEach(record -> checkBelongs(record, zone, child));
        records.addAll(delegation(child));
      }
    }
    return records;
  }

  private boolean isChild(ZoneBuilder zone, ZoneBuilder parent) {
    if (zone.apex().equals(Name.root)) {
      return false;
    }
    Name name = ZoneContents.parent(zone.apex());
    while (!zones.containsKey(name)) {
      name = ZoneContents.parent(name);
    }
    return name.equals(parent.apex());
  }

  private List<Record> delegation(ZoneBuilder child) {
    List<Record> delegation = new ArrayList<>();
    for (Record record : child.records().complete(at)) {
      if (record.getType() == Type.NS && record.getName().equals(child.apex())) {
        Name target = ((NSRecord) record).getTarget();
        delegation.add(new NSRecord(child.apex(), DClass.IN, record.getTTL(), target));
      }
    }
    delegation.addAll(child.dsRecords());
    return delegation;
  }

  private static void checkBelongs(Record record, ZoneBuilder zone, ZoneBuilder child) {
    boolean made = record.getName().equals(child.apex()) && record.getType() == Type.NS;
    if (record.getName().subdomain(child.apex()) && !made && record.getType() != Type.DS) {
      throw new IllegalArgumentException(
          "give this record to the zone "
              + child.apex()
              + ", not to "
              + zone.apex()
              + ": "
              + record);
    }
  }
}
