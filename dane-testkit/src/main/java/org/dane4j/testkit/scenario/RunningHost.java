// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.dane4j.testkit.pki.TestIdentity;
import org.dane4j.testkit.smtp.MailServerBuilder;
import org.dane4j.testkit.smtp.TestMailServer;

/** A mail host of a running internet: what is published of it, and the server if it is up. */
record RunningHost(
    String name,
    InetSocketAddress published,
    TestIdentity identity,
    Optional<TestMailServer> server) {

  static RunningHost start(HostBuilder host, InetAddress address) {
    InetSocketAddress published = new InetSocketAddress(address, host.port());
    TestIdentity identity = host.makeIdentity();
    if (host.isDown()) {
      return new RunningHost(host.name(), published, identity, Optional.empty());
    }
    MailServerBuilder server = TestMailServer.builder();
    host.applyTo(server, identity);
    return new RunningHost(host.name(), published, identity, Optional.of(server.start()));
  }

  String addressRecord() {
    String type = published.getAddress() instanceof Inet6Address ? "AAAA" : "A";
    return name + ". 300 IN " + type + " " + published.getAddress().getHostAddress();
  }

  void close() {
    server.ifPresent(TestMailServer::close);
  }
}
