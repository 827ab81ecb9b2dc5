// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.dnssec.ValidatingResolver;

/** The opinion of dnsjava's validator, which shares nothing with the trees but the record types. */
final class Oracle {

  enum Verdict {
    SECURE,
    INSECURE,
    BOGUS
  }

  private final ValidatingResolver validator;

  private Oracle(ValidatingResolver validator) {
    this.validator = validator;
  }

  static Oracle of(DnsTree tree) {
    return over(tree, tree.trustAnchors(), tree.at());
  }

  static Oracle over(DnsResponder responder, List<String> anchors, Instant at) {
    try {
      ValidatingResolver validator =
          new ValidatingResolver(responder.asResolver(), Clock.fixed(at, ZoneOffset.UTC));
      String text = String.join("\n", anchors) + "\n";
      validator.loadTrustAnchors(
          new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
      return new Oracle(validator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Message ask(String name, int type) {
    try {
      return validator.send(Message.newQuery(question(name, type)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Verdict verdict(String name, int type) {
    Message answer = ask(name, type);
    if (answer.getRcode() == Rcode.SERVFAIL) {
      return Verdict.BOGUS;
    }
    return answer.getHeader().getFlag(Flags.AD) ? Verdict.SECURE : Verdict.INSECURE;
  }

  static Record question(String name, int type) {
    try {
      return Record.newRecord(Name.fromString(name), type, DClass.IN);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
