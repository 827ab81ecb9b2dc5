// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.dane4j.dnssec.Question;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;

/** Asks through a dnsjava resolver. */
final class ResolverUpstream implements Upstream {

  /**
   * What passes everywhere without fragmentation: the DNS Flag Day 2020 size, 1280 less headers.
   */
  private static final int UDP_PAYLOAD = 1232;

  private final Resolver resolver;
  private final Executor executor;

  ResolverUpstream(Resolver resolver, Executor executor) {
    this.resolver = resolver;
    this.executor = executor;
  }

  @Override
  public CompletionStage<byte[]> ask(Question question, Checking checking) {
    return resolver.sendAsync(query(question, checking), executor).thenApply(Message::toWire);
  }

  /**
   * RFC 4035 §3.2.1 and §4.6, RFC 6840 §5.9: DO asks for the signatures, CD for the data even if
   * the upstream takes them for bogus. AD is not set, and not looked at.
   */
  static Message query(Question question, Checking checking) {
    Message query = Message.newQuery(Record.newRecord(question.name(), question.type(), DClass.IN));
    if (checking == Checking.DISABLED) {
      query.getHeader().setFlag(Flags.CD);
    }
    query.addRecord(new OPTRecord(UDP_PAYLOAD, 0, 0, ExtendedFlags.DO), Section.ADDITIONAL);
    return query;
  }
}
