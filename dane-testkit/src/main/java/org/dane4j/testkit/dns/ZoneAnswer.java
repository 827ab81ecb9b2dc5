// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRset;

/** What one zone has to say to a question: its part of a chain of aliases. */
record ZoneAnswer(Kind kind, List<RRset> answer, List<RRset> authority, Optional<Name> next) {

  enum Kind {
    DATA,
    /** A CNAME or DNAME; the next name is to be asked for. */
    ALIAS,
    NO_DATA,
    NO_NAME,
    /** A DNAME whose target would be longer than a name can be. */
    TOO_LONG,
    /** The name is delegated to servers that are not there. */
    LAME
  }

  ZoneAnswer {
    answer = List.copyOf(answer);
    authority = List.copyOf(authority);
  }

  static ZoneAnswer data(RRset rrset, List<RRset> authority) {
    return new ZoneAnswer(Kind.DATA, List.of(rrset), authority, Optional.empty());
  }

  static ZoneAnswer alias(List<RRset> rrsets, List<RRset> authority, Name next) {
    return new ZoneAnswer(Kind.ALIAS, rrsets, authority, Optional.of(next));
  }

  static ZoneAnswer negative(Kind kind, List<RRset> authority) {
    return new ZoneAnswer(kind, List.of(), authority, Optional.empty());
  }
}
