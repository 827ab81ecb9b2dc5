// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.dane4j.testkit.smtp.TestMailServer;

/** Leads from published addresses to the servers on the loopback interface. */
final class Locator {

  private final List<RunningHost> hosts;

  /** Bound and not listening: the port refuses connections and is nobody else's meanwhile. */
  private final Socket refusing = new Socket();

  Locator(Collection<RunningHost> hosts) {
    this.hosts = List.copyOf(hosts);
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      refusing.bind(new InetSocketAddress(loopback, 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  InetSocketAddress locate(InetSocketAddress published) {
    return hosts.stream()
        .filter(host -> published.getPort() == host.published().getPort() && isAt(host, published))
        .map(RunningHost::server)
        .flatMap(Optional::stream)
        .map(TestMailServer::address)
        .findFirst()
        .orElseGet(
            () -> new InetSocketAddress(refusing.getLocalAddress(), refusing.getLocalPort()));
  }

  private static boolean isAt(RunningHost host, InetSocketAddress published) {
    InetAddress address = published.getAddress();
    if (address != null) {
      return address.equals(host.published().getAddress());
    }
    String name = published.getHostString().toLowerCase(Locale.ROOT);
    return name.equals(host.name()) || name.equals(host.name() + ".");
  }

  void close() {
    try {
      refusing.close();
    } catch (IOException e) {
      // It is of no use any more either way.
    }
  }
}
