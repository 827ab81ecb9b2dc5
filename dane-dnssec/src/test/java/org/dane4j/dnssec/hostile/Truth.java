// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.hostile;

import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;

/**
 * What a validator may say about a question, beside "bogus" and "indeterminate".
 *
 * @param secure the one answer that it may call secure, if the whole way to it is signed
 * @param open whether it may call the answer insecure, because something on the way is not signed
 * @param aliases the aliases that are signed, in order; where {@code secure} is there, all of them
 * @param names the names on the way, as far as signatures reach
 */
record Truth(Optional<End> secure, boolean open, List<Hop> aliases, List<Name> names) {

  Truth {
    aliases = List.copyOf(aliases);
    names = List.copyOf(names);
  }

  /** One alias. */
  record Hop(Name owner, Name target) {}

  /** How a signed answer ends. */
  enum Kind {
    DATA,
    NO_DATA,
    NX_DOMAIN
  }

  /**
   * A signed answer.
   *
   * @param kind what it says
   * @param name the name it is about
   * @param zone the zone that says it
   * @param owner the owner of the data: the name, or the wildcard that stands for it
   */
  record End(Kind kind, Name name, Name zone, Name owner) {}
}
