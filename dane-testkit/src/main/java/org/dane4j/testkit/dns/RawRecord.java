// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.util.HexFormat;
import org.xbill.DNS.Compression;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSInput;
import org.xbill.DNS.DNSOutput;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Tokenizer;

/** A record of a known type with octets that dnsjava would refuse to read or write. */
final class RawRecord extends Record {

  private static final long serialVersionUID = 1L;

  private final byte[] rdata;

  RawRecord(Name name, int type, long ttl, byte[] rdata) {
    super(name, type, DClass.IN, ttl);
    this.rdata = rdata.clone();
  }

  @Override
  protected void rrFromWire(DNSInput in) {
    throw new UnsupportedOperationException("raw records are only written");
  }

  @Override
  protected void rdataFromString(Tokenizer tokenizer, Name origin) {
    throw new UnsupportedOperationException("raw records are only written");
  }

  @Override
  protected String rrToString() {
    // RFC 3597 §5
    return "\\# " + rdata.length + " " + HexFormat.of().formatHex(rdata);
  }

  @Override
  protected void rrToWire(DNSOutput out, Compression compression, boolean canonical) {
    out.writeByteArray(rdata);
  }
}
