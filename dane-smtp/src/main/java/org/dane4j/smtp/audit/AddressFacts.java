// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * What one address of a mail host does.
 *
 * @param address the address and port
 * @param looks what was seen on each connection
 */
public record AddressFacts(InetSocketAddress address, List<Look> looks) {

  /** Copies the list. */
  public AddressFacts {
    looks = List.copyOf(looks);
  }
}
