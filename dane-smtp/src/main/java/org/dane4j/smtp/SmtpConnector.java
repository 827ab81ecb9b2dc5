// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * Opens TCP connections to mail servers: the place to put a proxy or a source address in.
 *
 * <p>A delivery is cancelled by interrupting its thread. That ends a wait at once if the socket is
 * the {@link SocketChannel#socket} of a channel, as those of {@link #direct} are, or the thread is
 * a virtual one; otherwise the delivery ends with the step that it is at.
 */
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
   * Returns a connector that connects directly. Interrupting a thread closes the socket at which it
   * waits.
   *
   * @return the default
   */
  static SmtpConnector direct() {
    return (peer, timeout) -> {
      Socket socket = SocketChannel.open().socket();
      try {
        socket.setTcpNoDelay(true);
        socket.connect(peer, (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis())));
        return socket;
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    };
  }
}
