// SPDX-License-Identifier: Apache-2.0
package org.dane4j.testkit.smtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A mail server on the loopback interface. Safe for use by many threads. */
public final class TestMailServer implements AutoCloseable {

  private static final int CLOSE_MILLIS = 2_000;

  private final ServerSocket listener;
  private final InetSocketAddress address;
  private final Thread acceptor = daemon(this::accept);
  private final List<ReceivedMessage> messages = new CopyOnWriteArrayList<>();
  private final List<RecordedSession> sessions = new CopyOnWriteArrayList<>();
  private final Map<Thread, Socket> active = new ConcurrentHashMap<>();
  private volatile MailServerSettings settings;

  private TestMailServer(MailServerSettings settings, ServerSocket listener) {
    this.settings = settings;
    this.listener = listener;
    this.address = new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  /**
   * Begins the settings of a server.
   *
   * @return a builder
   */
  public static MailServerBuilder builder() {
    return new MailServerBuilder(new MailServerSettings());
  }

  static TestMailServer start(MailServerSettings settings) {
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      TestMailServer server = new TestMailServer(settings, new ServerSocket(0, 50, loopback));
      server.acceptor.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "dane-testkit SMTP");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Returns where the server listens.
   *
   * @return an address of the loopback interface and a port that the system chose
   */
  public InetSocketAddress address() {
    return address;
  }

  /**
   * Changes settings, for the sessions that begin from now on.
   *
   * @param change what to change, an attack to switch on for example
   */
  public void change(Consumer<MailServerBuilder> change) {
    MailServerBuilder builder = new MailServerBuilder(settings.copy());
    change.accept(builder);
    settings = builder.settings().copy();
  }

  /**
   * Returns the messages that the server took.
   *
   * @return the messages in the order of arrival
   */
  public List<ReceivedMessage> messages() {
    return List.copyOf(messages);
  }

  /**
   * Returns all sessions, those that go on included.
   *
   * @return the sessions in the order in which they began
   */
  public List<RecordedSession> sessions() {
    return List.copyOf(sessions);
  }

  /**
   * Waits until all sessions have ended, and returns them. A client that has said QUIT need not
   * wait for anything else before this is called.
   *
   * @return the sessions in the order in which they began
   * @throws IllegalStateException if one of them goes on for longer than the server's patience
   */
  public List<RecordedSession> finishedSessions() {
    long limit = System.nanoTime() + settings.patience.toNanos();
    for (Thread session : List.copyOf(active.keySet())) {
      await(session, Math.max(1, TimeUnit.NANOSECONDS.toMillis(limit - System.nanoTime())));
      if (session.isAlive()) {
        throw new IllegalStateException("a session goes on; let the client close it first");
      }
    }
    return sessions();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        serve(listener.accept());
      } catch (IOException e) {
        // Closed, or a client that went away.
      }
    }
  }

  private void serve(Socket socket) {
    RecordedSession recorded = new RecordedSession();
    sessions.add(recorded);
    Thread session = daemon(() -> converse(socket, recorded));
    active.put(session, socket);
    session.start();
  }

  private void converse(Socket socket, RecordedSession recorded) {
    SessionEnd end = SessionEnd.CLOSED_BY_CLIENT;
    MailServerSettings current = settings;
    try (SmtpWire wire = new SmtpWire(socket, current)) {
      end = new MailSession(wire, current, recorded, messages::add).run();
    } catch (IOException e) {
      // The client went away while the connection was being closed.
    } finally {
      boolean cut = listener.isClosed() && end == SessionEnd.CLOSED_BY_CLIENT;
      recorded.ended(cut ? SessionEnd.CLOSED_BY_SERVER : end);
      active.remove(Thread.currentThread());
    }
  }

  /** Stops listening and ends all sessions. Messages and sessions can be looked at afterwards. */
  @Override
  public void close() {
    closeQuietly(listener);
    active.values().forEach(TestMailServer::closeQuietly);
    // The port refuses connections only when the thread that waits at it has noticed.
    List<Thread> threads = new ArrayList<>(active.keySet());
    threads.add(acceptor);
    threads.forEach(thread -> await(thread, CLOSE_MILLIS));
  }

  private static void await(Thread thread, long millis) {
    try {
      thread.join(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // It is of no use any more either way.
    }
  }
}
