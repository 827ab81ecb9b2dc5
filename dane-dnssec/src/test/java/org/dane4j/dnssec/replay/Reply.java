// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.replay;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.dane4j.dnssec.replay.Entry.Query;
import org.dane4j.dnssec.replay.Entry.Sections;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * What the upstream resolver knows of a query.
 *
 * @param verbatim whether it passes on a forwarder's message as it is
 */
record Reply(int rcode, Sections sections, boolean verbatim) {

  private static final int QR_RD_RA_CD = 0x8190;

  static Reply of(Entry entry, boolean verbatim) {
    return new Reply(entry.rcode(), entry.sections(), verbatim);
  }

  static Reply of(int rcode, List<Rr> answer, List<Rr> authority) {
    return new Reply(rcode, new Sections(answer, authority, List.of()), false);
  }

  static Reply failure() {
    return of(Rcode.SERVFAIL, List.of(), List.of());
  }

  List<Rr> answer() {
    return sections.answer();
  }

  List<Rr> authority() {
    return sections.authority();
  }

  boolean hasSoa() {
    return authority().stream().anyMatch(rr -> rr.type() == Type.SOA);
  }

  byte[] toWire(Query query) {
    ByteBuffer header = ByteBuffer.allocate(12);
    header.putShort((short) 0).putShort((short) (QR_RD_RA_CD | (rcode & 0xf))).putShort((short) 1);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(query.name().toWire());
    ByteBuffer types = ByteBuffer.allocate(4);
    types.putShort((short) query.type()).putShort((short) DClass.IN);
    body.writeBytes(types.array());
    List<List<Rr>> all = List.of(answer(), authority(), sections.additional());
    for (List<Rr> section : all) {
      List<Rr> records = new ArrayList<>(section);
      records.removeIf(rr -> rr.type() == Type.OPT);
      header.putShort((short) records.size());
      records.forEach(rr -> rr.write(body));
    }
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(header.array());
    message.writeBytes(body.toByteArray());
    return message.toByteArray();
  }
}
