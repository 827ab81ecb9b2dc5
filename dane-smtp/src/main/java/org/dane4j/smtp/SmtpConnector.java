// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Opens TCP connections to mail servers: the place to put a proxy or a source address in. */
@FunctionalInterface
public interface SmtpConnector {

  /**
   * Connects.
   *
   * @param peer the server's address
   * @param timeout how long it may take
   * @return a connected socket, which the client closes
   * @throws IOException if there is no connection
   */
  Socket connect(InetSocketAddress peer, Duration timeout) throws IOException;

  /**
   * Returns a connector that connects directly.
   *
   * @return the default
   */
  static SmtpConnector direct() {
    return (peer, timeout) -> {
      Socket socket = new Socket();
      try {
        socket.setTcpNoDelay(true);
        socket.connect(peer, (int) Math.min(Integer.MAX_VALUE, timeout.toMillis()));
        return socket;
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    };
  }
}
