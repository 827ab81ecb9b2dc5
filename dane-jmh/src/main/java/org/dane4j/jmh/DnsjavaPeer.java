// SPDX-License-Identifier: Apache-2.0
package org.dane4j.jmh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.dane4j.dnssec.Question;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.dnssec.ValidatingResolver;

/** dnsjava's validating resolver. */
final class DnsjavaPeer {

  private final ValidatingResolver resolver;

  DnsjavaPeer(World world, Upstream upstream) {
    resolver = new ValidatingResolver(upstream);
    try {
      resolver.loadTrustAnchors(
          new ByteArrayInputStream(world.anchorText().getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns whether the answer to a question is proven. */
  boolean isSecure(Question question) {
    Message query = Message.newQuery(Record.newRecord(question.name(), question.type(), DClass.IN));
    return resolver
        .sendAsync(query, Runnable::run)
        .toCompletableFuture()
        .join()
        .getHeader()
        .getFlag(Flags.AD);
  }
}
