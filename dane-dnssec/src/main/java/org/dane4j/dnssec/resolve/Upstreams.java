// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Resolver;

/** Who is to be asked, before there is a transport: name servers, or resolvers of the caller's. */
record Upstreams(List<InetSocketAddress> nameServers, List<Resolver> resolvers) {

  static final Upstreams NONE = new Upstreams(List.of(), List.of());

  /** Checks that all of them can be asked. */
  static Upstreams of(InetSocketAddress... nameServers) {
    if (nameServers.length == 0) {
      throw new IllegalArgumentException("give at least one name server");
    }
    for (InetSocketAddress nameServer : nameServers) {
      if (nameServer.isUnresolved()) {
        throw new IllegalArgumentException(
            nameServer + " has no address: give name servers by their IP addresses");
      }
    }
    return new Upstreams(List.of(nameServers), List.of());
  }

  static Upstreams of(Resolver resolver) {
    return new Upstreams(List.of(), List.of(resolver));
  }

  /** Starts what waits for the sockets; null if there are none. */
  @Nullable Reactor startReactor() {
    return nameServers.isEmpty() ? null : new Reactor();
  }

  List<Upstream> over(@Nullable Reactor reactor, Executor executor) {
    List<Upstream> upstreams = new ArrayList<>();
    for (InetSocketAddress nameServer : nameServers) {
      upstreams.add(new SocketUpstream(nameServer, Objects.requireNonNull(reactor)));
    }
    for (Resolver resolver : resolvers) {
      upstreams.add(new ResolverUpstream(resolver, executor));
    }
    return upstreams;
  }
}
