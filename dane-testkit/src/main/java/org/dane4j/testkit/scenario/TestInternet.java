// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.scenario;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import org.dane4j.testkit.dns.DnsResponder;
import org.dane4j.testkit.dns.DnsServer;
import org.dane4j.testkit.dns.DnsTree;
import org.dane4j.testkit.dns.DnsTreeBuilder;
import org.dane4j.testkit.dns.QueryLog;
import org.dane4j.testkit.pki.TestIdentity;
import org.dane4j.testkit.smtp.ReceivedMessage;
import org.dane4j.testkit.smtp.RecordedSession;
import org.dane4j.testkit.smtp.TestMailServer;
import org.xbill.DNS.Resolver;

/**
 * A small internet that runs: signed zones, mail servers on the loopback interface, attackers that
 * come and go.
 *
 * <p>In its zones the hosts have addresses for documentation and, by default, port 25. Where they
 * really listen says {@link #locate}; the client under test has to connect there, by a hook of its
 * own or by {@link #socketFactory}. Safe for use by many threads.
 */
public final class TestInternet implements AutoCloseable {

  private final Map<String, RunningHost> hosts = new LinkedHashMap<>();
  private final Locator locator;
  private final QueryLog queries = new QueryLog();
  private final List<DnsServer> servers = new CopyOnWriteArrayList<>();
  private final DnsResponder unattacked;
  private volatile DnsResponder path;
  private volatile DnsTree tree;

  TestInternet(
      DnsTree tree, Collection<RunningHost> running, List<UnaryOperator<DnsResponder>> onPath) {
    this.tree = tree;
    DnsResponder responder = query -> this.tree.respond(query);
    for (UnaryOperator<DnsResponder> somebody : onPath) {
      responder = somebody.apply(responder);
    }
    this.unattacked = responder;
    this.path = responder;
    running.forEach(host -> hosts.put(host.name(), host));
    this.locator = new Locator(running);
  }

  /**
   * Begins an internet.
   *
   * @param at the time for which it is made: signatures and certificates are valid then
   * @return a builder
   */
  public static TestInternetBuilder at(Instant at) {
    return new TestInternetBuilder(at);
  }

  /**
   * Starts the internet of a scenario.
   *
   * @param scenario the scenario
   * @param at the time for which it is made
   * @return the running internet, to be closed
   */
  public static TestInternet start(Scenario scenario, Instant at) {
    return start(List.of(scenario), at);
  }

  /**
   * Starts one internet in which several scenarios have their places side by side.
   *
   * @param scenarios the scenarios, such as {@link Scenarios#all}
   * @param at the time for which it is made
   * @return the running internet, to be closed
   */
  public static TestInternet start(Collection<Scenario> scenarios, Instant at) {
    TestInternetBuilder builder = at(at);
    scenarios.forEach(scenario -> scenario.composition().accept(builder));
    return builder.start();
  }

  // ------ For the client under test ------

  /**
   * Returns the time for which the internet is made, which a client should take for the present.
   *
   * @return the time
   */
  public Instant at() {
    return tree.at();
  }

  /**
   * Returns a resolver without a network that sees what a client would see.
   *
   * @return a resolver; attacks that are switched on later reach it too
   */
  public Resolver resolver() {
    return responder().asResolver();
  }

  /**
   * Starts a name server by which a client sees the same as by {@link #resolver}.
   *
   * @return a server that is closed with this internet
   */
  public DnsServer startDnsServer() {
    DnsServer server = DnsServer.start(responder());
    servers.add(server);
    return server;
  }

  /**
   * Returns the trust anchors for the zones.
   *
   * @return DS records in zone-file form
   */
  public List<String> trustAnchors() {
    return tree.trustAnchors();
  }

  /**
   * Tells where a published address is really to be found.
   *
   * @param published a documentation address or, if unresolved, the name of a host, and its port
   * @return an address of the loopback interface; for hosts that are down or unknown, and for other
   *     ports, one that refuses connections
   */
  public InetSocketAddress locate(InetSocketAddress published) {
    return locator.locate(published);
  }

  /**
   * Returns a factory for a client that takes one: its sockets, told to connect to a published
   * address or to a host by name, connect to where {@link #locate} says.
   *
   * @return a factory of plain sockets
   */
  public SocketFactory socketFactory() {
    return new LocatingSocketFactory(locator);
  }

  // ------ For the test ------

  /**
   * Returns the mail server of a host, to look at what it saw or to make it a bad one.
   *
   * @param host the name of the host
   * @return its server
   * @throws IllegalArgumentException if there is no such host or it is down
   */
  public TestMailServer mailServer(String host) {
    return host(host)
        .server()
        .orElseThrow(() -> new IllegalArgumentException("the host " + host + " is down"));
  }

  /**
   * Returns the identity of a host.
   *
   * @param host the name of the host
   * @return its key and certificates
   */
  public TestIdentity identity(String host) {
    return host(host).identity();
  }

  private RunningHost host(String name) {
    RunningHost host = hosts.get(name.toLowerCase(Locale.ROOT));
    if (host == null) {
      throw new IllegalArgumentException("no host " + name + " among " + hosts.keySet());
    }
    return host;
  }

  /**
   * Returns the names of all mail hosts.
   *
   * @return the names in the order in which they were added
   */
  public List<String> hosts() {
    return List.copyOf(hosts.keySet());
  }

  /**
   * Returns the messages that the servers of all hosts have taken.
   *
   * @return the messages, host by host
   */
  public List<ReceivedMessage> messages() {
    return servers().flatMap(server -> server.messages().stream()).toList();
  }

  /**
   * Returns the sessions that the servers of all hosts have had, also those that go on.
   *
   * @return the sessions, host by host
   */
  public List<RecordedSession> sessions() {
    return servers().flatMap(server -> server.sessions().stream()).toList();
  }

  private Stream<TestMailServer> servers() {
    return hosts.values().stream().flatMap(host -> host.server().stream());
  }

  /**
   * Returns the zones as they are now.
   *
   * @return the tree
   */
  public DnsTree tree() {
    return tree;
  }

  /**
   * Changes zones as their owners would: new records, signed with the old keys, or a later time.
   *
   * @param change what to change
   */
  public synchronized void publish(Consumer<DnsTreeBuilder> change) {
    tree = tree.changed(change);
  }

  /**
   * Puts an attacker on the path between the client and the zones, before all others.
   *
   * @param attacker from the responder behind to the one that the client sees
   */
  public synchronized void attack(UnaryOperator<DnsResponder> attacker) {
    path = attacker.apply(path);
  }

  /** Takes away all attackers that came by {@link #attack}. */
  public synchronized void endAttacks() {
    path = unattacked;
  }

  /**
   * Returns the questions that were asked, by whatever resolver of this internet.
   *
   * @return the log
   */
  public QueryLog queries() {
    return queries;
  }

  private DnsResponder responder() {
    DnsResponder live = query -> path.respond(query);
    return live.recordedIn(queries);
  }

  /** Stops all servers. What they saw can be looked at afterwards. */
  @Override
  public void close() {
    servers.forEach(DnsServer::close);
    hosts.values().forEach(RunningHost::close);
    locator.close();
  }
}
