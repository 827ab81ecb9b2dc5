// SPDX-License-Identifier: Apache-2.0
package org.dane4j.dnssec.resolve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One thread that waits for all sockets of a resolver. Thread-safe. */
final class Reactor implements AutoCloseable {

  /** What to do when a channel is ready. Called in the reactor's thread; must not block. */
  interface Handler {
    /** The channel is ready for something that it is registered for. */
    void ready(SelectionKey key) throws IOException;

    /** The channel is of no more use. */
    void failed(Exception problem);
  }

  private record Registration(SelectableChannel channel, int operations, Handler handler) {}

  private final Selector selector;
  private final Queue<Registration> registrations = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  Reactor() {
    try {
      this.selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("the platform opens no selector", e);
    }
    Thread thread = new Thread(this::run, "dane4j-dns");
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits for a channel, which must not block. */
  void register(SelectableChannel channel, int operations, Handler handler) {
    registrations.add(new Registration(channel, operations, handler));
    selector.wakeup();
    if (closed) {
      failAll();
    }
  }

  /** Closes a channel, and lets its descriptor go at once: a key holds it until the next round. */
  void release(SelectableChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Closed is closed.
    }
    selector.wakeup();
  }

  private void run() {
    try {
      while (!closed) {
        selector.select();
        for (Registration next = registrations.poll(); next != null; next = registrations.poll()) {
          add(next);
        }
        Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
        while (keys.hasNext()) {
          SelectionKey key = keys.next();
          keys.remove();
          serve(key);
        }
      }
      for (SelectionKey key : selector.keys()) {
        ((Handler) key.attachment()).failed(new ClosedChannelException());
      }
      selector.close();
    } catch (IOException e) {
      closed = true;
    } finally {
      failAll();
    }
  }

  private void failAll() {
    for (Registration next = registrations.poll(); next != null; next = registrations.poll()) {
      next.handler.failed(new ClosedChannelException());
    }
  }

  private void add(Registration registration) {
    try {
      registration.channel.register(selector, registration.operations, registration.handler);
    } catch (IOException e) {
      registration.handler.failed(e);
    }
  }

  private static void serve(SelectionKey key) {
    Handler handler = (Handler) key.attachment();
    try {
      if (key.isValid()) {
        handler.ready(key);
      }
    } catch (IOException e) {
      handler.failed(e);
    } catch (RuntimeException e) {
      handler.failed(new IOException("a socket failed: " + e, e));
    }
  }

  /** Ends the thread; channels that are waited for fail. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }
}
