// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;

/** Tells a machine without IPv6 from a server that is not there. */
final class Ipv6Route {

  private static final int ANY_PORT = 53;

  private Ipv6Route() {}

  /** Whether this machine knows a way to an address. Nothing is sent. */
  static boolean exists(InetAddress address) {
    try (DatagramSocket socket = new DatagramSocket()) {
      // Connecting a datagram socket is asking the kernel for a route.
      socket.connect(new InetSocketAddress(address, ANY_PORT));
      return true;
    } catch (SocketException e) {
      return false;
    }
  }
}
