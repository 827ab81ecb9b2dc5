// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.ValidatingResolver;

/** Validated lookups by dnsjava's validator. */
final class ReferenceDns {

  enum Status {
    SECURE,
    INSECURE,
    ERROR
  }

  record Answer(Status status, boolean nameExists, List<Record> records, Name expandedName) {}

  private final ValidatingResolver validator;

  ReferenceDns(TestInternet internet) {
    try {
      Clock clock = Clock.fixed(internet.at(), ZoneOffset.UTC);
      validator = new ValidatingResolver(internet.resolver(), clock);
      String anchors = String.join("\n", internet.trustAnchors()) + "\n";
      validator.loadTrustAnchors(
          new ByteArrayInputStream(anchors.getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Answer ask(Name name, int type) {
    try {
      return answer(name, type, validator.send(Message.newQuery(question(name, type))));
    } catch (IOException e) {
      return new Answer(Status.ERROR, false, List.of(), name);
    }
  }

  private static Record question(Name name, int type) {
    return Record.newRecord(name, type, DClass.IN);
  }

  private static Answer answer(Name name, int type, Message message) {
    int rcode = message.getRcode();
    if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
      return new Answer(Status.ERROR, false, List.of(), name);
    }
    Status status = message.getHeader().getFlag(Flags.AD) ? Status.SECURE : Status.INSECURE;
    List<Record> records = new ArrayList<>();
    Name expanded = name;
    for (Record record : message.getSection(Section.ANSWER)) {
      if (record.getType() == type) {
        records.add(record);
      } else if (record.getType() == Type.CNAME && record.getName().equals(expanded)) {
        expanded = ((CNAMERecord) record).getTarget();
      }
    }
    return new Answer(status, rcode == Rcode.NOERROR, records, expanded);
  }
}
