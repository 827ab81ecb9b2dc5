// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Hands out the addresses that are set aside for documentation (RFC 5737 §3), each once. */
final class Addresses {

  private static final List<String> NETWORKS = List.of("192.0.2.", "198.51.100.", "203.0.113.");
  private static final int HOSTS_IN_NETWORK = 254;

  private final Set<String> taken = new HashSet<>();
  private int next;

  Addresses(Collection<HostBuilder> hosts) {
    hosts.forEach(host -> host.address().ifPresent(taken::add));
  }

  InetAddress of(HostBuilder host) {
    try {
      return InetAddress.getByName(host.address().orElseGet(this::free));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an address: " + host.address(), e);
    }
  }

  private String free() {
    while (next < NETWORKS.size() * HOSTS_IN_NETWORK) {
      String address = NETWORKS.get(next / HOSTS_IN_NETWORK) + (next % HOSTS_IN_NETWORK + 1);
      next++;
      if (taken.add(address)) {
        return address;
      }
    }
    throw new IllegalStateException("more hosts than addresses for documentation");
  }
}
