// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/** Makes sockets that connect to the loopback interface when told a published address. */
final class LocatingSocketFactory extends SocketFactory {

  private final Locator locator;

  LocatingSocketFactory(Locator locator) {
    this.locator = locator;
  }

  @Override
  public Socket createSocket() {
    return new LocatingSocket(locator);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(InetSocketAddress.createUnresolved(host, port));
  }

  @Override
  public Socket createSocket(InetAddress address, int port) throws IOException {
    return connected(new InetSocketAddress(address, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(address, port);
  }

  private Socket connected(InetSocketAddress published) throws IOException {
    Socket socket = createSocket();
    try {
      socket.connect(published);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static final class LocatingSocket extends Socket {

    private final Locator locator;

    LocatingSocket(Locator locator) {
      this.locator = locator;
    }

    @Override
    public void connect(SocketAddress published) throws IOException {
      connect(published, 0);
    }

    @Override
    public void connect(SocketAddress published, int timeout) throws IOException {
      super.connect(locator.locate((InetSocketAddress) published), timeout);
    }
  }
}
