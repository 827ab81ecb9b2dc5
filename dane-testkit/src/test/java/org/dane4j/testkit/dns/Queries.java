// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Section;

/** Queries as a validating stub sends them, and without DNSSEC. */
final class Queries {

  private Queries() {}

  static Message withDnssec(String name, int type) {
    Message query = Message.newQuery(Oracle.question(name, type));
    query.getHeader().setFlag(Flags.CD);
    query.addRecord(new OPTRecord(1232, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
    return query;
  }

  static Message plain(String name, int type) {
    return Message.newQuery(Oracle.question(name, type));
  }
}
