// SPDX-License-Identifier: Apache-2.0
package org.dane4j.smtp.audit.observe;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges messages with one name server over one transport. A message that is not for the query
 * is passed over, and the wait goes on (RFC 5452 §9.1). Used by one thread.
 */
abstract class NameServerExchange implements Closeable {

  private static final int MAX_MESSAGE = 65535;
  private static final int QR = 0x80;

  final InetSocketAddress server;
  final Duration timeout;

  private NameServerExchange(InetSocketAddress server, Duration timeout) {
    this.server = server;
    this.timeout = timeout;
  }

  /** Sends a query, and returns the response with its identifier. */
  abstract byte[] ask(byte[] query) throws IOException;

  static NameServerExchange overUdp(InetSocketAddress server, Duration timeout) {
    return new Udp(server, timeout);
  }

  static NameServerExchange overTcp(InetSocketAddress server, Duration timeout) {
    return new Tcp(server, timeout);
  }

  private static boolean isResponse(byte[] message, byte[] query) {
    return message.length >= 12
        && message[0] == query[0]
        && message[1] == query[1]
        && (message[2] & QR) != 0;
  }

  /** The milliseconds until an absolute end, for a socket's next read. */
  static int left(long end) throws SocketTimeoutException {
    long millis = (end - System.nanoTime()) / 1_000_000;
    if (millis < 1) {
      throw new SocketTimeoutException("no response in time");
    }
    return (int) Math.min(Integer.MAX_VALUE, millis);
  }

  @Override
  public void close() throws IOException {}

  /** Each query from a port of its own; one that is lost is sent once more. */
  private static final class Udp extends NameServerExchange {

    Udp(InetSocketAddress server, Duration timeout) {
      super(server, timeout);
    }

    @Override
    byte[] ask(byte[] query) throws IOException {
      try {
        return askOnce(query);
      } catch (SocketTimeoutException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        return askOnce(query);
      }
    }

    private byte[] askOnce(byte[] query) throws IOException {
      long end = System.nanoTime() + timeout.toNanos();
      try (DatagramSocket socket = new DatagramSocket()) {
        // Connected, so that the kernel drops what comes from elsewhere.
        socket.connect(server);
        socket.send(new DatagramPacket(query, query.length));
        DatagramPacket packet = new DatagramPacket(new byte[MAX_MESSAGE], MAX_MESSAGE);
        while (true) {
          socket.setSoTimeout(left(end));
          socket.receive(packet);
          byte[] message = Arrays.copyOf(packet.getData(), packet.getLength());
          if (isResponse(message, query)) {
            return message;
          }
          packet.setLength(MAX_MESSAGE);
        }
      }
    }
  }

  /** One connection for all queries, as long as the server keeps it (RFC 7766 §6.2.1). */
  private static final class Tcp extends NameServerExchange {

    private @Nullable Socket socket;

    Tcp(InetSocketAddress server, Duration timeout) {
      super(server, timeout);
    }

    @Override
    byte[] ask(byte[] query) throws IOException {
      Socket kept = socket;
      if (kept != null) {
        try {
          return askOn(kept, query);
        } catch (SocketTimeoutException e) {
          close();
          throw e;
        } catch (IOException e) {
          // RFC 7766 §6.2.4: a server may close a connection at any time.
          close();
        }
      }
      Socket fresh = new Socket();
      socket = fresh;
      try {
        fresh.setTcpNoDelay(true);
        fresh.connect(server, (int) Math.max(1, timeout.toMillis()));
        return askOn(fresh, query);
      } catch (IOException e) {
        close();
        throw e;
      }
    }

    private byte[] askOn(Socket connection, byte[] query) throws IOException {
      long end = System.nanoTime() + timeout.toNanos();
      // RFC 7766 §8: length and message go out together.
      ByteBuffer framed = ByteBuffer.allocate(query.length + 2);
      framed.putShort((short) query.length).put(query);
      connection.getOutputStream().write(framed.array());
      while (true) {
        byte[] length = read(connection, 2, end);
        byte[] message = read(connection, ByteBuffer.wrap(length).getShort() & 0xffff, end);
        if (isResponse(message, query)) {
          return message;
        }
      }
    }

    private static byte[] read(Socket connection, int length, long end) throws IOException {
      InputStream in = connection.getInputStream();
      byte[] octets = new byte[length];
      for (int at = 0; at < length; ) {
        connection.setSoTimeout(left(end));
        int count = in.read(octets, at, length - at);
        if (count < 0) {
          throw new EOFException("the server closed the connection before it answered");
        }
        at += count;
      }
      return octets;
    }

    @Override
    public void close() throws IOException {
      Socket kept = socket;
      socket = null;
      if (kept != null) {
        kept.close();
      }
    }
  }
}
