// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Master;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** The records that a zone was given, and those that every zone must have. */
final class ZoneRecords {

  /** RFC 2606 §2: no such name will ever exist, and nobody is asked in a tree without packets. */
  private static final Name NOBODY = Name.fromConstantString("ns.invalid.");

  private static final Name HOSTMASTER = Name.fromConstantString("hostmaster.invalid.");

  private final Name apex;
  private final List<Record> records = new ArrayList<>();

  ZoneRecords(Name apex) {
    this.apex = apex;
  }

  ZoneRecords copy() {
    ZoneRecords copy = new ZoneRecords(apex);
    copy.records.addAll(records);
    return copy;
  }

  static Name absolute(String name, Name origin) {
    try {
      return Name.fromString(name, origin);
    } catch (TextParseException e) {
      throw new IllegalArgumentException("not a domain name: " + name, e);
    }
  }

  static Record record(Name owner, int type, String rdata) {
    try {
      return Record.fromString(owner, type, DClass.IN, ZoneBuilder.DEFAULT_TTL, rdata, owner);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "not the data of a " + Type.string(type) + " record: " + rdata, e);
    }
  }

  void add(Record record) {
    records.add(record);
  }

  void addText(String zoneFile) {
    byte[] octets = zoneFile.getBytes(StandardCharsets.UTF_8);
    try (Master master =
        new Master(new ByteArrayInputStream(octets), apex, ZoneBuilder.DEFAULT_TTL)) {
      for (Record next = master.nextRecord(); next != null; next = master.nextRecord()) {
        records.add(next);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("not zone-file text: " + zoneFile, e);
    }
  }

  void remove(Name owner, int type) {
    boolean found =
        records.removeIf(
            record ->
                record.getName().equals(owner) && (type == Type.ANY || record.getType() == type));
    if (!found) {
      throw new IllegalArgumentException(
          "the zone " + apex + " has no " + Type.string(type) + " record at " + owner);
    }
  }

  /** Returns the records with SOA and NS, which are made where none were given. */
  List<Record> complete(Instant at) {
    List<Record> complete = new ArrayList<>(records);
    if (records.stream().noneMatch(record -> isAtApex(record, Type.SOA))) {
      complete.add(soa(at));
    }
    if (records.stream().noneMatch(record -> isAtApex(record, Type.NS))) {
      complete.add(new NSRecord(apex, DClass.IN, ZoneBuilder.DEFAULT_TTL, NOBODY));
    }
    return complete;
  }

  private boolean isAtApex(Record record, int type) {
    return record.getType() == type && record.getName().equals(apex);
  }

  // RFC 9077 §4: TTL and minimum are equal, so that the TTL of every denial is this one.
  private Record soa(Instant at) {
    long serial = at.getEpochSecond() & 0xFFFFFFFFL;
    long negative = ZoneBuilder.NEGATIVE_TTL;
    return new SOARecord(
        apex, DClass.IN, negative, NOBODY, HOSTMASTER, serial, 7200, 3600, 1209600, negative);
  }
}
