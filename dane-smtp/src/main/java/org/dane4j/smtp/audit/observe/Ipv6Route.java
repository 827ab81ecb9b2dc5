// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;

/** Tells a machine without IPv6 from a server that is not there. */
final class Ipv6Route {

  private static final int ANY_PORT = 53;

  private Ipv6Route() {}

  /** What is said of a server to which this machine has no way. */
  static final String MISSING = "this machine has no way to IPv6 addresses";

  /** Whether an address is one of IPv6 that this machine knows no way to. Nothing is sent. */
  static boolean isMissing(InetAddress address) {
    if (!(address instanceof Inet6Address)) {
      return false;
    }
    try (DatagramSocket socket = new DatagramSocket()) {
      // Connecting a datagram socket is asking the kernel for a route.
      socket.connect(new InetSocketAddress(address, ANY_PORT));
      return false;
    } catch (SocketException e) {
      return true;
    }
  }
}
