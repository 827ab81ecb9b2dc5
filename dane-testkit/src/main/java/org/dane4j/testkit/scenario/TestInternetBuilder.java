// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.DnsTreeBuilder;
import org.dane4j.testkit.dns.ZoneBuilder;
import org.dane4j.testkit.pki.TestAuthority;

/**
 * The settings of a small internet: zones, mail hosts, and who stands on the path to the names.
 *
 * <p>Zones and hosts can be named with or without a final dot, in any order and more than once. A
 * top-level domain is added, signed, for every zone that has none.
 */
public final class TestInternetBuilder {

  private final Instant at;
  private final TestAuthority root;
  private final TestAuthority authority;
  private final Map<String, List<Consumer<ZoneBuilder>>> zones = new LinkedHashMap<>();
  private final Map<String, HostBuilder> hosts = new LinkedHashMap<>();
  private final List<UnaryOperator<DnsResponder>> path = new ArrayList<>();

  TestInternetBuilder(Instant at) {
    this.at = at;
    this.root = TestAuthority.root("Test Root CA", at);
    this.authority = root.intermediate("Test CA 1");
  }

  /**
   * Returns the authority that nobody is above.
   *
   * @return the root of all certificates that are made here
   */
  public TestAuthority rootAuthority() {
    return root;
  }

  /**
   * Returns the authority that issues the certificates of hosts.
   *
   * @return an authority below the root
   */
  public TestAuthority authority() {
    return authority;
  }

  /**
   * Adds a signed zone, unless it is there.
   *
   * @param name the name of the zone
   * @return this builder
   */
  public TestInternetBuilder zone(String name) {
    return zone(name, zone -> {});
  }

  /**
   * Adds a zone, or sets up further one that is there.
   *
   * @param name the name of the zone
   * @param settings what is to be other than the default
   * @return this builder
   */
  public TestInternetBuilder zone(String name, Consumer<ZoneBuilder> settings) {
    zones.computeIfAbsent(normalized(name), zone -> new ArrayList<>()).add(settings);
    return this;
  }

  /**
   * Adds a signed zone with MX records.
   *
   * @param domain the mail domain, which is a zone of its own
   * @param mxHosts the names of the MX hosts, the preferred one first
   * @return this builder
   */
  public TestInternetBuilder mailDomain(String domain, String... mxHosts) {
    return zone(
        domain,
        zone -> {
          int preference = 10;
          for (String host : mxHosts) {
            zone.record("@ 300 MX " + preference + " " + normalized(host) + ".");
            preference += 10;
          }
        });
  }

  /**
   * Adds a mail host with the default settings, unless it is there.
   *
   * @param name the name of the host, in one of the zones
   * @return this builder
   */
  public TestInternetBuilder host(String name) {
    return host(name, host -> {});
  }

  /**
   * Adds a mail host, or sets up further one that is there.
   *
   * @param name the name of the host, in one of the zones
   * @param settings what is to be other than the default
   * @return this builder
   */
  public TestInternetBuilder host(String name, Consumer<HostBuilder> settings) {
    settings.accept(
        hosts.computeIfAbsent(normalized(name), host -> new HostBuilder(host, authority)));
    return this;
  }

  /**
   * Puts somebody on the path between the client and the name servers.
   *
   * @param somebody from the responder behind to the one that the client sees
   * @return this builder
   */
  public TestInternetBuilder onPath(UnaryOperator<DnsResponder> somebody) {
    path.add(somebody);
    return this;
  }

  /**
   * Starts the mail servers. Zones are signed as they are asked for.
   *
   * @return the running internet, to be closed
   * @throws IllegalArgumentException if a host is in no zone
   */
  public TestInternet start() {
    DnsTreeBuilder tree = DnsTree.at(at);
    zones.keySet().forEach(name -> tree.zone(name.substring(name.lastIndexOf('.') + 1)));
    zones.forEach((name, settings) -> settings.forEach(it -> tree.zone(name, it)));
    Addresses addresses = new Addresses(hosts.values());
    List<RunningHost> running = new ArrayList<>();
    try {
      for (HostBuilder host : hosts.values()) {
        RunningHost started = RunningHost.start(host, addresses.of(host));
        running.add(started);
        publish(host, started, tree);
      }
      return new TestInternet(tree.build(), running, path);
    } catch (RuntimeException e) {
      running.forEach(RunningHost::close);
      throw e;
    }
  }

  private void publish(HostBuilder host, RunningHost started, DnsTreeBuilder tree) {
    if (host.publishesAddress()) {
      tree.zone(zoneOf(host.name()), zone -> zone.record(started.addressRecord()));
    }
    for (String data : host.tlsaData(started.identity())) {
      String owner = normalized(host.tlsaOwner());
      tree.zone(zoneOf(owner), zone -> zone.record(owner + ". 300 IN TLSA " + data));
    }
  }

  private String zoneOf(String name) {
    String zone = name;
    while (!zones.containsKey(zone)) {
      int dot = zone.indexOf('.');
      if (dot < 0) {
        throw new IllegalArgumentException("no zone for " + name + ": add one with zone(...)");
      }
      zone = zone.substring(dot + 1);
    }
    return zone;
  }

  private static String normalized(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
