// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * What one address of a mail host does.
 *
 * @param address the address and port
 * @param looks what was seen on each connection, in their order: the first two are equal, so that a
 *     server that treats strangers otherwise shows it
 * @param omission why it was not connected to, for a person; empty if it was. Nothing is known then
 */
public record AddressFacts(InetSocketAddress address, List<Look> looks, Optional<String> omission) {

  /** Copies the list. */
  public AddressFacts {
    looks = List.copyOf(looks);
  }

  /**
   * Makes the facts of an address that was connected to.
   *
   * @param address the address and port
   * @param looks what was seen on each connection
   */
  public AddressFacts(InetSocketAddress address, List<Look> looks) {
    this(address, looks, Optional.empty());
  }
}
