// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.replay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A resource record as octets, so that a malformed one stays what it is. */
@SuppressWarnings("ByteBufferBackingArray") // It wraps just the octets.
record Rr(Name owner, int type, long ttl, ByteBuffer rdata) {

  static Rr of(Name owner, int type, long ttl, byte[] rdata) {
    return new Rr(owner, type, ttl, ByteBuffer.wrap(rdata));
  }

  static Rr of(Record record) {
    byte[] wire = record.toWire(Section.ANSWER);
    byte[] rdata = Arrays.copyOfRange(wire, record.getName().length() + 10, wire.length);
    return of(record.getName(), record.getType(), record.getTTL(), rdata);
  }

  boolean is(Name name, int rrType) {
    return type == rrType && owner.equals(name);
  }

  /** Whether it is the RRSIG record of such an RRset. */
  boolean signs(Name name, int rrType) {
    return is(name, Type.RRSIG) && covered() == rrType;
  }

  /** The type that an RRSIG record covers, or the record's own type. */
  int covered() {
    boolean isSignature = type == Type.RRSIG && rdata.limit() >= 2;
    return isSignature ? rdata.getShort(0) & 0xffff : type;
  }

  /** The name that stands at an offset of the RDATA; the root if there is none. */
  Name nameAt(int offset) {
    try {
      return new Name(Arrays.copyOfRange(rdata.array(), offset, rdata.limit()));
    } catch (IOException | IllegalArgumentException e) {
      return Name.root;
    }
  }

  void write(ByteArrayOutputStream out) {
    out.writeBytes(owner.toWire());
    ByteBuffer fixed = ByteBuffer.allocate(10);
    fixed.putShort((short) type).putShort((short) DClass.IN).putInt((int) ttl);
    fixed.putShort((short) rdata.limit());
    out.writeBytes(fixed.array());
    out.write(rdata.array(), 0, rdata.limit());
  }

  @Override
  public String toString() {
    return owner + " " + Type.string(type);
  }
}
