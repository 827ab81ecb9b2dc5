// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.dns;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;

/**
 * A responder on the loopback interface, by UDP and TCP on one port.
 *
 * <p>By UDP a response that is longer than the client can take comes truncated with TC set (RFC
 * 2181 §9); the limit is the size that the client announces by EDNS, or 512. By TCP a client may
 * ask on before it has the answers (RFC 7766 §6.2.1.1). What is no DNS message gets no response.
 */
public final class DnsServer implements AutoCloseable {

  /** RFC 1035 §4.2.1 */
  private static final int PLAIN_SIZE = 512;

  private static final int MAX_MESSAGE = 65535;
  private static final int IDLE_MILLIS = 30_000;
  private static final int CLOSE_MILLIS = 2_000;
  private static final int ATTEMPTS = 50;

  private final DnsResponder overUdp;
  private final DnsResponder overTcp;
  private final InetSocketAddress address;
  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final ExecutorService deliveries =
      Executors.newCachedThreadPool(task -> daemon(task, "delivery"));

  private final List<Thread> listeners =
      List.of(daemon(this::receiveDatagrams, "UDP"), daemon(this::acceptConnections, "TCP"));

  private DnsServer(
      DnsResponder overUdp, DnsResponder overTcp, DatagramSocket udp, ServerSocket tcp) {
    this.overUdp = overUdp;
    this.overTcp = overTcp;
    this.address = new InetSocketAddress(udp.getLocalAddress(), udp.getLocalPort());
    this.udp = udp;
    this.tcp = tcp;
  }

  /**
   * Starts a server on a port that the system chooses.
   *
   * @param responder who answers
   * @return the running server
   */
  public static DnsServer start(DnsResponder responder) {
    return start(responder, responder);
  }

  /**
   * Starts a server that answers otherwise over TCP than over UDP.
   *
   * @param overUdp who answers datagrams
   * @param overTcp who answers over connections
   * @return the running server
   */
  public static DnsServer start(DnsResponder overUdp, DnsResponder overTcp) {
    try {
      DnsServer server = bind(overUdp, overTcp, ATTEMPTS);
      server.listeners.forEach(Thread::start);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Finds a port that is free for both: the system's choice for UDP may be taken for TCP. */
  private static DnsServer bind(DnsResponder overUdp, DnsResponder overTcp, int attempts)
      throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    DatagramSocket udp = new DatagramSocket(0, loopback);
    try {
      ServerSocket tcp = new ServerSocket(udp.getLocalPort(), 50, loopback);
      return new DnsServer(overUdp, overTcp, udp, tcp);
    } catch (BindException e) {
      udp.close();
      if (attempts == 1) {
        throw e;
      }
      return bind(overUdp, overTcp, attempts - 1);
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, "dane-testkit DNS " + name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Returns where the server listens.
   *
   * @return an address of the loopback interface and the port
   */
  public InetSocketAddress address() {
    return address;
  }

  private void receiveDatagrams() {
    byte[] buffer = new byte[MAX_MESSAGE];
    while (!udp.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        udp.receive(packet);
        Message query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
        SocketAddress client = packet.getSocketAddress();
        deliver(
            respond(overUdp, query),
            response -> sendDatagram(response.toWire(limit(query)), client));
      } catch (IOException e) {
        // Closed, or not a DNS message: there is nobody to tell.
      }
    }
  }

  private static int limit(Message query) {
    OPTRecord opt = query.getOPT();
    return opt == null ? PLAIN_SIZE : Math.max(PLAIN_SIZE, opt.getPayloadSize());
  }

  private void sendDatagram(byte[] wire, SocketAddress client) throws IOException {
    udp.send(new DatagramPacket(wire, wire.length, client));
  }

  private void acceptConnections() {
    while (!tcp.isClosed()) {
      try {
        Socket connection = tcp.accept();
        connections.add(connection);
        daemon(() -> serve(connection), "connection").start();
      } catch (IOException e) {
        // Closed, or a client that went away.
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setSoTimeout(IDLE_MILLIS);
      DataInputStream in = new DataInputStream(connection.getInputStream());
      DataOutputStream out = new DataOutputStream(connection.getOutputStream());
      while (!tcp.isClosed()) {
        byte[] octets = new byte[in.readUnsignedShort()];
        in.readFully(octets);
        deliver(
            respond(overTcp, new Message(octets)), response -> sendFramed(response.toWire(), out));
      }
    } catch (IOException e) {
      // The client went away, or sent what is no DNS message.
    } finally {
      connections.remove(connection);
    }
  }

  // RFC 1035 §4.2.2: the length goes first, in the same segment (RFC 7766 §8).
  private static void sendFramed(byte[] wire, DataOutputStream out) throws IOException {
    byte[] framed =
        ByteBuffer.allocate(wire.length + 2).putShort((short) wire.length).put(wire).array();
    synchronized (out) {
      out.write(framed);
      out.flush();
    }
  }

  /** A responder that throws is a mistake in the test: it is reported, and the client served. */
  private static DnsReply respond(DnsResponder responder, Message query) {
    try {
      return responder.respond(query);
    } catch (RuntimeException e) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
      return DnsResponder.alwaysFailing(Rcode.SERVFAIL).respond(query);
    }
  }

  private interface Delivery {
    void send(Message response) throws IOException;
  }

  private void deliver(DnsReply reply, Delivery delivery) {
    if (reply.message().isEmpty()) {
      return;
    }
    Message response = reply.message().get();
    Runnable send =
        () -> {
          try {
            reply.onDelivery().run();
            delivery.send(response);
          } catch (IOException e) {
            // The client went away.
          }
        };
    if (reply.delay().isZero()) {
      send.run();
    } else {
      long nanos = reply.delay().toNanos();
      CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, deliveries).execute(send);
    }
  }

  /** Stops listening and ends all connections; answers under way are lost. */
  @Override
  public void close() {
    deliveries.shutdownNow();
    udp.close();
    closeQuietly(tcp);
    connections.forEach(DnsServer::closeQuietly);
    listeners.forEach(DnsServer::awaitEnd);
  }

  /** The port is free only when the thread that waits at it has noticed. */
  private static void awaitEnd(Thread listener) {
    try {
      listener.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more either way.
    }
  }
}
