// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec;

import java.util.ArrayList;
import java.util.List;
import org.dane4j.tlsa.Octets;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * An RRset: all records of one name and type.
 *
 * @param name the owner's name, after aliases were followed
 * @param type the RR type
 * @param ttl how long it may be cached, in seconds: never longer than its signature allows
 * @param rdata the RDATA of each record, decompressed, in the order received, without duplicates
 */
public record Rrset(Name name, int type, long ttl, List<Octets> rdata) {

  /** Copies the list. */
  public Rrset {
    rdata = List.copyOf(rdata);
  }

  /**
   * Returns the records as dnsjava's. A record whose RDATA dnsjava does not take, such as a TLSA
   * record without data, is left out; {@link #rdata} has it.
   *
   * @return the records, in the same order
   */
  public List<Record> records() {
    List<Record> records = new ArrayList<>(rdata.size());
    for (Octets octets : rdata) {
      // Null, whatever the signature says, for RDATA that is not of the type.
      @Nullable Record record = Record.newRecord(name, type, DClass.IN, ttl, octets.toByteArray());
      if (record != null) {
        records.add(record);
      }
    }
    return List.copyOf(records);
  }

  @Override
  public String toString() {
    return name + " " + Type.string(type) + " " + rdata;
  }
}
