// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.Name;

/**
 * What an authoritative name server said, asked directly.
 *
 * @param name its name in the zone's NS RRset
 * @param address the address that was asked; empty if the name has none
 * @param replies its replies, one for each question and transport
 */
public record NameServerFacts(Name name, Optional<InetAddress> address, List<ServerReply> replies) {

  /** Copies the list. */
  public NameServerFacts {
    replies = List.copyOf(replies);
  }
}
